import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import {
  LOG_START,
  type ChangeLogEntry,
  type CorrespondentLog,
  type LogPosition,
} from '#domain/change-log.ts';
import { toProfessionalId } from '#domain/correspondent-id.ts';
import { openSearchEngine, type SearchEngine } from '#search/engine.ts';
import { openRevTable, type RevTable } from '#search/rev-table.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { openPostgresStore } from '#store/postgres-store.ts';

import { runCli, startServer, type CommandRun } from './child-program.ts';
import { ensureCorpus, readDifferences, toImportArguments } from './corpus.ts';
import { openKeptServers, POSTGRES_SETTINGS, type KeptServers } from './kept-servers.ts';
import { describeMachine, pinToCores, readCpu, readPeakMemoryMb, toCpuUse } from './machine.ts';
import { seconds, toTable, writeReport, type Measure } from './report.ts';
import { untilIndexed } from './until-indexed.ts';

const USAGE = `node load/national.ts --corpus DIR --differ DIR [options]
  From official files to searchable, by the true command line and the true server, against a Postgres server and a Meilisearch.
  --corpus DIR          official files; made (preset national, or that of --preset) when absent
  --differ DIR          the same with 0.6 % of differences and differ.json; made when absent
  --preset NAME         national by default
  --cores N             cores for everything together; 2 by default
  --engine-memory SIZE  what the engine may use for indexing; 4GiB by default
  --keep DIR            leave the servers' data there for the other scripts
`;

const REVS_PAGE = 1000;
const LIST_PAGE = 10_000;
const TARGET = { firstMs: 600_000, memoryMb: 600, sameMs: 120_000, differMs: 180_000, share: 0.006 };

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: '/tmp/corpus-national' },
    differ: { type: 'string', default: '/tmp/corpus-national-differ' },
    preset: { type: 'string', default: 'national' },
    cores: { type: 'string', default: '2' },
    'engine-memory': { type: 'string', default: '4GiB' },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort(new Error(name)));

if (values.help) process.stdout.write(USAGE);
else await run();

interface Bench {
  servers: KeptServers;
  log: CorrespondentLog;
  engine: SearchEngine;
  cores: number[];
  measures: Measure[];
  runs: Record<string, CommandRun>;
}

async function run(): Promise<void> {
  ensureCorpus(values.corpus, values.preset);
  ensureCorpus(values.differ, values.preset, ['--differ', String(TARGET.share)]);
  const cores = pinToCores(Number(values.cores));
  await using stack = new AsyncDisposableStack();
  const folder = values.keep ?? (await mkdtemp(join(tmpdir(), 'correspondants-national-')));
  if (values.keep === undefined) {
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    // Postgres may run as a user of its own, and a temporary folder is its maker's alone.
    await chmod(folder, 0o755);
  }
  const servers = stack.use(await openKeptServers(folder, values['engine-memory'], stopping.signal));
  const store = stack.use(openPostgresStore({ url: servers.databaseUrl, poolMax: 2 }));
  const engine = openSearchEngine({ ...servers.engine, indexName: 'correspondents', timeoutMs: 30_000 });
  const bench: Bench = { servers, log: openCorrespondentLog(store), engine, cores, measures: [], runs: {} };

  const files = toImportArguments(values.corpus);
  const first = await measureFirstImport(bench, files);
  const serverLog: string[] = [];
  const startedCpu = readCpu(cores);
  await using server = await startServer(servers.env, stopping.signal, (line) => {
    serverLog.push(line);
    process.stderr.write(`  ${((performance.now() - startedCpu.atMs) / 1000).toFixed(1)} s ${line}\n`);
  });
  addMeasure(bench, {
    what: 'first indexing, by the server',
    measured: `${seconds(server.readyMs)}, ${(await engine.countDocuments(engine.indexName)).toLocaleString('en')} documents`,
    cpu: toCpuUse(startedCpu, readCpu(cores), cores),
  });
  addMeasure(bench, {
    what: 'from files to searchable',
    measured: seconds(first.wallMs + server.readyMs),
    target: `≤ ${seconds(TARGET.firstMs)}`,
    isMet: first.wallMs + server.readyMs <= TARGET.firstMs,
  });
  addMeasure(bench, {
    what: 'memory of the server that indexed',
    measured: `${readPeakMemoryMb(server.pid)?.toFixed(0)} MB`,
  });
  await measureSameFiles(bench, 'same files', ['import', ...files]);
  await measureSameFiles(bench, 'same files, --force', ['import', ...files, '--force']);
  await measureDifferences(bench, server.url);
  await measureComparison(bench);
  writeReport('national', bench.measures, {
    machine: describeMachine(cores),
    postgres: POSTGRES_SETTINGS,
    engineMemory: values['engine-memory'],
    runs: bench.runs,
    serverLog,
  });
}

