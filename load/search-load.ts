import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { sql } from 'drizzle-orm';

import { rowsOf } from '#store/store.ts';

import type { ArrivalAnswer } from './arrival-client.ts';
import { openFilledDirectory, type FilledDirectory } from './filled-directory.ts';
import { drawLatencies } from './latency-picture.ts';
import { drawLoadQueries, mixQueries, SCENARIOS, type LoadQueries } from './load-queries.ts';
import { holdInMemory } from './hold-in-memory.ts';
import {
  describeMachine,
  pinToCores,
  readCpu,
  readDiskFaults,
  readMemoryMb,
  toCpuUse,
  type CpuUse,
} from './machine.ts';
import { press } from './press.ts';
import { milliseconds, percentile, writeReport, type Measure } from './report.ts';

const USAGE = `npm run load -- [options]
  Searches at the rates of real use against a directory of national size: latencies by scenario, the highest rate that holds,
  and the time of each letter typed. With k6 on the path, --k6 runs load/k6/search.ts too.
  --use DIR            servers' data, as left by national.ts --keep; filled when empty; load/corpus/directory by default
  --documents N        how many to fill it with; 2000000 by default
  --seconds N          of each scenario; 30 by default     --mix-seconds N   of the mix; 600 by default
  --seed N             1 by default                        --cores N         2 by default
  --hold-index         keeps the index in memory meanwhile, by vmtouch, where the kernel gives up pages that were not read for seconds
  --queries-to FILE    writes the queries for k6 there
  --k6                 runs k6 as well
`;

const REPORT = fileURLToPath(new URL('report/', import.meta.url));
const K6_SCRIPT = fileURLToPath(new URL('k6/search.ts', import.meta.url));
const QUERIES = 1000;
const RATES = {
  typed: 100,
  'near-me': 30,
  'comes-to': 30,
  facets: 30,
  suggestions: 100,
  lookups: 100,
} as const;
const MIX_RATE = 200;
/** Milliseconds. */
const TARGETS = {
  typed: { p50: 6, p99: 25 },
  'near-me': { p99: 20 },
  'comes-to': { p99: 20 },
  suggestions: { p99: 20 },
  facets: {},
  lookups: {},
  mix: { p99: 60 },
} as Record<string, { p50?: number; p99?: number }>;
const PREFIX_LENGTHS = [3, 4, 5, 6, 8];
const PREFIX_FACTOR_MAX = 1.5;
const HELD_P99_MS = 100;
const RATE_STEP = 25;
const RATE_SECONDS = 10;
const MEMORY_INTERVAL_MS = 1000;
/** Of each scenario, other queries: a server that has just been started compiles what it runs, and opens its connections. */
const WARM_UP_REQUESTS = 500;

const { values } = parseArgs({
  options: {
    use: { type: 'string', default: 'load/corpus/directory' },
    documents: { type: 'string', default: '2000000' },
    seconds: { type: 'string', default: '30' },
    'mix-seconds': { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
    cores: { type: 'string', default: '2' },
    'hold-index': { type: 'boolean', default: false },
    'queries-to': { type: 'string' },
    k6: { type: 'boolean', default: false },
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
    engineMemory: '4GiB',
    signal: stopping.signal,
  });
  await using _held = values['hold-index']
    ? await holdInMemory(join(values.use, 'engine/meilisearch/indexes'), stopping.signal)
    : undefined;
  const queries = await drawLoadQueries(filled.store, QUERIES, Number(values.seed));
  const mix = mixQueries(queries, QUERIES * 2);
  const series: Record<string, number[]> = {};
  const measures: Measure[] = [{ what: 'documents', measured: filled.documents.toLocaleString('en') }];
  const ask = (paths: string[], perSecond: number, seconds: number) =>
    press({ url: filled.server.url, paths, perSecond, seconds }, stopping.signal);
  const others = await drawLoadQueries(filled.store, WARM_UP_REQUESTS, Number(values.seed) + 1);
  for (const scenario of SCENARIOS) {
    await ask(others[scenario], RATES[scenario], WARM_UP_REQUESTS / RATES[scenario]);
  }
  const measure = async (scenario: string, paths: string[], rate: number, seconds: number) => {
    const cpuBefore = readCpu(cores);
    const faultsBefore = readDiskFaults(filled.servers.engine.pid);
    const answer = await ask(paths, rate, seconds);
    series[scenario] = answer.latenciesMs;
    const faults = readDiskFaults(filled.servers.engine.pid) - faultsBefore;
    measures.push(...toMeasures(scenario, rate, answer, toCpuUse(cpuBefore, readCpu(cores), cores), faults));
  };
  for (const scenario of SCENARIOS) {
    await measure(scenario, queries[scenario], RATES[scenario], Number(values.seconds));
  }
  measures.push(...(await measurePrefixes(filled)));
  const memory = watchMemory(filled.server.pid);
  await measure('mix', mix, MIX_RATE, Number(values['mix-seconds']));
  measures.push(toMemoryMeasure(memory.stop()));
  measures.push(await findHighestRate(ask, queries));
  mkdirSync(REPORT, { recursive: true });
  writeFileSync(`${REPORT}search-load.svg`, drawLatencies(series));
  writeReport('search-load', measures, { machine: describeMachine(cores) });
  process.stdout.write(`${REPORT}search-load.svg\n`);
  if (values['queries-to'] !== undefined) writeQueries(values['queries-to'], queries, mix);
  if (values.k6) runK6(filled, queries, mix);
}

/** In MB, once a second. */
function watchMemory(pid: number): { stop(): number[] } {
  const samples: number[] = [];
  const watching = setInterval(() => samples.push(readMemoryMb(pid) ?? 0), MEMORY_INTERVAL_MS);
  return {
    stop: () => {
      clearInterval(watching);
      return samples;
    },
  };
}

function toMemoryMeasure(samples: readonly number[]): Measure {
  const tenth = Math.ceil(samples.length / 10);
  const figures = [samples.slice(0, tenth), samples.slice(-tenth)].map((part) => percentile(part, 0.5));
  return {
    what: 'server memory in the mix: median of its first tenth and of its last, highest',
    measured: [...figures, Math.max(...samples)].map((mb) => `${mb.toFixed(0)} MB`).join(', '),
  };
}

/**
 * @param cpu with what others took of the cores, a virtual machine's host among them: without it no figure says much
 * @param faults pages that the engine had to wait for the disk for
 */
function toMeasures(
  scenario: string,
  rate: number,
  { latenciesMs, statuses }: ArrivalAnswer,
  cpu: CpuUse,
  faults: number,
): Measure[] {
  const [p50, p99] = [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.99)];
  const target = TARGETS[scenario] ?? {};
  const wanted = Object.entries(target).map(([name, ms]) => `${name} ≤ ${ms} ms`);
  const failed = Object.entries(statuses).filter(([status]) => status !== '200');
  const isFast =
    (target.p50 === undefined || p50 <= target.p50) && (target.p99 === undefined || p99 <= target.p99);
  return [
    {
      what: `${scenario}, ${rate} a second: p50, p99, max`,
      measured: [p50, p99, Math.max(...latenciesMs)].map(milliseconds).join(', '),
      cpu,
      ...(wanted.length > 0 && { target: wanted.join(', '), isMet: isFast }),
    },
    {
      what: `${scenario}: requests, other than 200`,
      measured: `${latenciesMs.length}, ${failed.map(([status, count]) => `${count} of ${status}`).join(', ') || '0'}`,
      target: 'none',
      isMet: failed.length === 0,
    },
    { what: `${scenario}: pages of the index read from the disk`, measured: faults.toLocaleString('en') },
  ];
}

