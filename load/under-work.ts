import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import type { ArrivalAnswer } from './arrival-client.ts';
import { runCli } from './child-program.ts';
import { ensureCorpus, toImportArguments } from './corpus.ts';
import { openFilledDirectory, type FilledDirectory } from './filled-directory.ts';
import { drawLoadQueries, type LoadQueries } from './load-queries.ts';
import { describeMachine, pinToCores } from './machine.ts';
import { press } from './press.ts';
import { milliseconds, percentile, seconds, writeReport, type Measure } from './report.ts';
import { untilIndexed } from './until-indexed.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';

const USAGE = `npm run load:under-work -- --use DIR [options]
  Typed searches while a nightly import runs, while the index is rebuilt, and while the search engine is killed.
  --use DIR       servers' data, as left by national.ts --keep; filled when empty
  --documents N   how many to fill it with; 2000000 by default
  --corpus DIR    official files for the import, not those that it holds (0.6 % of lines differ); no import without
  --only NAMES    of import, rebuild, kill, parted by commas
  --rate N        typed searches a second; 40 by default
  --seed N        1 by default        --cores N      2 by default
`;

const WORKS = ['import', 'rebuild', 'kill'];
const QUERIES = 1000;
const QUIET_SECONDS = 60;
/** The work is pressed in slices of this length until it ends. */
const SLICE_SECONDS = 20;
const KILL_SECONDS = 40;
const KILL_AFTER_MS = 10_000;
const POLL_MS = 20;
const TARGET = { factorMax: 3, degradedWithinMs: 1000, fullWithinMs: 5000 };

const { values } = parseArgs({
  options: {
    use: { type: 'string' },
    documents: { type: 'string', default: '2000000' },
    corpus: { type: 'string' },
    only: { type: 'string', default: WORKS.join(',') },
    rate: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    cores: { type: 'string', default: '2' },
    help: { type: 'boolean', default: false },
  },
});

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort(new Error(name)));

const works = new Set(values.only.split(','));

if (values.help || values.use === undefined || [...works].some((name) => !WORKS.includes(name))) {
  process.stderr.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  await run(values.use);
}

async function run(folder: string): Promise<void> {
  const cores = pinToCores(Number(values.cores));
  await using filled = await openFilledDirectory({
    folder,
    documents: Number(values.documents),
    engineMemory: '4GiB',
    signal: stopping.signal,
  });
  const queries = await drawLoadQueries(filled.store, QUERIES, Number(values.seed));
  const type = (length: number) => ask(filled, queries.typed, Number(values.rate), length);
  await type(SLICE_SECONDS);
  const quiet = percentile((await type(QUIET_SECONDS)).latenciesMs, 0.99);
  const measures: Measure[] = [
    { what: 'documents', measured: filled.documents.toLocaleString('en') },
    { what: `typed, ${values.rate} a second, nothing else: p99`, measured: milliseconds(quiet) },
  ];
  if (works.has('import') && values.corpus !== undefined) {
    ensureCorpus(values.corpus, 'national', ['--differ', '0.006']);
    const work = importAndIndex(filled, values.corpus);
    measures.push(...toMeasures('an import and its indexing', quiet, await during(work, type)));
  }
  if (works.has('rebuild')) {
    const rebuilding = runCli(['index', 'rebuild'], filled.servers.env, stopping.signal);
    measures.push(...toMeasures('a rebuild of the index', quiet, await during(rebuilding, type)));
  }
  // Last: an engine that has just been started asks for the memory of its first writes anew.
  if (works.has('kill')) measures.push(...(await measureKill(filled, queries)));
  writeReport('under-work', measures, { machine: describeMachine(cores) });
}

function ask({ server }: FilledDirectory, paths: string[], perSecond: number, length: number) {
  return press({ url: server.url, paths, perSecond, seconds: length }, stopping.signal);
}

async function importAndIndex({ servers, store, engine }: FilledDirectory, corpus: string): Promise<void> {
  const argv = ['import', ...toImportArguments(corpus)];
  const { exitCode, output } = await runCli(argv, servers.env, stopping.signal);
  if (exitCode !== 0) throw new Error(`the import ended with ${exitCode}: ${output}`);
  await untilIndexed(openCorrespondentLog(store), engine, stopping.signal);
}

