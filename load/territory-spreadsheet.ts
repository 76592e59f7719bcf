import { sql } from 'drizzle-orm';

import { checkSpreadsheet } from '#profiles/territories/check-spreadsheet.ts';
import { exportProfessionals } from '#profiles/territories/export-professionals.ts';
import { migrateStore } from '#store/migrate-store.ts';
import { openPostgresStore } from '#store/postgres-store.ts';
import { putTerritories } from '#store/territories.ts';

import { findPostgresBinaries, startPostgresServer } from '../test/support/postgres-server.ts';
import { describeMachine, pinToCores } from './machine.ts';
import { seconds, writeReport } from './report.ts';

/** How long the check of a coordinator's spreadsheet of 5,000 lines takes, by RPPS and by names that are all misspelt. */
const LINES = 5000;
const CHECK_MS_MAX = 10_000;

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

const csv = await exportProfessionals(db, 'velay');
const byRpps = await measure(csv);
const misspelt = await measure(
  csv
    .split('\r\n')
    .map((line, index) => (index === 0 ? line : line.replace(/^(\d+);(.)/, ';X')))
    .join('\r\n'),
);
if (byRpps.matched !== LINES) throw new Error(`${byRpps.matched} of ${LINES} lines were matched`);
writeReport(
  'territory-spreadsheet',
  [
    {
      what: `check of ${LINES} lines by RPPS`,
      measured: seconds(byRpps.tookMs),
      target: `≤ ${seconds(CHECK_MS_MAX)}`,
      isMet: byRpps.tookMs <= CHECK_MS_MAX,
    },
    {
      what: `check of ${LINES} lines by names, all misspelt`,
      measured: seconds(misspelt.tookMs),
      target: `≤ ${seconds(CHECK_MS_MAX)}`,
      isMet: misspelt.tookMs <= CHECK_MS_MAX,
    },
  ],
  { machine: describeMachine(cores), byRpps, misspelt },
);

async function measure(text: string) {
  const startedAtMs = performance.now();
  const check = await checkSpreadsheet(db, 'velay', new TextEncoder().encode(text));
  const tookMs = performance.now() - startedAtMs;
  return {
    tookMs,
    matched: check.matched.length,
    doubtful: check.doubtful.length,
    faults: check.faults.length,
  };
}