/** Each letter of a surname, one request at a time: the time should not grow with what is typed. */
async function measurePrefixes({ store, server }: FilledDirectory): Promise<Measure[]> {
  const names = await rowsOf<{ name: string }>(
    store.db,
    sql`select family_name as name from practitioner where is_active and length(family_name) >= 9
        and family_name ~ '^[A-Z]+$' group by family_name order by md5(family_name) limit 50`,
  );
  const times = new Map<number, number[]>(PREFIX_LENGTHS.map((length) => [length, []]));
  for (let round = 0; round < 5; round += 1) {
    for (const { name } of names) {
      for (const length of PREFIX_LENGTHS) {
        const startedAt = performance.now();
        await (
          await fetch(`${server.url}/v1/correspondents?q=${name.slice(0, length).toLowerCase()}`, {
            headers: { 'accept-encoding': 'identity' },
          })
        ).arrayBuffer();
        if (round > 0) times.get(length)!.push(performance.now() - startedAt);
      }
    }
  }
  const p95 = PREFIX_LENGTHS.map((length) => percentile(times.get(length)!, 0.95));
  const factor = Math.max(...p95) / Math.min(...p95);
  return [
    {
      what: `surnames by ${PREFIX_LENGTHS.join(', ')} letters, p95`,
      measured: `${p95.map(milliseconds).join(', ')}: factor ${factor.toFixed(2)}`,
      target: `≤ ${PREFIX_FACTOR_MAX}`,
      isMet: factor <= PREFIX_FACTOR_MAX,
    },
  ];
}

async function findHighestRate(
  ask: (paths: string[], perSecond: number, seconds: number) => Promise<ArrivalAnswer>,
  { typed }: LoadQueries,
): Promise<Measure> {
  let held = 0;
  for (let rate = 75; ; rate += RATE_STEP) {
    const { latenciesMs } = await ask(typed, rate, RATE_SECONDS);
    if (percentile(latenciesMs, 0.99) > HELD_P99_MS) break;
    held = rate;
  }
  return {
    what: `highest rate of typed queries that holds p99 ${HELD_P99_MS} ms`,
    measured: `${held} a second`,
  };
}

function writeQueries(file: string, queries: LoadQueries, mix: string[]): void {
  writeFileSync(file, JSON.stringify({ ...queries, mix }));
}

/** k6 says itself, by its exit, whether its thresholds hold. */
function runK6({ server }: FilledDirectory, queries: LoadQueries, mix: string[]): void {
  const file = `${REPORT}queries.json`;
  writeQueries(file, queries, mix);
  const set = { QUERIES: file, URL: server.url, SECONDS: values.seconds };
  const settings = Object.entries(set).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const { error, status } = spawnSync('k6', ['run', '--quiet', ...settings, K6_SCRIPT], { stdio: 'inherit' });
  if (error) process.stderr.write(`k6 could not be run (${error.message}): go install go.k6.io/k6@latest\n`);
  if (error || status !== 0) process.exitCode = 1;
}
