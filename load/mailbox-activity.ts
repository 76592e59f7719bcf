import { parseArgs } from 'node:util';

import { sql } from 'drizzle-orm';

import type { Actor } from '#domain/actor.ts';
import { reportMailboxActivity } from '#profiles/mailbox-activity/report-mailbox-activity.ts';
import { refreshIndexedDays } from '#store/mailbox-activity.ts';
import { migrateStore } from '#store/migrate-store.ts';
import { openPostgresStore } from '#store/postgres-store.ts';
import { rowOf, type Database } from '#store/store.ts';

import { findPostgresBinaries, startPostgresServer } from '../test/support/postgres-server.ts';
import { describeMachine, pinToCores } from './machine.ts';
import { percentile, seconds, writeReport } from './report.ts';

/**
 * How many writes the openings of mailboxes cost the index: every box is opened every day, its operator tells it in calls of
 * 50,000 lines, for as many days as asked. The change log is counted, which is what an index writes; each day its answers are
 * compared with the truth.
 */
const { values } = parseArgs({
  options: {
    boxes: { type: 'string', default: '500000' },
    days: { type: 'string', default: '30' },
    cores: { type: 'string', default: '2' },
  },
});
const BOXES = Number(values.boxes);
const DAYS = Number(values.days);
const LINES_A_CALL = 50_000;
const WRITES_A_DAY_MAX = 25_000;
const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.parse('2026-10-01T00:00:00Z');
const OPERATOR: Actor = {
  kind: 'application',
  keyId: 'load',
  name: 'load',
  scopes: ['mailbox-activity:exemple.mssante.fr'],
};

const cores = pinToCores(Number(values.cores));
const binaries = await findPostgresBinaries();
if (binaries === undefined) throw new Error('no Postgres server is installed');
await using server = await startPostgresServer(binaries, ['shared_buffers=512MB', 'max_wal_size=4GB']);
await using store = openPostgresStore({ url: server.url, poolMax: 4 });
await migrateStore(store);
await fill(store.db);

const writes: number[] = [];
const callsMs: number[] = [];
let wrong = 0;
for (let day = 0; day <= DAYS; day += 1) {
  const before = await readSequence(store.db);
  const midnightMs = FIRST_DAY_MS + day * DAY_MS;
  await refreshIndexedDays(store.db, new Date(midnightMs + 60_000));
  for (let first = 0; first < BOXES; first += LINES_A_CALL) {
    // Openings and calls are spread over the day, in the same order each day.
    const now = new Date(midnightMs + 3_600_000 + (first / BOXES) * (DAY_MS - 7_200_000));
    const lines: string[] = [];
    for (let box = first; box < Math.min(BOXES, first + LINES_A_CALL); box += 1) {
      const openedAt = new Date(now.getTime() - (box % 3600) * 1000).toISOString();
      lines.push(`{"address":"box${box}@exemple.mssante.fr","openedAt":"${openedAt}"}`);
    }
    const startedAtMs = performance.now();
    const report = await reportMailboxActivity(store.db, OPERATOR, lines.join('\n'), now);
    callsMs.push(performance.now() - startedAtMs);
    if (report.faultCount > 0) throw new Error(JSON.stringify(report.faults[0]));
  }
  writes.push((await readSequence(store.db)) - before);
  wrong += await countWrong(store.db, new Date(midnightMs + DAY_MS - 1000));
  process.stderr.write(`day ${day}: ${writes.at(-1)} writes\n`);
}
const [firstDay, ...others] = writes;
const most = Math.max(...others);
writeReport(
  'mailbox-activity',
  [
    { what: 'mailboxes opened every day, days', measured: `${BOXES.toLocaleString('en')}, ${DAYS}` },
    { what: 'writes of the first day (unknown becomes active)', measured: String(firstDay) },
    {
      what: 'writes a day afterwards: mean, most',
      measured: `${Math.round(others.reduce((sum, it) => sum + it, 0) / others.length)}, ${most}`,
      target: `< ${WRITES_A_DAY_MAX}`,
      isMet: most < WRITES_A_DAY_MAX,
    },
    {
      what: 'answers of the index that were wrong',
      measured: String(wrong),
      target: '0',
      isMet: wrong === 0,
    },
    {
      what: `a call of ${LINES_A_CALL.toLocaleString('en')} lines: median, p99`,
      measured: `${seconds(percentile(callsMs, 0.5))}, ${seconds(percentile(callsMs, 0.99))}`,
    },
  ],
  { machine: describeMachine(cores), boxes: BOXES, days: DAYS, writes, callsMs },
);

/** Mailboxes as an import leaves them, all logged. */
async function fill(db: Database): Promise<void> {
  await db.execute(sql`insert into mailbox (address, type, stated_at)
    select 'box' || n || '@exemple.mssante.fr', 'ORG', now() from generate_series(0, ${BOXES}::int - 1) n`);
  await db.execute(sql`insert into mailbox_holder (id, address, service_name, stated_at)
    select gen_random_uuid(), address, 'service', now() from mailbox`);
  await db.execute(sql`insert into change_log (kind, key, xid, seq, is_deleted, created_xid)
    select 'service', address, pg_current_xact_id(), nextval('change_log_seq'), false, pg_current_xact_id() from mailbox`);
  await db.execute(sql`analyze`);
}

async function readSequence(db: Database): Promise<number> {
  return (await rowOf<{ value: number }>(db, sql`select last_value::int as value from change_log_seq`)).value;
}

/** Those whom the day in the index says active and the last opening does not, or the other way round. */
async function countWrong(db: Database, now: Date): Promise<number> {
  const first = sql`(${now.toISOString().slice(0, 10)}::text::date - 30)`;
  const { count } = await rowOf<{ count: number }>(
    db,
    sql`select count(*)::int as count from mailbox m join mailbox_activity a using (address)
      where (m.last_opened_on >= ${first}) is distinct from ((a.opened_at at time zone 'UTC')::date >= ${first})`,
  );
  return count;
}
