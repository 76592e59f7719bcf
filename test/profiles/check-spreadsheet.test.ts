import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { checkSpreadsheet } from '#profiles/territories/check-spreadsheet.ts';
import { exportProfessionals } from '#profiles/territories/export-professionals.ts';
import { readSpreadsheet } from '#profiles/territories/read-spreadsheet.ts';
import { putTerritories } from '#store/territories.ts';
import { rowsOf, type Store } from '#store/store.ts';

import { openTestStore, STORE_KINDS } from '../support/test-store.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const windows1252 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const rppsOf = (index: number) => `9900000${String(1000 + index)}`;

/** Invented physiotherapists at Le Puy-en-Velay and Polignac; the two last bear one name. */
async function fill(store: Store, count: number): Promise<void> {
  const { db } = store;
  await db.execute(sql`insert into organization (id, source, name, commune_code, stated_at)
    values ('1430000018', 'rpps', 'A', '43157', now()), ('1430000026', 'rpps', 'B', '43152', now())`);
  await db.execute(sql`insert into practitioner (id, family_name, given_names, stated_at)
    select '89900000' || (1000 + n), case when n >= ${count}::int - 2 then 'HOMONYME' else 'NOM' || chr(65 + n / 26) || chr(65 + n % 26) || 'ÉE' end,
      'ANNE', now() from generate_series(0, ${count}::int - 1) n`);
  await db.execute(sql`insert into practitioner_role (id, practitioner_id, profession_code, organization_id, stated_at)
    select gen_random_uuid(), id, '70', case when right(id, 1)::int % 2 = 0 then '1430000018' else '1430000026' end, now()
    from practitioner`);
  await putTerritories(db, [{ id: 'velay', name: 'CPTS du Velay', communeCodes: ['43152', '43157'] }]);
}

describe.each(STORE_KINDS)('the check of a spreadsheet with %s', (kind) => {
  let store: Store;
  const check = (bytes: Uint8Array) => checkSpreadsheet(store.db, 'velay', bytes);

  beforeAll(async () => {
    store = await openTestStore(kind);
    await fill(store, 500);
  });

  afterAll(() => store[Symbol.asyncDispose]());

  test('what was exported is matched whole, without a fault, and says nothing new', async () => {
    const { matched, doubtful, faults } = await check(utf8(await exportProfessionals(store.db, 'velay')));
    expect({ doubtful, faults }).toEqual({ doubtful: [], faults: [] });
    expect(matched).toHaveLength(500);
    expect(matched.every((it) => Object.keys(it.ways).length === 0)).toBe(true);
  });

  test('500 lines with 40 faults tell each by line and column, and none once corrected', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => `${rppsOf(index)};oui;non`);
    const bad = [...lines];
    for (let index = 0; index < 10; index += 1) {
      bad[index * 4] = `${rppsOf(index * 4)};peut-être;non`;
      bad[index * 4 + 1] = `1,09E+10;oui;non`;
      bad[index * 4 + 2] = `98000000000;oui;non`;
      bad[index * 4 + 3] = `;oui;non`;
    }
    const toFile = (rows: string[]) =>
      utf8(['RPPS;Visites à domicile;teleconsultation', ...rows].join('\r\n'));
    const first = await check(toFile(bad));
    expect(first.faults.map((it) => [it.line, it.column])).toEqual(
      Array.from({ length: 40 }, (_, index) => [
        index + 2,
        ['Visites à domicile', 'RPPS', 'RPPS', null][index % 4],
      ]),
    );
    expect(first.matched).toHaveLength(460);
    const second = await check(toFile(lines));
    expect(second.faults).toEqual([]);
    expect(second.matched).toHaveLength(500);
    expect(second.matched[0]).toEqual({
      lines: [2],
      practitionerId: `8${rppsOf(0)}`,
      ways: { homeVisits: true, teleconsultation: false },
    });
  });

  test.each([
    ['Nom;Commune\nnomaaée;le puy en velay', { matched: 1, doubtful: 0, faults: 0 }],
    ['Nom,Code commune\nNOMAAEE,43157', { matched: 1, doubtful: 0, faults: 0 }],
    ['Nom\tCommune\tPrénom\nNomaaée\tLe Puy-en-Velay\tAnne', { matched: 1, doubtful: 0, faults: 0 }],
    ['Nom;Commune\nNOMAAÉE;Polignac', { matched: 0, doubtful: 1, faults: 0 }],
    ['Nom;Commune\nNOMAXXE;Polignac', { matched: 0, doubtful: 1, faults: 0 }],
    ['Nom;Commune\nINCONNUE;Polignac', { matched: 0, doubtful: 0, faults: 1 }],
    [`RPPS;Nom\n${rppsOf(0)};AUTRE`, { matched: 0, doubtful: 0, faults: 1 }],
    [`RPPS;Garde de nuit\n${rppsOf(0)};oui\n${rppsOf(0)};non`, { matched: 1, doubtful: 0, faults: 1 }],
    [`RPPS;Nom\n${rppsOf(0)};x@patient.mssante.fr`, { matched: 0, doubtful: 0, faults: 1 }],
  ])('%j', async (text, expected) => {
    for (const bytes of [utf8(`\ufeff${text}`), windows1252(text)]) {
      const { matched, doubtful, faults } = await check(bytes);
      expect({ matched: matched.length, doubtful: doubtful.length, faults: faults.length }).toEqual(expected);
    }
  });

  test('of homonyms in one commune, which one is asked', async () => {
    const communes = await rowsOf<{ id: string }>(
      store.db,
      sql`select id from practitioner where family_name = 'HOMONYME' order by id`,
    );
    const { doubtful } = await check(utf8('Nom;Commune\nHOMONYMA;Le Puy-en-Velay'));
    expect(doubtful[0]!.candidates.map((it) => `8${it.rpps}`).toSorted()).toEqual(
      communes.map((it) => it.id),
    );
  });
});

test.each([
  ['', 'vide'],
  ['Prénom;Visite a domicil\nAnne;oui', 'La plus proche : « Visites à domicile »'],
  ['Prénom;Téléconsultation\nAnne;oui', 'Il faut une colonne « RPPS »'],
  ['RPPS;rpps\n1;2', 'deux fois'],
  ['RPPS;Nom\n"99000000001;X', 'guillemet'],
])('a file that cannot be read says why: %j', (text, detail) => {
  const { lines, faults } = readSpreadsheet(utf8(text));
  expect(lines).toEqual([]);
  expect(faults.map((it) => it.detail).join(' ')).toContain(detail);
});
