import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';
import type { Profile } from '#domain/profile.ts';
import { exportProfessionals } from '#profiles/territories/export-professionals.ts';
import { readSpreadsheet } from '#profiles/territories/read-spreadsheet.ts';
import { findProfile, saveProfiles } from '#store/profiles.ts';
import { listAudit } from '#store/audit.ts';
import { rowsOf, type Store } from '#store/store.ts';
import { putTerritories } from '#store/territories.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

import { createApp } from '../../src/app.ts';
import { openTestStore, STORE_KINDS } from '../support/test-store.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const windows1252 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const rppsOf = (index: number) => `9900000${String(1000 + index)}`;
const PEOPLE = 500;

/** Invented physiotherapists at Le Puy-en-Velay and Polignac; the two last bear one name. */
async function fill(store: Store): Promise<void> {
  const { db } = store;
  await db.execute(sql`insert into organization (id, source, name, commune_code, stated_at)
    values ('1430000018', 'rpps', 'A', '43157', now()), ('1430000026', 'rpps', 'B', '43152', now())`);
  await db.execute(sql`insert into practitioner (id, family_name, given_names, stated_at)
    select '89900000' || (1000 + n), case when n >= ${PEOPLE}::int - 2 then 'HOMONYME' else 'NOM' || chr(65 + n / 26) || chr(65 + n % 26) || 'ÉE' end,
      'ANNE', now() from generate_series(0, ${PEOPLE}::int - 1) n`);
  await db.execute(sql`insert into practitioner_role (id, practitioner_id, profession_code, organization_id, stated_at)
    select gen_random_uuid(), id, '70', case when right(id, 1)::int % 2 = 0 then '1430000018' else '1430000026' end, now()
    from practitioner`);
  await putTerritories(db, [
    { id: 'velay', name: 'CPTS du Velay', communeCodes: ['43152', '43157'] },
    { id: 'ailleurs', name: 'CPTS d’ailleurs', communeCodes: ['43001'] },
  ]);
}

interface ImportAnswer {
  id: string;
  version: number;
  state: string;
  counts: Record<string, number>;
  people: number;
  columns: string[];
  leftByUndo: { practitionerId: string; name: string; field: string }[];
  lines: {
    line: number;
    state: string;
    person: { rpps: string; name: string } | null;
    candidates: { rpps: string }[];
    faults: { column: string | null; detail: string }[];
    changes: { field: string; before: unknown; after: unknown }[];
  }[];
  next: number | null;
}