/** @returns the answers of each slice, and how long the work took */
async function during(
  work: Promise<unknown>,
  type: (length: number) => Promise<ArrivalAnswer>,
): Promise<{ slices: ArrivalAnswer[]; tookMs: number }> {
  const startedAt = performance.now();
  const ended = new AbortController();
  const end = () => ended.abort();
  work.then(end, end);
  const slices: ArrivalAnswer[] = [];
  while (!ended.signal.aborted) slices.push(await type(SLICE_SECONDS));
  await work;
  return { slices, tookMs: performance.now() - startedAt };
}

function toMeasures(
  what: string,
  quiet: number,
  { slices, tookMs }: { slices: ArrivalAnswer[]; tookMs: number },
): Measure[] {
  const latencies = slices.flatMap((it) => it.latenciesMs);
  const p99 = percentile(latencies, 0.99);
  return [
    {
      what: `typed during ${what} (${seconds(tookMs)}): p50, p99`,
      measured: `${milliseconds(percentile(latencies, 0.5))}, ${milliseconds(p99)}: ${(p99 / quiet).toFixed(1)} times`,
      target: `≤ ${TARGET.factorMax} times`,
      isMet: p99 <= TARGET.factorMax * quiet,
    },
    ...toFailures(`typed during ${what}`, slices),
  ];
}

function toFailures(what: string, answers: readonly ArrivalAnswer[]): Measure[] {
  const failed = answers.flatMap(({ statuses }) =>
    Object.entries(statuses).filter(([status]) => status !== '200'),
  );
  return [
    {
      what: `${what}: other than 200`,
      measured: failed.map(([status, count]) => `${count} of ${status}`).join(', ') || '0',
      target: 'none',
      isMet: failed.length === 0,
    },
  ];
}

/** The engine dies as by a crash, and is started again by whoever watches over it. */
async function measureKill(filled: FilledDirectory, queries: LoadQueries): Promise<Measure[]> {
  const typing = ask(filled, queries.typed, Number(values.rate), KILL_SECONDS);
  const looking = ask(filled, queries.lookups, Number(values.rate), KILL_SECONDS);
  const startedAt = performance.now();
  await delay(KILL_AFTER_MS, undefined, { signal: stopping.signal });
  const { pid } = filled.servers.engine;
  process.kill(pid, 'SIGKILL');
  const killedMs = performance.now() - startedAt;
  const backMs = (await untilEngineAnswers(filled, pid)) - startedAt;
  const [typed, looked] = await Promise.all([typing, looking]);
  const { degradedFromMs: from, degradedUntilMs: until } = typed;
  const degradedAfter = from === null ? undefined : from - killedMs;
  const fullAfter = until === null ? undefined : until - backMs;
  return [
    {
      what: `engine killed, away for ${seconds(backMs - killedMs)}: degraded answers, the first after`,
      measured: `${typed.degraded}, ${degradedAfter === undefined ? 'none' : seconds(degradedAfter)}`,
      target: `≤ ${seconds(TARGET.degradedWithinMs)}`,
      isMet: degradedAfter !== undefined && degradedAfter <= TARGET.degradedWithinMs,
    },
    {
      what: 'the last one after its return',
      measured: fullAfter === undefined ? 'none' : seconds(fullAfter),
      target: `≤ ${seconds(TARGET.fullWithinMs)}`,
      isMet: fullAfter !== undefined && fullAfter <= TARGET.fullWithinMs,
    },
    {
      what: 'meanwhile, typed and lookups: p99',
      measured: [typed, looked].map((it) => milliseconds(percentile(it.latenciesMs, 0.99))).join(', '),
    },
    ...toFailures('engine killed, typed and lookups', [typed, looked]),
  ];
}

/** @returns when; an instant of `performance.now()` */
async function untilEngineAnswers({ servers, engine }: FilledDirectory, deadPid: number): Promise<number> {
  for (;;) {
    const isBack =
      servers.engine.pid !== deadPid &&
      (await engine.countDocuments(engine.indexName).then(
        () => true,
        () => false,
      ));
    if (isBack) return performance.now();
    await delay(POLL_MS, undefined, { signal: stopping.signal });
  }
}
