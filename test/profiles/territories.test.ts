import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Directory } from '#directory/directory.ts';
import { findCorrespondents } from '#directory/find-correspondents.ts';
import { WAYS_OF_PRACTISING } from '#domain/practising.ts';
import type { Profile } from '#domain/profile.ts';
import { exportBoard } from '#profiles/territories/export-board.ts';
import { listTerritoryMembers } from '#profiles/territories/list-territory-members.ts';
import { findProfile, saveProfiles } from '#store/profiles.ts';
import { toCsvCell } from '#domain/csv-cell.ts';
import { exportProfessionals } from '#profiles/territories/export-professionals.ts';
import { parseTerritories } from '#profiles/territories/parse-territories.ts';
import { readBoard, takeSnapshots } from '#profiles/territories/read-board.ts';
import { putTerritories } from '#store/territories.ts';
import { checkWithheldInStore, release, withhold } from '#store/withheld.ts';

import { activity, openOfficialFolder, personalMailbox } from '../support/official-files.ts';
import { question } from '../search/sample-correspondents.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { STORE_KINDS } from '../support/test-store.ts';

const AT_LYON = { 'Code postal (coord. structure)': '69003', 'Code commune (coord. structure)': '69383' };
const FILE = JSON.stringify([
  { id: 'cpts-du-velay', name: 'CPTS du Vélay', communes: ['43157'] },
  { id: 'lyon-sante', name: 'Lyon Santé Ensemble', communes: ['69123'] },
]);

describe.each(STORE_KINDS)('a territory with %s', (kind) => {
  let directory: TestDirectory;
  let served: Directory;

  beforeAll(async () => {
    directory = await openTestDirectory(kind);
    await using folder = await openOfficialFolder();
    const rpps = await folder.writeActivity([
      activity('99000000001', { "Nom d'exercice": '=CMD()', 'Code commune (coord. structure)': '43157' }),
      activity('99000000002', { 'Code profession': '10', 'Code commune (coord. structure)': '43157' }),
      activity('99000000003', { ...AT_LYON }),
    ]);
    const mssante = await folder.writeMailboxes([personalMailbox('99000000002', 'a@exemple.mssante.fr')]);
    await directory.import([
      { source: 'rpps', path: rpps },
      { source: 'mssante', path: mssante },
    ]);
    await putTerritories(directory.store.db, parseTerritories(FILE));
    await directory.untilIndexed();
    served = { ...directory, withheld: checkWithheldInStore(directory.store.db), now: () => new Date() };
  });

  afterAll(() => directory[Symbol.asyncDispose]());

  test.each([
    { where: 'cpts-du-velay' },
    { where: 'CPTS du Velay' },
    { text: 'cpts du velay' },
    { text: 'médecin CPTS du Vélay' },
  ])('is a place: %o', async (asked) => {
    const { results, understood } = await findCorrespondents(served, question(asked));
    const expected = asked.text?.startsWith('médecin') ? ['99000000002'] : ['99000000001', '99000000002'];
    expect(results.map((it) => it.rpps).toSorted()).toEqual(expected);
    expect(understood.where).toEqual({ kind: 'territory', code: 'cpts-du-velay', label: 'CPTS du Vélay' });
  });

  test('without the word for one is found by its whole name, after communes', async () => {
    const { results } = await findCorrespondents(served, question({ where: 'lyon-sante' }));
    expect(results.map((it) => it.rpps)).toEqual(['99000000003']);
  });

  test('counts who practises there by profession and commune, how far their pages are, day by day', async () => {
    const { db } = directory.store;
    await takeSnapshots(db, new Date('2026-11-19T10:00:00Z'));
    await takeSnapshots(db, new Date('2026-11-20T10:00:00Z'));
    await takeSnapshots(db, new Date('2026-11-20T22:00:00Z'));
    const board = await readBoard(db, 'cpts-du-velay');
    const pages = { emptyPages: 2, partialPages: 0, completePages: 0, stalePages: 0 };
    const one = { professionals: 1, ...pages, emptyPages: 1 };
    const all = { professionals: 2, withoutMailbox: 1, ...pages };
    expect(board).toEqual({
      territory: { id: 'cpts-du-velay', name: 'CPTS du Vélay', communeCodes: ['43157'] },
      ...all,
      errorReports: 0,
      invitations: { invited: 0, opened: 0, answered: 0 },
      professions: [
        { code: '10', ...one, withoutMailbox: 0 },
        { code: '70', ...one, withoutMailbox: 1 },
      ],
      communes: [{ code: '43157', ...all }],
      progress: [
        { day: '2026-11-19', ...all, errorReports: 0 },
        { day: '2026-11-20', ...all, errorReports: 0 },
      ],
    });
    await expect(readBoard(db, 'nowhere')).rejects.toMatchObject({ code: 'territory-not-found' });
  });

  test('a page is empty, partial or complete by what it says, and stale after 12 months', async () => {
    const { db } = directory.store;
    const numbersWith = async (profile: Profile) => {
      const { version } = (await findProfile(db, '899000000001'))!;
      const by = { kind: 'owner', name: 'X' } as const;
      await saveProfiles(db, [{ practitionerId: '899000000001', expectedVersion: version, profile, by }]);
      const { emptyPages, partialPages, completePages, stalePages } = await readBoard(db, 'cpts-du-velay');
      return { emptyPages, partialPages, completePages, stalePages };
    };
    const ways = Object.fromEntries(WAYS_OF_PRACTISING.map((it) => [it, true]));
    const hours = [{ organizationId: '1', availableTime: [] }];
    const others = { emptyPages: 1, partialPages: 0, completePages: 0, stalePages: 0 };
    expect(await numbersWith({ ways })).toEqual({ ...others, partialPages: 1 });
    expect(await numbersWith({ ways, hours })).toEqual({ ...others, partialPages: 1 });
    expect(await numbersWith({ ways, hours, homeVisitArea: { radiusKm: 5 } })).toEqual({
      ...others,
      completePages: 1,
    });
    await db.execute(sql`update profile set changed_at = now() - interval '12 months 1 hour'`);
    expect(await readBoard(db, 'cpts-du-velay')).toMatchObject({ completePages: 1, stalePages: 1 });
    const stale = await listTerritoryMembers(db, 'cpts-du-velay', { isStale: true }, { offset: 0, limit: 9 });
    expect(stale.members.map((it) => [it.rpps, it.page, it.isStale])).toEqual([
      ['99000000001', 'complete', true],
    ]);
    expect(await numbersWith({})).toEqual({ ...others, emptyPages: 2 });
  });

  test.each([
    [{ hasMailbox: false }, ['99000000001']],
    [{ profession: '10' }, ['99000000002']],
    [{ commune: '43157' }, ['99000000002', '99000000001']],
    [{ page: 'complete' as const }, []],
    [{ text: '0002' }, ['99000000002']],
    [{ text: 'cmd' }, ['99000000001']],
    [{ wasInvited: true }, []],
  ])('who is missing is listed: %j', async (filter, expected) => {
    const { db } = directory.store;
    const { members } = await listTerritoryMembers(db, 'cpts-du-velay', filter, { offset: 0, limit: 9 });
    expect(members.map((it) => it.rpps).toSorted()).toEqual(expected.toSorted());
  });

  test('the board is also a table', async () => {
    const csv = exportBoard(await readBoard(directory.store.db, 'cpts-du-velay'));
    expect(csv).toContain('\r\nterritoire;cpts-du-velay;CPTS du Vélay;2;0;0;2;0;1\r\n');
    expect(csv).toContain('\r\nprofession;10;Médecin;1;0;0;1;0;0\r\n');
    expect(csv).toContain('\r\ncommune;43157;Le Puy-en-Velay;2;0;0;2;0;1\r\n');
  });

  test('two territories cannot have one name: which one has it is told, and nothing is changed', async () => {
    const { db } = directory.store;
    const taken = parseTerritories('[{"id":"autre","name":"cpts du velay","communes":["43157"]}]');
    await expect(putTerritories(db, taken)).rejects.toMatchObject({
      code: 'territory-name-taken',
      message: expect.stringContaining('cpts-du-velay') as string,
    });
    await expect(readBoard(db, 'autre')).rejects.toMatchObject({ code: 'territory-not-found' });
  });

  test('a withheld person is in no number and no table', async () => {
    const { db } = directory.store;
    await withhold(db, '899000000002', 'opposition');
    expect(await readBoard(db, 'cpts-du-velay')).toMatchObject({ professionals: 1, withoutMailbox: 1 });
    expect(await exportProfessionals(db, 'cpts-du-velay')).not.toContain('99000000002');
    await release(db, '899000000002');
  });

  test('its table opens in a spreadsheet, and no cell of it is a formula', async () => {
    const csv = await exportProfessionals(directory.store.db, 'cpts-du-velay');
    const [header, ...lines] = csv.split('\r\n');
    expect(header).toContain('\ufeffRPPS;Nom;Prénom;Profession;Code commune;Commune;Messagerie sécurisée;');
    expect(lines).toHaveLength(3);
    expect(lines.join('\n')).toContain(";'=CMD();");
    expect(lines.join('\n')).toMatch(/99000000002;.*;Médecin;43157;Le Puy-en-Velay;oui;/);
  });
});

