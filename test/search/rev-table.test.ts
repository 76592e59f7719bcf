import { expect, test } from 'vitest';
import { hashText } from '#domain/content-hash.ts';
import { openRevTable } from '#search/rev-table.ts';

test('tells equal, different, absent and never looked for apart, full or not', () => {
  const table = openRevTable(50_000);
  for (let id = 0; id < 50_000; id += 1) table.add(`professional-${id}`, hashText(`${id}`));
  for (let id = 0; id < 49_990; id += 1)
    expect(table.look(`professional-${id}`, hashText(`${id}`))).toBe('equal');
  expect(table.look('professional-7', hashText('x'))).toBe('different');
  expect(table.look('professional-x', hashText('x'))).toBe('absent');
  expect(table.countUnseen()).toBe(10);
  expect(table.isUnseen('professional-49995')).toBe(true);
  expect(table.isUnseen('professional-7')).toBe(false);
});

test('ids that differ little get hashes that differ', () => {
  const hashes = new Set(Array.from({ length: 200_000 }, (_, id) => hashText(`professional-8100${id}`)));
  expect(hashes.size).toBe(200_000);
});
