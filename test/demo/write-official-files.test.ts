import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DifferenceReport } from '#demo/differences.ts';
import type { OfficialFiles, OfficialFilesOptions } from '#demo/official-files.ts';
import { writeOfficialFiles } from '#demo/write-official-files.ts';
import { readDelimited } from './corpus.ts';

const ID = 'Identification nationale PP';
const SMALL = {
  practitioners: 4_000,
  serviceMailboxes: 200,
  personalMailboxes: 1_500,
  establishments: 1_200,
  region: '84',
  seed: 5,
  traps: true,
  publishedAt: new Date('2026-11-20T06:00:00Z'),
} satisfies Omit<OfficialFilesOptions, 'directory'>;

const directories: string[] = [];
afterEach(async () => {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true, force: true });
});

async function write(options: Partial<OfficialFilesOptions> = {}): Promise<OfficialFiles> {
  const directory = await mkdtemp(join(tmpdir(), 'official-files-'));
  directories.push(directory);
  return writeOfficialFiles({ ...SMALL, ...options, directory });
}

const readAll = (files: OfficialFiles) =>
  Promise.all(Object.values(files.paths).map((path) => readFile(path, 'latin1')));

describe('writeOfficialFiles', () => {
  it('writes the same bytes for the same seed, and others for another one', async () => {
    const first = await readAll(await write());
    expect(await readAll(await write())).toEqual(first);
    const other = await readAll(await write({ seed: 6 }));
    expect(other.map((text, rank) => text === first[rank])).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('writes only well-formed lines without traps', async () => {
    const { paths, counts } = await write({ traps: false });
    expect(counts.badLines).toBe(0);
    for (const path of [paths.activity, paths.savoirFaire, paths.mailboxes]) {
      expect((await readDelimited(path)).badLines).toEqual([]);
    }
  });

  it('lays the same lines out as the agency and Windows do, when asked', async () => {
    const plain = await write();
    const physical = await write({
      physicalFormat: { trailingSeparator: true, byteOrderMark: true, lineEnd: '\r\n' },
    });
    const text = await readFile(physical.paths.activity, 'utf8');
    expect(text.startsWith("\ufeffType d'identifiant PP|")).toBe(true);
    expect(text.slice(1).replaceAll('|\r\n', '\n')).toBe(await readFile(plain.paths.activity, 'utf8'));
  });

  it('covers all of France when no region is given', async () => {
    const { paths } = await write({ region: null });
    const departements = new Set(
      (await readDelimited(paths.activity)).rows.map((row) => row['Code Département (structure)']),
    );
    expect(departements.size).toBeGreaterThan(90);
  });
});

describe('a second set that differs', () => {
  it('differs for exactly the people and mailboxes that its report names', async () => {
    const first = await write();
    const second = await write({ differ: 0.05, publishedAt: new Date('2026-11-21T06:00:00Z') });
    const report = JSON.parse(await readFile(second.paths.differ!, 'utf8')) as DifferenceReport;
    const [before, after] = await Promise.all([readPeople(first), readPeople(second)]);
    const created = [...after.keys()].filter((id) => !before.has(id));
    const removed = [...before.keys()].filter((id) => !after.has(id));
    const changed = [...after]
      .filter(([id, lines]) => before.has(id) && before.get(id) !== lines)
      .map(([id]) => id);
    expect(created.sort()).toEqual(report.created.sort());
    expect(removed.sort()).toEqual(report.removed.sort());
    expect(changed.sort()).toEqual(report.changed.map(({ id }) => id).sort());
    expect((created.length + removed.length + changed.length) / SMALL.practitioners).toBeCloseTo(0.05, 1);
    expect(new Set(report.changed.map(({ change }) => change))).toEqual(
      new Set(['name', 'move', 'savoir-faire']),
    );
    const [boxesBefore, boxesAfter] = await Promise.all([readAddresses(first), readAddresses(second)]);
    expect(boxesAfter.filter((address) => !boxesBefore.includes(address))).toEqual(report.mailboxes.created);
    expect(boxesBefore.filter((address) => !boxesAfter.includes(address))).toEqual(report.mailboxes.removed);
    expect(report.mailboxes.removed.length).toBeGreaterThan(0);
  });

  it('leaves establishments as they were', async () => {
    const [first, second] = [await write(), await write({ differ: 0.05 })];
    expect(await readFile(second.paths.finess, 'utf8')).toBe(await readFile(first.paths.finess, 'utf8'));
  });
});

/** All that the three files of the RPPS say of each person. */
async function readPeople({ paths }: OfficialFiles): Promise<Map<string, string>> {
  const people = new Map<string, string>();
  for (const path of [paths.activity, paths.savoirFaire, paths.qualifications]) {
    for (const row of (await readDelimited(path)).rows) {
      if (!/^\d+$/.test(row[ID]!)) continue;
      people.set(row[ID]!, `${people.get(row[ID]!) ?? ''}${Object.values(row).join('|')}\n`);
    }
  }
  return people;
}

async function readAddresses({ paths }: OfficialFiles): Promise<string[]> {
  return (await readDelimited(paths.mailboxes)).rows.map((row) => row['Adresse BAL']!);
}
