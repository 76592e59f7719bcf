import { describe, expect, test } from 'vitest';
import type { OrganizationRecord } from '#domain/records.ts';
import { LineCells } from '#sources/line-cells.ts';
import { createOrganizationReader } from '#sources/stated-organization.ts';

/** Far apart, and not in the order of the file. */
const POSITIONS = [7, 0];

function createReader(): (line: string) => 'stated' | 'repeated' | 'none' {
  const readOrganization = createOrganizationReader({
    positions: POSITIONS,
    identify: (cells) => ({ id: cells.read(0), finess: null, siret: null, siren: null }),
    describe: (_, { id }) => (id === null ? null : ({ id } as OrganizationRecord)),
  });
  const cells = new LineCells(8);
  return (line) => {
    cells.take(line);
    const { id, organization } = readOrganization(cells);
    if (id === null) return 'none';
    return organization === null ? 'repeated' : 'stated';
  };
}

describe('what is stated of structures', () => {
  test('counts once in the same words, whatever stands in other columns', () => {
    const read = createReader();
    expect(['a|1|x|||||b', 'c|1|x|||||b', 'a|2||y||||b', 'a|1|x|||||d'].map(read)).toEqual([
      'stated',
      'stated',
      'repeated',
      'stated',
    ]);
  });

  test('is told apart where the cells differ and their texts together do not', () => {
    const read = createReader();
    expect(['ab|||||||c', 'a|||||||bc', 'abc|||||||'].map(read)).toEqual(['stated', 'stated', 'stated']);
  });

  test('is known again however much was read in between, and nothing else is taken for it', () => {
    const read = createReader();
    const lines = Array.from({ length: 300_000 }, (_, index) => `1${index}|||||||Cabinet ${index % 7}`);
    expect(lines.filter((line) => read(line) !== 'stated')).toEqual([]);
    expect(lines.filter((line) => read(line) !== 'repeated')).toEqual([]);
  });

  test('is nothing for a line without a structure, each time', () => {
    const read = createReader();
    expect(['||||||| ', '||||||| '].map(read)).toEqual(['none', 'none']);
  });
});
