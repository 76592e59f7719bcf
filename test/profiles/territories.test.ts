import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Directory } from '#directory/directory.ts';
import { findCorrespondents } from '#directory/find-correspondents.ts';
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

  test('counts who practises there by profession and who has no mailbox, day by day', async () => {
    const { db } = directory.store;
    await takeSnapshots(db, new Date('2026-11-19T10:00:00Z'));
    await takeSnapshots(db, new Date('2026-11-20T10:00:00Z'));
    await takeSnapshots(db, new Date('2026-11-20T22:00:00Z'));
    const board = await readBoard(db, 'cpts-du-velay');
    expect(board).toEqual({
      territory: { id: 'cpts-du-velay', name: 'CPTS du Vélay', communeCodes: ['43157'] },
      professionals: 2,
      withoutMailbox: 1,
      professions: [
        { code: '10', professionals: 1, withoutMailbox: 0 },
        { code: '70', professionals: 1, withoutMailbox: 1 },
      ],
      progress: [
        { day: '2026-11-19', professionals: 2, withoutMailbox: 1 },
        { day: '2026-11-20', professionals: 2, withoutMailbox: 1 },
      ],
    });
    await expect(readBoard(db, 'nowhere')).rejects.toMatchObject({ code: 'territory-not-found' });
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
  ['DUPONT', 'DUPONT'],
  ['=1+1', "'=1+1"],
  ['+33', "'+33"],
  ['-1', "'-1"],
  ['@x', "'@x"],
  ['a;b', '"a;b"'],
  ['"a"', '"""a"""'],
  ['=";"', `"'="";"""`],
])('the cell %j is written %j', (value, cell) => {
  expect(toCsvCell(value)).toBe(cell);
});