async function measureFirstImport(bench: Bench, files: string[]): Promise<CommandRun> {
  const run = await measureCommand(bench, 'first import', ['import', ...files]);
  addMeasure(bench, {
    what: 'memory of the importing process',
    measured: `${run.memoryPeakMb.toFixed(0)} MB`,
    target: `≤ ${TARGET.memoryMb} MB`,
    isMet: run.memoryPeakMb <= TARGET.memoryMb,
  });
  return run;
}

/** The same files leave neither a change in the log nor a task in the engine. */
async function measureSameFiles(bench: Bench, what: string, argv: string[]): Promise<void> {
  const before = await bench.log.readPosition();
  const taskBefore = await readLastTask(bench.engine);
  const run = await measureCommand(bench, what, argv, TARGET.sameMs);
  const changes = await listAllChanges(bench.log, before);
  // What the follower would send, it sends at its next look at the log: every second.
  await delay(3000, undefined, { signal: stopping.signal });
  const writes = (await readLastTask(bench.engine)) - taskBefore;
  addMeasure(bench, {
    what: `${what}: changes, index writes`,
    measured: `${changes.length}, ${writes}`,
    target: '0, 0',
    isMet: changes.length === 0 && writes === 0,
  });
  addMeasure(bench, {
    what: `${what}: memory`,
    measured: `${run.memoryPeakMb.toFixed(0)} MB`,
    target: `≤ ${TARGET.memoryMb} MB`,
    isMet: run.memoryPeakMb <= TARGET.memoryMb,
  });
}

async function measureDifferences(bench: Bench, serverUrl: string): Promise<void> {
  const before = await bench.log.readPosition();
  const revsBefore = await readRevs(bench.engine);
  const startedAtMs = performance.now();
  const run = await measureCommand(bench, 'files that differ in 0.6 %', [
    'import',
    ...toImportArguments(values.differ),
  ]);
  await untilIndexed(bench.log, bench.engine, stopping.signal);
  const searchableMs = performance.now() - startedAtMs;
  addMeasure(bench, {
    what: 'differences searchable',
    measured: `${seconds(searchableMs)} (${seconds(searchableMs - run.wallMs)} after the import)`,
    target: `≤ ${seconds(TARGET.differMs)}`,
    isMet: searchableMs <= TARGET.differMs,
  });
  const difference = await compareWithExpected(bench, await listAllChanges(bench.log, before), revsBefore);
  addMeasure(bench, {
    what: 'entities of differ.json: all, missing in the change log, wrong there',
    measured: `${difference.expected}, ${difference.missing.length}, ${difference.wrong.length}`,
    target: 'all, 0, 0',
    isMet: difference.missing.length + difference.wrong.length === 0,
  });
  addMeasure(bench, {
    what: 'others logged: colleagues in a structure that is now shown otherwise',
    measured: String(difference.alsoChanged.length),
  });
  addMeasure(bench, {
    what: 'others logged without any difference',
    measured: String(difference.unchanged.length),
    target: '0',
    isMet: difference.unchanged.length === 0,
  });
  process.stdout.write(`${JSON.stringify(difference, firstOfEachList, 1)}\n`);
  const notFound = await checkSearches(serverUrl);
  addMeasure(bench, {
    what: 'searches for 100 of the created and 100 of the removed: wrong answers',
    measured: String(notFound),
    target: '0',
    isMet: notFound === 0,
  });
}

async function measureComparison(bench: Bench): Promise<void> {
  const run = await measureCommand(bench, 'index compare', ['index', 'compare']);
  addMeasure(bench, {
    what: 'index compare: what it says',
    measured: run.output.trim().replaceAll('\n', ' '),
    target: 'no difference',
    isMet: run.exitCode === 0,
  });
}

