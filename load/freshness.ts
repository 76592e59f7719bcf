import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { sql } from 'drizzle-orm';

import { Random } from '#demo/random.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { createAffected } from '#store/list-affected.ts';
import { rowsOf, type Database } from '#store/store.ts';
import { logAffected } from '#store/write-change-log.ts';

import { openFilledDirectory } from './filled-directory.ts';
import { describeMachine, pinToCores, readCpu, toCpuUse } from './machine.ts';
import { percentile, seconds, writeReport } from './report.ts';
import { untilIndexed } from './until-indexed.ts';

const USAGE = `node load/freshness.ts --use DIR [options]
  Time from the change of one professional in the store until a search finds it.
  --use DIR             servers' data, as left by national.ts --keep; filled when empty
  --documents N         how many to fill it with; 2000000 by default
  --changes N           200 by default       --seed N    1 by default
  --cores N             for all servers together; 2 by default
  --engine-memory SIZE  4GiB by default
`;

/** By size of the directory: the first that is large enough counts. */
const TARGETS = [
  { documentsMax: 250_000, p99Ms: 400 },
  { documentsMax: 3_000_000, p99Ms: 1500 },
];
/** Who is not found yet is looked for in every way that there is: asked without end, that alone would keep a core busy. */
const POLL_MS = 20;
/** A change that is not found by then never will be. */
const GIVEN_UP_MS = 60_000;

const { values } = parseArgs({
  options: {
    use: { type: 'string' },
    documents: { type: 'string', default: '2000000' },
    changes: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    cores: { type: 'string', default: '2' },
    'engine-memory': { type: 'string', default: '4GiB' },
  },
});

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort(new Error(name)));

if (values.use === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  await run(values.use);
}

async function run(folder: string): Promise<void> {
  const cores = pinToCores(Number(values.cores));
  const batchesMs: number[] = [];
  await using filled = await openFilledDirectory({
    folder,
    documents: Number(values.documents),
    engineMemory: values['engine-memory'],
    signal: stopping.signal,
    onLog: (line) => addBatch(batchesMs, line),
  });
  const { store, documents, server } = filled;
  const seed = Number(values.seed);
  const people = await rowsOf<{ id: string; familyName: string }>(
    store.db,
    sql`select id, family_name as "familyName" from practitioner where is_active
      order by md5(id || ${String(seed)}) limit ${Number(values.changes)}`,
  );
  batchesMs.length = 0;
  const before = readCpu(cores);
  const foundMs: number[] = [];
  for (const [index, { id }] of people.entries()) {
    const random = new Random(seed, 'asked', index);
    const familyName = Array.from({ length: 12 }, () => String.fromCharCode(65 + random.integer(26))).join(
      '',
    );
    const startedAtMs = performance.now();
    await rename(store.db, [{ id, familyName }]);
    await untilFound(server.url, familyName);
    foundMs.push(performance.now() - startedAtMs);
    // Somewhere between two looks of the follower at the log, as changes come.
    await delay(random.integer(200), undefined, { signal: stopping.signal });
  }
  const cpu = toCpuUse(before, readCpu(cores), cores);
  const ownBatchesMs = [...batchesMs];
  await rename(store.db, people);
  await untilIndexed(openCorrespondentLog(store), filled.engine, stopping.signal);
  const target = TARGETS.find((it) => documents <= it.documentsMax);
  const p99Ms = percentile(foundMs, 0.99);
  const byRank = (list: readonly number[]) =>
    [0.5, 0.9, 0.99, 1].map((rank) => seconds3(percentile(list, rank))).join(', ');
  writeReport(
    'freshness',
    [
      {
        what: 'documents, changes',
        measured: `${documents.toLocaleString('en')}, ${foundMs.length}`,
        cpu,
      },
      { what: 'from the change to found, p50, p90, p99, max', measured: byRank(foundMs) },
      {
        what: 'p99',
        measured: seconds3(p99Ms),
        ...(target ? { target: `≤ ${seconds(target.p99Ms)}`, isMet: p99Ms <= target.p99Ms } : {}),
      },
      { what: 'of which the indexer, p50, p90, p99, max', measured: byRank(ownBatchesMs) },
    ],
    { machine: describeMachine(cores), documents, foundMs, batchesMs: ownBatchesMs },
  );
}

/** In one transaction with its trace in the change log, as the store's own writers do. */
async function rename(db: Database, people: readonly { id: string; familyName: string }[]): Promise<void> {
  await db.transaction(async (tx) => {
    await createAffected(tx);
    for (const { id, familyName } of people) {
      await tx.execute(
        sql`update practitioner set family_name = ${familyName}, changed_at = now() where id = ${id}`,
      );
      await tx.execute(sql`insert into affected values ('professional', ${id})`);
    }
    await logAffected(tx);
  });
}

async function untilFound(serverUrl: string, familyName: string): Promise<void> {
  const url = `${serverUrl}/v1/correspondents?q=${familyName.toLowerCase()}&limit=5`;
  const deadlineMs = performance.now() + GIVEN_UP_MS;
  for (;;) {
    const answer = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
    const { results } = (await answer.json()) as { results: { familyName?: string }[] };
    if (results.some((it) => it.familyName === familyName)) return;
    if (performance.now() > deadlineMs) throw new Error(`${familyName} was not found in ${GIVEN_UP_MS} ms`);
    await delay(POLL_MS, undefined, { signal: stopping.signal });
  }
}

/** The server tells how long each batch took from reading the log to searchable. */
function addBatch(batchesMs: number[], line: string): void {
  if (!line.includes('changes-indexed')) return;
  const { durationMs } = JSON.parse(line) as { durationMs?: number };
  if (durationMs !== undefined) batchesMs.push(durationMs);
}

function seconds3(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`;
}
