import { sql } from 'drizzle-orm';

import { confirmImport } from '#profiles/territories/confirm-import.ts';
import { exportProfessionals } from '#profiles/territories/export-professionals.ts';
import { makeImport } from '#profiles/territories/make-import.ts';
import { undoImport } from '#profiles/territories/undo-import.ts';
import type { TerritoryImport } from '#domain/territory-import.ts';
import { migrateStore } from '#store/migrate-store.ts';
import { openPostgresStore } from '#store/postgres-store.ts';
import { putTerritories } from '#store/territories.ts';

import { findPostgresBinaries, startPostgresServer } from '../test/support/postgres-server.ts';
import { describeMachine, pinToCores } from './machine.ts';
import { seconds, writeReport } from './report.ts';

/**
 * How long a coordinator waits for a spreadsheet of 5,000 lines: its preview, by RPPS and by names that are all misspelt, its
 * confirming and its undoing, with twelve fields filled for each person.
 */
const LINES = 5000;
const IMPORT_MS_MAX = 10_000;
const AUDIT = { actor: { kind: 'operator' } } as const;

const cores = pinToCores(1);
const binaries = await findPostgresBinaries();
if (binaries === undefined) throw new Error('no Postgres server is installed');
await using server = await startPostgresServer(binaries);
await using store = openPostgresStore({ url: server.url, poolMax: 2 });
await migrateStore(store);
const { db } = store;
await db.execute(sql`insert into organization (id, source, name, commune_code, stated_at)
  values ('1430000018', 'rpps', 'A', '43157', now())`);
await db.execute(sql`insert into practitioner (id, family_name, given_names, stated_at)
  select '8990000' || (10000 + n), upper(substr(translate(md5(n::text), '0123456789', 'ghijklmnop'), 1, 9)), 'ANNE', now()
  from generate_series(1, ${LINES}::int) n`);
await db.execute(sql`insert into practitioner_role (id, practitioner_id, profession_code, organization_id, stated_at)
  select gen_random_uuid(), id, '70', '1430000018', now() from practitioner`);
await putTerritories(db, [{ id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157'] }]);
await db.execute(sql`analyze`);

const [header = '', ...rows] = (await exportProfessionals(db, 'velay')).trimEnd().split('\r\n');
const said: Record<string, string> = {
  'Nouveaux patients': 'oui',
  'Soins non programmés': 'non',
  'Visites à domicile': 'oui',
  Téléconsultation: 'non',
  Télésoin: 'oui',
  Téléexpertise: 'non',
  'Week-ends et jours fériés': 'non',
  'Garde de nuit': 'non',
  'Communes des visites': 'Le Puy-en-Velay | Polignac | Vals-près-le-Puy',
  Actes: 'kiné respiratoire',
  Langues: 'français | anglais',
  Horaires: 'lun-ven 9h-12h 14h-18h',
};
const columns = header.replace('\ufeff', '').split(';');
const filled = rows.map((row) => row.split(';').map((cell, index) => said[columns[index]!] ?? cell));
const csv = [columns, ...filled].map((row) => row.join(';')).join('\r\n');
const misspelt = csv.replace(/^(\d+);(.)/gm, ';X');

const byName = await timed(() => preview(misspelt));
const byRpps = await timed(() => preview(csv));
expectCounts(byRpps.made, 'change');
expectCounts(byName.made, 'doubtful');
const { id, version } = byRpps.made;
const confirmed = await timed(() =>
  confirmImport(db, 'velay', id, { version, skipsUnresolved: false, audit: AUDIT }),
);
const undone = await timed(() => undoImport(db, 'velay', id, { audit: AUDIT }));
if (undone.made.leftByUndo.length > 0) throw new Error('the undoing left something');

const figures = [
  ['preview by names, all misspelt', byName.tookMs],
  ['preview by RPPS', byRpps.tookMs],
  ['confirming', confirmed.tookMs],
  ['preview by RPPS and confirming', byRpps.tookMs + confirmed.tookMs],
  ['undoing', undone.tookMs],
] as const;
writeReport(
  'territory-import',
  figures.map(([what, tookMs]) => ({
    what: `${what}, ${LINES} lines`,
    measured: seconds(tookMs),
    target: `≤ ${seconds(IMPORT_MS_MAX)}`,
    isMet: tookMs <= IMPORT_MS_MAX,
  })),
  { machine: describeMachine(cores), figures: Object.fromEntries(figures) },
);

function preview(text: string): Promise<TerritoryImport> {
  return makeImport(db, 'velay', { name: 'cpts.csv', bytes: new TextEncoder().encode(text) }, AUDIT);
}

async function timed(work: () => Promise<TerritoryImport>) {
  const startedAtMs = performance.now();
  const made = await work();
  return { made, tookMs: performance.now() - startedAtMs };
}

function expectCounts({ counts }: TerritoryImport, state: 'change' | 'doubtful'): void {
  if (counts[state] !== LINES) throw new Error(`${counts[state]} of ${LINES} lines are ${state}`);
}