describe.each(STORE_KINDS)('the import of a spreadsheet with %s', (kind) => {
  let store: Store;
  let key: string;
  let ask: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>;

  beforeAll(async () => {
    store = await openTestStore(kind);
    await fill(store);
    ({ key } = await createKey(store.db, 'Coordination', ['territory:velay']));
    const served = { store, now: () => new Date() } as never;
    const app = createApp({
      openDirectory: () => served,
      checkHealth: async () => [],
      reading: () => 'keys',
      metrics: NO_METRICS,
    });
    ask = async (method, path, body, headers = {}) =>
      app.fetch(
        new Request(`http://localhost/v1/territories/velay/imports${path}`, {
          method,
          headers: {
            authorization: `Bearer ${key}`,
            'content-type': body instanceof Uint8Array ? 'text/csv' : 'application/json',
            ...headers,
          },
          ...(body !== undefined && {
            body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
          }),
        }),
      );
  });

  afterAll(() => store[Symbol.asyncDispose]());

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await ask(method, path, body);
    return { status: response.status, body: (await response.json()) as ImportAnswer };
  };
  const preview = async (text: string) => (await call('POST', '?fileName=cpts.csv', utf8(text))).body;
  const linesOf = async (id: string, query = '?limit=500') =>
    (await call('GET', `/${id}${query}`)).body.lines;
  const pageOf = async (index: number) => (await findProfile(store.db, `8${rppsOf(index)}`))!.profile;
  const say = async (index: number, profile: Profile) => {
    const practitionerId = `8${rppsOf(index)}`;
    const { version } = (await findProfile(store.db, practitionerId))!;
    const by = { kind: 'owner', name: 'Anne' } as const;
    await saveProfiles(store.db, [{ practitionerId, expectedVersion: version, profile, by }]);
  };
  const pages = async () =>
    (
      await rowsOf<{ it: string }>(
        store.db,
        sql`select practitioner_id || content::text as it from profile where version > 0 and content::text <> '{}' order by practitioner_id`,
      )
    ).map((row) => row.it);

  test('500 lines with 40 faults are mended, confirmed, undone: nothing changes before, all of it after, all of it back', async () => {
    const before = await pages();
    const rows = Array.from({ length: PEOPLE }, (_, index) => `${rppsOf(index)};oui;non;anglais`);
    for (let index = 0; index < 10; index += 1) {
      rows[index * 4] = `${rppsOf(index * 4)};peut-être;non;anglais`;
      rows[index * 4 + 1] = '1,09E+10;oui;non;anglais';
      rows[index * 4 + 2] = '98000000000;oui;non;anglais';
      rows[index * 4 + 3] = ';oui;non;anglais';
    }
    const made = await preview(['RPPS;Visites à domicile;teleconsultation;Langues', ...rows].join('\r\n'));
    expect(made).toMatchObject({
      state: 'preview',
      version: 1,
      counts: { fault: 40, change: 460, doubtful: 0 },
    });
    expect(made.columns).toEqual(['RPPS', 'Visites à domicile', 'Téléconsultation', 'Langues']);
    const faulty = await linesOf(made.id, '?state=fault&limit=100');
    expect(faulty.map((it) => [it.line, it.faults[0]!.column])).toEqual(
      Array.from({ length: 40 }, (_, index) => [
        index + 2,
        ['Visites à domicile', 'RPPS', 'RPPS', null][index % 4],
      ]),
    );
    const refused = await call('POST', `/${made.id}/confirm`, { version: made.version });
    expect(refused).toMatchObject({ status: 409, body: { code: 'import-unresolved' } });
    expect(await pages()).toEqual(before);

    const lines = faulty.map(({ line }) => ({
      line,
      cells: { RPPS: rppsOf(line - 2), 'Visites à domicile': 'oui' },
    }));
    const mended = await call('PATCH', `/${made.id}`, { version: 1, lines });
    expect(mended).toMatchObject({ status: 200, body: { version: 2, counts: { fault: 0, change: PEOPLE } } });
    expect(await call('POST', `/${made.id}/confirm`, { version: 1 })).toMatchObject({
      status: 409,
      body: { code: 'import-changed' },
    });
    expect(await pages()).toEqual(before);

    const confirmed = await call('POST', `/${made.id}/confirm`, { version: 2 });
    expect(confirmed).toMatchObject({ status: 200, body: { state: 'confirmed', people: PEOPLE } });
    expect(await pageOf(1)).toEqual({
      ways: { homeVisits: true, teleconsultation: false },
      languages: ['en'],
    });
    expect(await pages()).toHaveLength(PEOPLE);
    expect(await call('POST', `/${made.id}/confirm`, { version: 3 })).toMatchObject({
      status: 409,
      body: { code: 'import-state' },
    });

    const undone = await call('POST', `/${made.id}/undo`, {});
    expect(undone).toMatchObject({ status: 200, body: { state: 'undone', leftByUndo: [] } });
    expect(await pages()).toEqual(before);
    const audited = await listAudit(store.db, { target: { kind: 'territory', id: 'velay' }, limit: 50 });
    const written = audited.map((it) => it.operation).filter((it) => it !== 'read-territory');
    expect(written.slice(0, 4)).toEqual(['undo-import', 'confirm-import', 'amend-import', 'preview-import']);
  });

  test('a line with more cells than columns stays wrong until it is corrected, whatever else is', async () => {
    const made = await preview(`RPPS;Langues\n${rppsOf(20)};anglais;de trop\n${rppsOf(21)};anglais`);
    expect(made.counts).toMatchObject({ fault: 1, change: 1 });
    const [line] = await linesOf(made.id, '?state=fault');
    expect(Object.keys(line!.faults[0]!)).toEqual(['column', 'detail']);
    const stays = await call('PATCH', `/${made.id}`, { lines: [{ line: 3, skip: true }] });
    expect(stays.body.counts).toMatchObject({ fault: 1, skipped: 1 });
    // Its words are for people: others tell the same fault.
    await store.db
      .execute(sql`update territory_import_line set faults = replace(faults::text, 'La ligne a', 'Il y a')::json
      where import_id = ${made.id}`);
    expect((await call('PATCH', `/${made.id}`, { lines: [] })).body.counts).toMatchObject({ fault: 1 });
    const mended = await call('PATCH', `/${made.id}`, { lines: [{ line: 2, cells: { Langues: 'arabe' } }] });
    expect(mended.body.counts).toMatchObject({ fault: 0 });
  });

  test('a territory has so many previews and no more, until it confirms or gives up one', async () => {
    await store.db.execute(sql`insert into territory_import
        (id, territory_id, state, version, file_name, columns, created_by, left_by_undo)
      select 'full-' || n, 'ailleurs', 'preview', 1, 'x', '[]', '{"kind":"coordinator","name":"Odile"}', '[]'
      from generate_series(1, 49) n`);
    const { key: theirs } = await createKey(store.db, 'Ailleurs', ['territory:ailleurs']);
    const there = { authorization: `Bearer ${theirs}` };
    const ailleurs = '/../../ailleurs/imports';
    const make = () => ask('POST', ailleurs, utf8('RPPS\n99000001000'), there);
    const both = await Promise.all([make(), make()]);
    expect(both.map((it) => it.status).toSorted()).toEqual([201, 409]);
    expect(await (await make()).json()).toMatchObject({ code: 'limit-reached' });
    expect((await ask('DELETE', `${ailleurs}/full-1`, undefined, there)).status).toBe(204);
    expect((await ask('GET', `${ailleurs}/full-1`, undefined, there)).status).toBe(404);
    expect((await make()).status).toBe(201);
    await store.db.execute(sql`update territory_import set state = 'confirmed' where id = 'full-2'`);
    expect((await ask('DELETE', `${ailleurs}/full-2`, undefined, there)).status).toBe(409);
    expect((await make()).status).toBe(201);
  });

  test('what somebody has changed since is left by the undoing, and named', async () => {
    const made = await preview(`RPPS;Garde de nuit;Langues\n${rppsOf(10)};oui;arabe\n${rppsOf(11)};oui;`);
    await call('POST', `/${made.id}/confirm`, { version: 1 });
    await say(10, { ...(await pageOf(10)), languages: ['ar', 'es'] });
    const { body } = await call('POST', `/${made.id}/undo`, {});
    expect(body.leftByUndo).toEqual([
      { practitionerId: `8${rppsOf(10)}`, name: 'ANNE NOMAKÉE', field: 'languages' },
    ]);
    expect(await pageOf(10)).toEqual({ languages: ['ar', 'es'] });
    expect(await pageOf(11)).toEqual({});
  });

  test('pages that changed since the preview in the same fields refuse it whole; in others they do not', async () => {
    const text = `RPPS;Télésoin\n${rppsOf(20)};oui\n${rppsOf(21)};oui`;
    const made = await preview(text);
    await say(20, { ways: { telecare: false } });
    await say(21, { remarks: 'Sur rendez-vous' });
    const refused = await call('POST', `/${made.id}/confirm`, { version: 1 });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'import-outdated', errors: [{ pointer: `8${rppsOf(20)}.ways.telecare` }] },
    });
    expect(await pageOf(21)).toEqual({ remarks: 'Sur rendez-vous' });
    const again = await call('PATCH', `/${made.id}`, { lines: [] });
    expect((await linesOf(made.id))[0]!.changes).toEqual([
      { field: 'ways.telecare', before: false, after: true },
    ]);
    expect(await call('POST', `/${made.id}/confirm`, { version: again.body.version })).toMatchObject({
      status: 200,
    });
    expect(await pageOf(21)).toEqual({ ways: { telecare: true }, remarks: 'Sur rendez-vous' });
  });

  test('of two who confirm at once, one is told that it is done', async () => {
    const made = await preview(`RPPS;Télésoin\n${rppsOf(30)};oui`);
    const { version } = (await findProfile(store.db, `8${rppsOf(30)}`))!;
    const answers = await Promise.all([1, 2].map(() => call('POST', `/${made.id}/confirm`, { version: 1 })));
    expect(answers.map((it) => it.status).toSorted()).toEqual([200, 409]);
    expect((await findProfile(store.db, `8${rppsOf(30)}`))!.version).toBe(version + 1);
  });

  test('progress is told as it goes, and what refuses the whole as an error', async () => {
    const made = await preview(`RPPS;Télésoin\n${rppsOf(31)};oui\n${rppsOf(32)};oui`);
    const headers = { accept: 'application/x-ndjson' };
    const refused = await ask('POST', `/${made.id}/confirm`, { version: 9 }, headers);
    expect(refused.status).toBe(409);
    const response = await ask('POST', `/${made.id}/confirm`, { version: 1 }, headers);
    const told = (await response.text())
      .trim()
      .split('\n')
      .map((it) => JSON.parse(it) as object);
    expect(told).toMatchObject([{ done: 2, total: 2 }, { import: { state: 'confirmed' } }]);
  });

  test('what was exported, with every kind of field, changes nothing when it comes back', async () => {
    await say(40, {
      ways: { acceptsNewPatients: true, homeVisits: true, nightDuty: false },
      acts: ['kinesitherapie-respiratoire'],
      ownWords: ['=plaies', 'a | b'],
      equipment: ['table'],
      languages: ['fr', 'en'],
      accessibility: ['wheelchair', 'lift'],
      hours: [
        {
          organizationId: '1430000018',
          availableTime: [
            { daysOfWeek: ['mon', 'tue'], availableStartTime: '09:00', availableEndTime: '12:00' },
          ],
          notAvailable: [
            { description: 'Congés ; pont', during: { start: '2026-12-24', end: '2026-12-31' } },
          ],
        },
      ],
      homeVisitArea: { communeCodes: ['43152', '43157'], radiusKm: 10 },
      awayPeriods: [
        {
          start: '2026-12-24',
          end: '2027-01-02',
          message: 'Fêtes',
          replacement: { rpps: rppsOf(1), name: 'Léa' },
        },
        { start: '2027-02-01', end: '2027-02-07' },
      ],
      preferredMailbox: 'a@exemple.mssante.fr',
      sending: [{ what: 'Comptes rendus : tous', where: 'messagerie' }],
      remarks: 'Deux\nlignes "entre guillemets"',
    });
    const before = await pages();
    const made = await preview(await exportProfessionals(store.db, 'velay'));
    expect(made.counts).toMatchObject({ fault: 0, doubtful: 0, change: 0, same: PEOPLE });
    expect(made.columns).toContain('Horaires');
    await call('POST', `/${made.id}/confirm`, { version: 1 });
    expect(await pages()).toEqual(before);
  });

  test('a preferred mailbox is one that the person holds, as on their page', async () => {
    await store.db.execute(sql`insert into mailbox (address, type, stated_at)
      values ('nomi@exemple.mssante.fr', 'PER', now()), ('autre@exemple.mssante.fr', 'PER', now())`);
    await store.db.execute(sql`insert into mailbox_holder (id, address, practitioner_id, stated_at)
      values (gen_random_uuid(), 'nomi@exemple.mssante.fr', ${`8${rppsOf(300)}`}, now()),
        (gen_random_uuid(), 'autre@exemple.mssante.fr', ${`8${rppsOf(301)}`}, now())`);
    const lineOf = (address: string) => `RPPS;Messagerie préférée\n${rppsOf(300)};${address}`;
    expect((await preview(lineOf('nomi@exemple.mssante.fr'))).counts).toMatchObject({ change: 1, fault: 0 });
    const made = await preview(lineOf('autre@exemple.mssante.fr'));
    expect((await linesOf(made.id))[0]!.faults).toMatchObject([{ column: 'Messagerie préférée' }]);
  });

  test('homonyms are asked for, and chosen; whoever is not of the territory cannot be', async () => {
    const made = await preview('Nom;Commune;Télésoin\nHOMONYMA;Le Puy-en-Velay;oui\nNOMABÉE;Polignac;non');
    expect(made.counts).toMatchObject({ doubtful: 1, change: 1 });
    const [doubtful] = await linesOf(made.id);
    expect(doubtful!.candidates.map((it) => it.rpps)).toEqual([rppsOf(498), rppsOf(499)]);
    const wrong = await call('PATCH', `/${made.id}`, { lines: [{ line: 2, rpps: '99000009999' }] });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ pointer: 'lines.2.rpps' }] } });
    const twice = [
      { line: 2, rpps: rppsOf(499) },
      { line: 2, skip: true },
    ];
    expect((await call('PATCH', `/${made.id}`, { lines: twice })).status).toBe(400);
    const chosen = await call('PATCH', `/${made.id}`, { lines: [{ line: 2, rpps: rppsOf(499) }] });
    expect(chosen.body.counts).toMatchObject({ doubtful: 0, change: 2 });
    expect((await linesOf(made.id))[0]!.person).toMatchObject({ rpps: rppsOf(499) });
    const skipped = await call('PATCH', `/${made.id}`, { lines: [{ line: 3, skip: true }] });
    expect(skipped.body.counts).toMatchObject({ skipped: 1, change: 1 });
  });

  test('lines that are wrong are left out only when that is said', async () => {
    const made = await preview(`RPPS;Télésoin\n${rppsOf(50)};oui\n${rppsOf(51)};bof`);
    expect((await call('POST', `/${made.id}/confirm`, { version: 1 })).status).toBe(409);
    const done = await call('POST', `/${made.id}/confirm`, { version: 1, skipUnresolved: true });
    expect(done.body).toMatchObject({ state: 'confirmed', people: 1 });
    expect([await pageOf(50), await pageOf(51)]).toEqual([{ ways: { telecare: true } }, {}]);
  });

  test.each([
    ['Nom;Commune;Télésoin\nnomaaée;le puy en velay;oui', { change: 1 }],
    ['Nom,Code commune,Télésoin\nNOMAAEE,43157,oui', { change: 1 }],
    ['Nom\tCommune\tPrénom\tTélésoin\nNomaaée\tLe Puy-en-Velay\tAnne\toui', { change: 1 }],
    ['Nom;Commune\nNOMAAÉE;Polignac', { doubtful: 1 }],
    ['Nom;Commune\nNOMAXXE;Polignac', { doubtful: 1 }],
    ['Nom;Commune\nINCONNUE;Polignac', { fault: 1 }],
    [`RPPS;Nom\n${rppsOf(0)};AUTRE`, { fault: 1 }],
    [`RPPS;Garde de nuit\n${rppsOf(0)};oui\n${rppsOf(0)};non`, { change: 1, fault: 1 }],
    [`RPPS;Remarques\n${rppsOf(0)};x 180047512345696@patient.mssante.fr`, { fault: 1 }],
    [`RPPS;Remarques\n${rppsOf(0)};${'a'.repeat(2001)}`, { fault: 1 }],
    [`RPPS;Télésoin\n${rppsOf(0)};oui;;;trop`, { fault: 1 }],
  ])('%.60j', async (text, counts) => {
    for (const bytes of [utf8(`\ufeff${text}`), windows1252(text)])
      expect((await call('POST', '', bytes)).body.counts).toMatchObject(counts);
  });

  test('of a page that somebody said something on, a cell erases when it says so, and an empty one does not', async () => {
    await say(60, { ways: { telecare: true }, remarks: 'Ancien', languages: ['en'] });
    const made = await preview(`RPPS;Télésoin;Remarques;Langues\n${rppsOf(60)};effacer;;Effacer`);
    await call('POST', `/${made.id}/confirm`, { version: 1 });
    expect(await pageOf(60)).toEqual({ remarks: 'Ancien' });
  });

  test('another territory sees no import, and a file that cannot be read leaves none', async () => {
    const made = await preview(`RPPS;Télésoin\n${rppsOf(70)};oui`);
    const { key: other } = await createKey(store.db, 'Ailleurs', ['territory:ailleurs', 'admin']);
    const headers = { authorization: `Bearer ${other}` };
    expect((await ask('GET', '/%00', undefined, headers)).status).toBe(404);
    const elsewhere = await ask('GET', `/../../ailleurs/imports/${made.id}`, undefined, headers);
    expect([elsewhere.status, ((await elsewhere.json()) as { code: string }).code]).toEqual([
      404,
      'import-not-found',
    ]);
    const { key: own } = await createKey(store.db, 'Ailleurs', ['territory:ailleurs']);
    expect((await ask('GET', `/${made.id}`, undefined, { authorization: `Bearer ${own}` })).status).toBe(403);
    const count = async () =>
      ((await (await ask('GET', '')).json()) as { imports: unknown[] }).imports.length;
    const known = await count();
    const refused = await call('POST', '', utf8('Prénom;Visite a domicil\nAnne;oui'));
    expect(refused).toMatchObject({ status: 400, body: { code: 'request-invalid' } });
    expect(await count()).toBe(known);
  });
});