async function measureCommand(
  bench: Bench,
  what: string,
  argv: readonly string[],
  targetMs?: number,
): Promise<CommandRun> {
  process.stderr.write(`${what}\n`);
  const before = readCpu(bench.cores);
  const run = await runCli(argv, bench.servers.env, stopping.signal);
  const cpu = toCpuUse(before, readCpu(bench.cores), bench.cores);
  bench.runs[what] = run;
  process.stdout.write(`${run.output}\n${toStepTable(run)}\n`);
  const target =
    targetMs === undefined ? {} : { target: `≤ ${seconds(targetMs)}`, isMet: run.wallMs <= targetMs };
  addMeasure(bench, { what, measured: seconds(run.wallMs), cpu, ...target });
  if (run.exitCode !== 0)
    addMeasure(bench, { what: `${what}: exit code`, measured: String(run.exitCode), isMet: false });
  return run;
}

function addMeasure(bench: Bench, measure: Measure): void {
  bench.measures.push(measure);
  process.stdout.write(`${measure.what}: ${measure.measured}\n`);
}

function toStepTable({ steps, wallMs }: CommandRun): string {
  const rows = steps.map(({ step, atMs }, index) => [
    step,
    seconds(atMs),
    seconds((steps[index + 1]?.atMs ?? wallMs) - atMs),
  ]);
  return toTable(['step', 'at', 'takes'], rows);
}

/**
 * Beside the people of differ.json, whoever works in a structure that one of them alone described is shown otherwise too: told
 * from those logged for nothing by the rev of the document.
 */
async function compareWithExpected(
  { engine }: Bench,
  entries: readonly ChangeLogEntry[],
  revsBefore: RevTable,
) {
  const { created, changed, removed } = readDifferences(values.differ);
  const expected = new Map<string, boolean>();
  for (const id of [...created, ...changed.map((it) => it.id)]) expected.set(toProfessionalId(id), false);
  for (const id of removed) expected.set(toProfessionalId(id), true);
  const logged = new Map(entries.map((entry) => [entry.id, entry.isDeleted]));
  const others = [...logged.keys()].filter((id) => !expected.has(id));
  const unchanged: string[] = [];
  for (let start = 0; start < others.length; start += REVS_PAGE) {
    const page = others.slice(start, start + REVS_PAGE);
    for (const { id, rev } of await engine.findRevs(engine.indexName, page)) {
      if (revsBefore.look(id, rev) === 'equal') unchanged.push(id);
    }
  }
  const isUnchanged = new Set(unchanged);
  return {
    expected: expected.size,
    missing: [...expected.keys()].filter((id) => !logged.has(id)),
    wrong: [...logged]
      .filter(([id, isDeleted]) => (expected.get(id) ?? isDeleted) !== isDeleted)
      .map(([id]) => id),
    alsoChanged: others.filter((id) => !isUnchanged.has(id)),
    unchanged,
  };
}

async function readRevs(engine: SearchEngine): Promise<RevTable> {
  const table = openRevTable(await engine.countDocuments(engine.indexName));
  for (let offset = 0; ; offset += LIST_PAGE) {
    const page = await engine.listRevs(engine.indexName, offset, LIST_PAGE);
    for (const { id, rev } of page) table.add(id, rev);
    if (page.length < LIST_PAGE) return table;
  }
}

function firstOfEachList(_key: string, value: unknown): unknown {
  return Array.isArray(value) ? value.slice(0, 20) : value;
}

/** @returns how many of a sample of the people created are not found by their number, and of those removed still are */
async function checkSearches(serverUrl: string): Promise<number> {
  const { created, removed } = readDifferences(values.differ);
  const countFound = async (ids: readonly string[]) => {
    let found = 0;
    for (const id of ids.filter((it) => it.startsWith('8')).slice(0, 100)) {
      const answer = await fetch(`${serverUrl}/v1/correspondents?rpps=${id.slice(1)}`);
      const { total } = (await answer.json()) as { total: { value: number } };
      found += Math.min(1, total.value);
    }
    return found;
  };
  const createdAsked = Math.min(100, created.filter((it) => it.startsWith('8')).length);
  return createdAsked - (await countFound(created)) + (await countFound(removed));
}

async function listAllChanges(log: CorrespondentLog, after: LogPosition): Promise<ChangeLogEntry[]> {
  const all: ChangeLogEntry[] = [];
  let position = after;
  for (;;) {
    const page = await log.listChangesAfter(position, 50_000);
    all.push(...page);
    if (page.length === 0) return all;
    position = page.at(-1)?.position ?? LOG_START;
  }
}

/** Number of the last task that the engine was ever given. */
async function readLastTask(engine: SearchEngine): Promise<number> {
  const { results } = await engine.request<{ results: { uid: number }[] }>('GET', '/tasks?limit=1', {});
  return results[0]?.uid ?? -1;
}
