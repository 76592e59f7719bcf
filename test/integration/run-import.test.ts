import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { CorrespondentLog, LogPosition } from '#domain/change-log.ts';
import { LOG_START } from '#domain/change-log.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { findImportReport, listImportSummaries } from '#store/import-runs.ts';
import { rowsOf, type Store } from '#store/store.ts';
import { release, withhold } from '#store/withheld.ts';

import { importFiles } from '../support/import-files.ts';
import {
  activity,
  openOfficialFolder,
  personalMailbox,
  serviceMailbox,
  type OfficialFolder,
} from '../support/official-files.ts';
import { openTestStore, STORE_KINDS } from '../support/test-store.ts';
import { untilSettled } from '../support/until-settled.ts';

describe.each(STORE_KINDS)('an import into %s', (kind) => {
  let store: Store;
  let log: CorrespondentLog;
  let folder: OfficialFolder;

  beforeEach(async () => {
    store = await openTestStore(kind);
    log = openCorrespondentLog(store);
    folder = await openOfficialFolder();
  });

  afterEach(async () => {
    await store[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  const importActivity = async (rows: Parameters<OfficialFolder['writeActivity']>[0], options = {}) =>
    importFiles(store, [{ source: 'rpps', path: await folder.writeActivity(rows) }], options);
  const importMailboxes = async (rows: Parameters<OfficialFolder['writeMailboxes']>[0], options = {}) =>
    importFiles(store, [{ source: 'mssante', path: await folder.writeMailboxes(rows) }], options);
  const load = async (id: string): Promise<Correspondent | undefined> =>
    (await log.loadCorrespondents([id]))[0];
  const walk = async () => {
    const all: Correspondent[] = [];
    for await (const batch of log.walkCorrespondents(2)) all.push(...batch);
    return all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  };
  const readPosition = async () => {
    await untilSettled(store);
    return log.readPosition();
  };
  const listChangesAfter = async (after: LogPosition) => {
    await untilSettled(store);
    return log.listChangesAfter(after, 100);
  };
  const changes = async () => (await listChangesAfter(LOG_START)).map(({ id, isDeleted }) => [id, isDeleted]);

  test('a person with several lines, professions and sites is one correspondent with all of them', async () => {
    await importActivity([
      activity('99000000001'),
      activity('99000000001'),
      activity('99000000001', {
        'Identifiant technique de la structure': 'R2',
        'Raison sociale site': 'AUTRE CABINET',
      }),
      activity('99000000001', { 'Code profession': '26', 'Code mode exercice': 'S' }),
    ]);
    const [only, ...others] = await walk();
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      id: 'professional-899000000001',
      rpps: '99000000001',
      name: 'Isaure VALLORBE',
    });
    expect(only!.places.map((place) => place.organization?.name)).toEqual([
      'CABINET VALLORBE',
      'AUTRE CABINET',
    ]);
    expect([only!.profession, ...only!.otherProfessions].map((it) => it?.code).toSorted()).toEqual([
      '26',
      '70',
    ]);
    expect(await log.countCorrespondents()).toBe(1);
  });

  test('the same file again changes nothing, nor does the same content in another order', async () => {
    const rows = [activity('99000000001'), activity('99000000002', { "Nom d'exercice": 'AUBERJONOIS' })];
    await importActivity(rows);
    const before = await readPosition();
    const same = await importActivity(rows);
    expect(same.sources[0]!.isSameFile).toBe(true);
    const reordered = await importActivity(rows.toReversed());
    expect(reordered.sources[0]!.isSameFile).toBe(false);
    expect(reordered.correspondents).toEqual({ created: 0, changed: 0, removed: 0 });
    expect(await listChangesAfter(before)).toEqual([]);
  });

  test('a difference that shows nowhere is kept, and is no change of the correspondent', async () => {
    const rows = (fax: string, role: string) => [
      activity('99000000001', { 'Télécopie (coord. structure)': fax, 'Code rôle': role }),
      activity('99000000002', { 'Télécopie (coord. structure)': fax }),
    ];
    await importActivity(rows('0400000001', '1'), { shareMax: 1 });
    const before = await readPosition();
    const report = await importActivity(rows('0400000002', '2'), { shareMax: 1 });
    expect(report.sources[0]!.entities['organization']).toMatchObject({ changed: 2 });
    expect(report.sources[0]!.entities['practitioner_role']).toMatchObject({ created: 1, deactivated: 1 });
    expect(report.correspondents).toEqual({ created: 0, changed: 0, removed: 0 });
    expect(await listChangesAfter(before)).toEqual([]);
    expect(await rowsOf(store.db, sql`select distinct fax from organization`)).toEqual([
      { fax: '0400000002' },
    ]);
  });

  test('lines that disagree on one structure give the same result in any order', async () => {
    const rows = [
      activity('99000000001', { 'Identifiant technique de la structure': 'R7', 'Raison sociale site': 'B' }),
      activity('99000000002', { 'Identifiant technique de la structure': 'R7', 'Raison sociale site': 'A' }),
    ];
    await importActivity(rows);
    const before = await walk();
    await importActivity(rows.toReversed());
    expect(await walk()).toEqual(before);
  });

  test('who disappears leaves the directory and keeps a history; who comes back is there again', async () => {
    await importActivity([activity('99000000001'), activity('99000000002')]);
    const report = await importActivity([activity('99000000001')]);
    expect(report.correspondents).toEqual({ created: 0, changed: 0, removed: 1 });
    expect(await load('professional-899000000002')).toBeUndefined();
    expect(await changes()).toContainEqual(['professional-899000000002', true]);
    const kept = await rowsOf(store.db, sql`select is_active from practitioner where id = '899000000002'`);
    expect(kept).toEqual([{ is_active: false }]);
    const back = await importActivity([activity('99000000001'), activity('99000000002')]);
    expect(back.correspondents).toEqual({ created: 1, changed: 0, removed: 0 });
    expect(await load('professional-899000000002')).toBeDefined();
  });

  test('only what differs is logged: a move changes one person, a structure renamed changes those who are there', async () => {
    const hospital = {
      'Numéro FINESS site': '430000018',
      'Identifiant technique de la structure': 'F430000018',
    };
    const rows = (name: string, voie: string) => [
      activity('99000000001', { 'Libellé Voie (coord. structure)': voie }),
      activity('99000000002', { ...hospital, 'Raison sociale site': name }),
      activity('99000000003', { ...hospital, 'Raison sociale site': name }),
    ];
    await importActivity(rows('CH EMILE ROUX', 'DES DENTELLES'));
    const before = await readPosition();
    await importActivity(rows('CH EMILE ROUX', 'DES TANNERIES'));
    const between = await readPosition();
    expect((await listChangesAfter(before)).map((it) => it.id)).toEqual(['professional-899000000001']);
    await importActivity(rows('CH DU PUY', 'DES TANNERIES'));
    expect((await listChangesAfter(between)).map((it) => it.id).toSorted()).toEqual([
      'professional-899000000002',
      'professional-899000000003',
    ]);
  });

  test('a mailbox joins its holder, whichever file comes first', async () => {
    await importMailboxes([personalMailbox('99000000001', 'isaure.vallorbe@exemple.mssante.fr')]);
    const known = await load('professional-899000000001');
    expect(known).toMatchObject({ kind: 'professional', name: 'Isaure VALLORBE', rpps: null });
    await importActivity([activity('99000000001')]);
    expect(await load('professional-899000000001')).toMatchObject({
      rpps: '99000000001',
      mailboxes: [{ address: 'isaure.vallorbe@exemple.mssante.fr', type: 'PER', lastOpenedOn: null }],
    });
    expect(await log.countCorrespondents()).toBe(1);
  });

  test('a mailbox on several lines is one, for all its holders', async () => {
    const address = 'partage@exemple.mssante.fr';
    await importActivity([activity('99000000001'), activity('99000000002')]);
    await importMailboxes([personalMailbox('99000000001', address), personalMailbox('99000000002', address)]);
    for (const id of ['professional-899000000001', 'professional-899000000002']) {
      expect((await load(id))!.mailboxes.map((it) => it.address)).toEqual([address]);
    }
  });

  test('a personal mailbox without a national identifier is somebody, and gives way when its holder is named', async () => {
    const address = 'anonyme@exemple.mssante.fr';
    const unnamed = { 'Type Identifiant PP': '', 'Identifiant PP': '', 'Identification nationale PP': '' };
    await importMailboxes([personalMailbox('99000000001', address, unnamed)]);
    expect(await walk()).toMatchObject([
      { id: 'professional-anonyme_40exemple_2emssante_2efr', kind: 'professional' },
    ]);
    await importMailboxes([personalMailbox('99000000001', address)]);
    expect((await walk()).map((it) => it.id)).toEqual(['professional-899000000001']);
    expect(await changes()).toContainEqual(['professional-anonyme_40exemple_2emssante_2efr', true]);
  });

  test('a service mailbox is a correspondent at its structure', async () => {
    await importMailboxes([serviceMailbox('cardio@ch-lepuy.mssante.fr')]);
    expect(await walk()).toMatchObject([
      {
        id: 'service-cardio_40ch-lepuy_2emssante_2efr',
        kind: 'service',
        name: 'CARDIOLOGIE – CENTRE HOSPITALIER EMILE ROUX',
        places: [{ organization: { finess: '430000018' }, commune: { code: '43157' }, postcode: '43012' }],
      },
    ]);
  });

  test('a patient address is rejected, and its text is nowhere in the store', async () => {
    const ins = '199999999999999';
    const report = await importMailboxes([
      serviceMailbox('cardio@ch-lepuy.mssante.fr'),
      personalMailbox('99000000001', `${ins}@patient.mssante.fr`),
    ]);
    expect(report.sources[0]!.rejectedBy).toEqual({ 'patient-address': 1 });
    const tables = await rowsOf<{ name: string }>(
      store.db,
      sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    for (const { name } of tables) {
      const found = await rowsOf(
        store.db,
        sql`select 1 from ${sql.identifier(name)} t where t::text like ${`%${ins}%`}`,
      );
      expect(found, name).toEqual([]);
    }
  });

  test('savoir-faire is the union of the two files that state it', async () => {
    const paths = [
      {
        source: 'rpps' as const,
        path: await folder.writeActivity([
          activity('99000000001', {
            'Code profession': '10',
            'Code type savoir-faire': 'S',
            'Code savoir-faire': 'SM26',
          }),
        ]),
      },
      {
        source: 'savoir-faire' as const,
        path: await folder.writeSavoirFaire(
          ['SM26', 'SM54'].map((code) => ({
            "Type d'identifiant PP": '8',
            'Identifiant PP': '99000000001',
            'Identification nationale PP': '899000000001',
            "Nom d'exercice": 'VALLORBE',
            'Code profession': '10',
            'Code type savoir-faire': 'S',
            'Code savoir-faire': code,
          })),
        ),
      },
    ];
    await importFiles(store, paths);
    expect((await load('professional-899000000001'))!.savoirFaire.map((it) => it.code)).toEqual([
      'SM26',
      'SM54',
    ]);
  });

  test('above a threshold nothing changes, until the changes are accepted', async () => {
    const people = Array.from({ length: 20 }, (_, index) =>
      activity(`990000001${String(index).padStart(2, '0')}`),
    );
    await importActivity(people);
    const before = await walk();
    const refused = await importActivity(people.slice(2), { acceptChanges: false });
    expect(refused.state).toBe('refused');
    expect(refused.breaches).toContainEqual({
      source: 'rpps',
      measure: 'disappearing',
      share: 0.1,
      thresholdMax: 0.05,
    });
    expect(await walk()).toEqual(before);
    const accepted = await importActivity(people.slice(2));
    expect(accepted.state).toBe('succeeded');
    expect(await walk()).toHaveLength(18);
  });

  test('a file with too many bad lines is refused with its rejections, and changes nothing', async () => {
    const rows = [activity('99000000001'), activity('99000000002', { 'Identification nationale PP': '8X' })];
    const report = await importActivity(rows, { acceptChanges: false });
    expect(report.state).toBe('refused');
    expect(report.rejections).toMatchObject([
      { line: 3, column: 'Identification nationale PP', reason: 'identifier-malformed' },
    ]);
    expect(await walk()).toEqual([]);
  });

  test('a file without one of its columns is refused by name before anything is read', async () => {
    const good = await folder.writeActivity([activity('99000000001')]);
    const bad = await folder.writeText(
      'Extraction_Correspondance_MSSante_202611200600.txt',
      'Type de BAL|Adresse\nPER|a@b.fr\n',
    );
    const run = importFiles(store, [
      { source: 'rpps', path: good },
      { source: 'mssante', path: bad },
    ]);
    await expect(run).rejects.toMatchObject({ code: 'source-file-invalid', data: { source: 'mssante' } });
    expect(await walk()).toEqual([]);
  });

  test('an interrupted run leaves everything as it was, and the next one works', async () => {
    await importActivity([activity('99000000001')]);
    const controller = new AbortController();
    const interrupted = importActivity([activity('99000000002')], {
      signal: controller.signal,
      onProgress: (progress: { step: string }) => {
        if (progress.step === 'compare') controller.abort(new Error('stopped by the test'));
      },
    });
    await expect(interrupted).rejects.toThrow('stopped by the test');
    expect((await walk()).map((it) => it.rpps)).toEqual(['99000000001']);
    await importActivity([activity('99000000002')]);
    expect((await walk()).map((it) => it.rpps)).toEqual(['99000000002']);
  });

  test('how far a run has got is kept where others see it, and its report after', async () => {
    const told: string[] = [];
    const path = await folder.writeActivity([activity('99000000001')]);
    await importFiles(store, [{ source: 'rpps', path }], { onProgress: ({ step }) => told.push(step) });
    const [run] = await listImportSummaries(store.db, 1);
    expect(run).toMatchObject({ state: 'succeeded', correspondents: { created: 1 }, rejected: 0 });
    expect(told).toContain(run!.progress!.step);
    expect(run!.progressAt).not.toBeNull();
    expect(await findImportReport(store.db, run!.id)).toMatchObject({ runId: run!.id, state: 'succeeded' });
  });

  test('a second import at the same time is told who holds the lock', async () => {
    const path = await folder.writeActivity([activity('99000000001')]);
    let second: Promise<unknown> | undefined;
    await importFiles(store, [{ source: 'rpps', path }], {
      onProgress: () => {
        second ??= importFiles(store, [{ source: 'rpps', path }]).then(
          () => 'imported',
          (error: unknown) => error,
        );
      },
    });
    expect(await second).toMatchObject({ code: 'import-running', data: { host: 'test', pid: process.pid } });
  });

  test('who is withheld leaves every reading at once, and comes back when released', async () => {
    await importActivity([activity('99000000001'), activity('99000000002')]);
    await importMailboxes([
      personalMailbox('99000000001', 'isaure@exemple.mssante.fr'),
      personalMailbox('99000000001', 'cabinet@exemple.mssante.fr', { 'Type de BAL': 'CAB' }),
    ]);
    const before = await walk();
    expect(await withhold(store.db, '899000000001', 'liste rouge')).toBe(true);
    expect((await walk()).map((it) => it.id)).toEqual(['professional-899000000002']);
    expect(await log.countCorrespondents()).toBe(1);
    expect(await changes()).toContainEqual(['professional-899000000001', true]);
    expect(await release(store.db, '899000000001')).toBe(true);
    expect(await walk()).toEqual(before);
  });

  test('a code that no list knows is accepted with the label of the file', async () => {
    await importActivity([
      activity('99000000001', { 'Code profession': '987', 'Libellé profession': 'Métier nouveau' }),
    ]);
    expect((await load('professional-899000000001'))!.profession).toEqual({
      code: '987',
      label: 'Métier nouveau',
    });
  });
});