test('a file of territories tells all that is wrong with it', () => {
  expect(() => parseTerritories('{')).toThrow('not JSON');
  expect(() => parseTerritories('[{"id":"A b","name":"x y z","communes":["43157"]}]')).toThrow('0.id');
  expect(() => parseTerritories('[{"id":"ab","name":"x y z","communes":["99999","43157","4315"]}]')).toThrow(
    /0\.communes\.0.*\n.*0\.communes\.2/,
  );
});

test.each([
  ['[{"id":"ab","name":"x y z","communes":["43000"]}]', 'It is a postcode, of 43157 (Le Puy-en-Velay)'],
  ['[{"id":"ab","name":"x y z","communes":["Le Puy-en-Velay"]}]', 'Write the code: 43157 (Le Puy-en-Velay)'],
  ['[{"id":"ab","name":"x y z","communes":["Pontarlieer"]}]', 'The nearest: Pontarlier (25)'],
  [
    '[{"id":"ab","name":"x y z","communes":["43157"]},{"id":"ab","name":"X Y Z","communes":["43157"]}]',
    '1.id: Territory 0 of the file has the same id.\n1.name: Territory 0 of the file has the same name.',
  ],
])('and what would be right: %s', (text, detail) => {
  expect(() => parseTerritories(text)).toThrow(detail);
});

test.each([
  ['DUPONT', 'DUPONT'],
  ['=1+1', "'=1+1"],
  ['+33', "'+33"],
  ['-1', "'-1"],
  ['@x', "'@x"],
  ['a;b', '"a;b"'],
  ['"a"', '"""a"""'],
  ["'=1", "''=1"],
  ["'a", "'a"],
  ['=";"', `"'="";"""`],
])('the cell %j is written %j', (value, cell) => {
  expect(toCsvCell(value)).toBe(cell);
});
