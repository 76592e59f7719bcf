import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { sql } from 'drizzle-orm';

import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { rowOf, rowsOf, type Database } from '#store/store.ts';

import type { EditAnswer, EditOrder, Editor } from './edit-client.ts';
import { openFilledDirectory, type FilledDirectory } from './filled-directory.ts';
import { describeMachine, pinToCores, readCpu, toCpuUse } from './machine.ts';
import { milliseconds, percentile, seconds, writeReport } from './report.ts';
import { SIGN_IN, signIn } from './signed-in-editor.ts';
import { untilIndexed } from './until-indexed.ts';

const USAGE = `npm run load:edits -- [options]
  Edits of pages by their owners over HTTP, at a constant rate: latencies, and how far the index is behind meanwhile and at the end.
  --use DIR       servers' data; filled when empty; load/corpus/edits by default
  --documents N   how many to fill it with; 210000 by default (200,000 professionals)
  --rate N        edits a second; 200 by default      --seconds N   60 by default
  --editors N     people who edit; 2000 by default    --cores N     2 by default
`;

const CLIENT = fileURLToPath(new URL('edit-client.ts', import.meta.url));
const P99_MS = 150;
const { values } = parseArgs({
  options: {
    use: { type: 'string', default: 'load/corpus/edits' },
    documents: { type: 'string', default: '210000' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    editors: { type: 'string', default: '2000' },
    cores: { type: 'string', default: '2' },
    help: { type: 'boolean', default: false },
  },
});

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort(new Error(name)));

if (values.help) process.stdout.write(USAGE);
else await run();

async function run(): Promise<void> {
  const cores = pinToCores(Number(values.cores));
  await using filled = await openFilledDirectory({
    folder: values.use,
    documents: Number(values.documents),
    engineMemory: '1GiB',
    env: SIGN_IN,
    signal: stopping.signal,
  });
  const { store, engine } = filled;
  const log = openCorrespondentLog(store);
  const editors = await signEditorsIn(store.db, Number(values.editors));
  const rate = Number(values.rate);
  // What compiles and connects at first is not what is measured.
  const { editors: warm } = await press(filled, editors, rate / 4, 5);
  await untilIndexed(log, engine, stopping.signal);
  const changesBefore = await countChanges(store.db);
  const before = readCpu(cores);
  const ending = new AbortController();
  const watching = watchIndex(filled, ending.signal);
  const { latenciesMs, statuses } = await press(filled, warm, rate, Number(values.seconds));
  const endedAtMs = performance.now();
  const cpu = toCpuUse(before, readCpu(cores), cores);
  await untilIndexed(log, engine, stopping.signal);
  const behindMs = performance.now() - endedAtMs;
  ending.abort();
  const lagsMs = await watching;
  const done = statuses[200] ?? 0;
  const kept = (await countChanges(store.db)) - changesBefore;
  const p99 = percentile(latenciesMs, 0.99);
  const { count } = await rowOf<{ count: number }>(
    store.db,
    sql`select count(*)::int as count from practitioner where is_active`,
  );
  writeReport(
    'profile-edits',
    [
      { what: 'professionals, editors', measured: `${count.toLocaleString('en')}, ${editors.length}` },
      {
        what: `edits, ${rate} a second: p50, p99, max`,
        measured: [percentile(latenciesMs, 0.5), p99, Math.max(...latenciesMs)].map(milliseconds).join(', '),
        target: `p99 ≤ ${P99_MS} ms`,
        isMet: p99 <= P99_MS,
        cpu,
      },
      {
        what: 'edits answered 200, others, changes kept in histories',
        measured: `${done}, ${latenciesMs.length - done}, ${kept}`,
        target: 'all, none, as many',
        isMet: done === latenciesMs.length && kept === done,
      },
      {
        what: 'an edit until the index has it, meanwhile: median, max',
        measured: `${seconds(percentile(lagsMs, 0.5))}, ${seconds(Math.max(...lagsMs))}`,
        target: '≤ 2 s',
        isMet: Math.max(...lagsMs) <= 2000,
      },
      { what: 'after the last edit, until the index has all', measured: seconds(behindMs) },
    ],
    { machine: describeMachine(cores), latenciesMs, statuses, lagsMs },
  );
}

/** Professionals with a session each. */
async function signEditorsIn(db: Database, count: number): Promise<Editor[]> {
  const people = await rowsOf<{ rpps: string; name: string; version: number }>(
    db,
    sql`select substr(p.id, 2) as rpps, p.family_name as name, coalesce(f.version, 0) as version
      from practitioner p left join profile f on f.practitioner_id = p.id
      where p.is_active and p.id like '8%' order by md5(p.id) limit ${count}`,
  );
  const editors: Editor[] = [];
  for (const { rpps, name, version } of people) {
    editors.push({ ...(await signIn(db, { rpps, name })), version });
  }
  return editors;
}

/** Again and again: how long until the index has all that was committed before. */
async function watchIndex({ store, engine }: FilledDirectory, signal: AbortSignal): Promise<number[]> {
  const log = openCorrespondentLog(store);
  const lagsMs: number[] = [];
  while (!signal.aborted) {
    const startedAtMs = performance.now();
    const { xid } = await rowOf<{ xid: string }>(
      store.db,
      sql`select coalesce(max(xid)::text, '0') as xid from (select xid from change_log order by xid desc limit 1) l`,
    );
    for (;;) {
      const index = await engine.findIndex(engine.indexName);
      const cursor = index && (await log.findCursor(`${engine.indexName}@${index.createdAt}`));
      if (cursor && BigInt(cursor.position.xid) >= BigInt(xid)) break;
      await delay(20);
    }
    lagsMs.push(performance.now() - startedAtMs);
    await delay(250);
  }
  return lagsMs;
}

async function countChanges(db: Database): Promise<number> {
  const { count } = await rowOf<{ count: number }>(
    db,
    sql`select count(*)::int as count from profile_change`,
  );
  return count;
}

async function press(
  { server }: FilledDirectory,
  editors: Editor[],
  perSecond: number,
  duration: number,
): Promise<EditAnswer> {
  const client = fork(CLIENT, { execArgv: [], serialization: 'advanced' });
  const order: EditOrder = { url: server.url, editors, perSecond, seconds: duration };
  client.send(order);
  const ended = once(client, 'exit').then((): [undefined] => [undefined]);
  const [answer] = await Promise.race([once(client, 'message') as Promise<[EditAnswer]>, ended]);
  client.kill();
  if (answer === undefined) throw new Error('the client ended without an answer');
  return answer;
}