test.each([
  ['', 'vide'],
  ['Prénom;Visite a domicil\nAnne;oui', 'La plus proche\u00a0: «\u00a0Visites à domicile\u00a0»'],
  ['Prénom;Téléconsultation\nAnne;oui', 'Il faut une colonne «\u00a0RPPS\u00a0»'],
  ['RPPS;rpps\n1;2', 'deux fois'],
  ['RPPS;Nom\n"99000000001;X', 'guillemet'],
  [`RPPS${';'.repeat(200)}\n1`, 'dépasse 200 colonnes'],
  [`RPPS\n${'1\n'.repeat(20_001)}`, 'dépasse 20000 lignes'],
])('a file that cannot be read says why: %.40j', (text, detail) => {
  const { lines, faults } = readSpreadsheet(utf8(text));
  expect(lines).toEqual([]);
  expect(faults.map((it) => it.detail).join(' ')).toContain(detail);
});

test('a file is read as spreadsheets save it: UTF-8 with or without its mark, UTF-16, Windows-1252', () => {
  const text = 'RPPS;Téléconsultation;Remarques\r\n99000000001;oui;"à\r\nb"';
  const utf16 = new Uint8Array(Uint16Array.from(`\ufeff${text}`, (char) => char.charCodeAt(0)).buffer);
  for (const bytes of [utf8(text), utf8(`\ufeff${text}`), utf16, windows1252(text)])
    expect(readSpreadsheet(bytes)).toMatchObject({
      faults: [],
      lines: [{ cells: { rpps: '99000000001', teleconsultation: 'oui', remarks: 'à\nb' } }],
    });
});

test('of what no page can hold nothing is kept', () => {
  const { lines } = readSpreadsheet(utf8('RPPS;Remarques\n99000000001;\u0000=cmd|X\u0007\u009b!A0'));
  expect(lines[0]!.cells.remarks).toBe('=cmd|X!A0');
});
