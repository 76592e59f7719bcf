import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { openSearchEngine } from '#search/engine.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

import { createApp } from '../src/app.ts';
import { openFilledDirectory, type FilledDirectory } from './filled-directory.ts';
import { describeMachine, pinToCores, readCpu, readPeakMemoryMb, toCpuUse, type CpuUse } from './machine.ts';
import { milliseconds, percentile, toTable, writeReport, type Measure } from './report.ts';
import type { ClientAnswer, ClientOrder, Exchange, HttpCall, Side } from './search-client.ts';
import { drawTypedQueries, type TypedQuery } from './typed-queries.ts';

const USAGE = `node load/search-overhead.ts --use DIR [options]
  The same typed queries through the API and straight to the engine, in one run.
  --use DIR             servers' data, as left by national.ts --keep; filled when empty
  --documents N         how many to fill it with; 2000000 by default
  --queries N           1000 by default      --seed N    1 by default
  --rounds N            measured walks of all queries; 3 by default
  --cores N             for the engine, the API and the client together; 2 by default
  --engine-memory SIZE  4GiB by default
  --profile DIR         writes the API's CPU profile there
`;

const TARGET = { ratioMax: 1.3, p99MoreMs: 10, throughputRatioMin: 0.85 };
const CLIENT = fileURLToPath(new URL('search-client.ts', import.meta.url));

const { values } = parseArgs({
  options: {
    use: { type: 'string' },
    documents: { type: 'string', default: '2000000' },
    queries: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    cores: { type: 'string', default: '2' },
    'engine-memory': { type: 'string', default: '4GiB' },
    profile: { type: 'string' },
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
  await using filled = await openFilledDirectory({
    folder,
    documents: Number(values.documents),
    engineMemory: values['engine-memory'],
    nodeOptions: values.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', values.profile],
    signal: stopping.signal,
  });
  const queries = await drawTypedQueries(filled.store, Number(values.queries), Number(values.seed));
  const exchanges = await toExchanges(filled, queries);
  const before = readCpu(cores);
  const answer = await runClient({
    exchanges,
    warmUpRounds: 1,
    rounds: Number(values.rounds),
    throughput: { connections: 16, secondsEach: 5, turns: 3 },
  });
  const cpu = toCpuUse(before, readCpu(cores), cores);
  report(filled, queries, answer, cpu, cores);
}

/** What the API itself asks the engine for each query, recorded from the same application in this process. */
async function toExchanges(filled: FilledDirectory, queries: readonly TypedQuery[]): Promise<Exchange[]> {
  const { store, servers, engine } = filled;
  let calls: HttpCall[] = [];
  const recordingFetch: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    // Of what the engine refuses, an attribute that no document has, the API learns once in a while.
    if (!answer.ok) return answer;
    calls.push({
      url: String(input),
      method: init?.method ?? 'GET',
      headers: init?.headers as Record<string, string>,
      body: (init?.body ?? null) as string | null,
    });
    return answer;
  };
  const app = createApp({
    openDirectory: () => ({
      store,
      log: openCorrespondentLog(store),
      engine: openSearchEngine({
        ...servers.engine,
        indexName: engine.indexName,
        timeoutMs: 10_000,
        fetch: recordingFetch,
      }),
      withheld: async () => new Set(),
      now: () => new Date(),
    }),
    reading: () => 'open',
    checkHealth: async () => [],
    metrics: NO_METRICS,
  });
  const exchanges: Exchange[] = [];
  for (const { parameters } of queries) {
    const path = `/v1/correspondents?${new URLSearchParams(parameters).toString()}`;
    calls = [];
    const response = await app.request(path);
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    const url = filled.server.url + path;
    const api = [{ url, method: 'GET', headers: { 'accept-encoding': 'identity' }, body: null }];
    exchanges.push({ api, engine: calls });
  }
  return exchanges;
}

async function runClient(order: ClientOrder): Promise<ClientAnswer> {
  const client = fork(CLIENT, { execArgv: [], serialization: 'advanced' });
  const stop = () => client.kill();
  stopping.signal.addEventListener('abort', stop, { once: true });
  client.send(order);
  const answered = once(client, 'message') as Promise<[ClientAnswer]>;
  const ended = once(client, 'exit').then(() => undefined);
  const first = await Promise.race([answered, ended]);
  stopping.signal.throwIfAborted();
  if (first === undefined) throw new Error('the client ended without an answer');
  return first[0];
}

function report(
  { documents, server, servers }: FilledDirectory,
  queries: readonly TypedQuery[],
  { latenciesMs, throughput, failures }: ClientAnswer,
  cpu: CpuUse,
  cores: readonly number[],
): void {
  const all = { api: latenciesMs.api.flat(), engine: latenciesMs.engine.flat() };
  const at = (side: Side, rank: number) => percentile(all[side], rank);
  const ratio = at('api', 0.5) / at('engine', 0.5);
  const p99More = at('api', 0.99) - at('engine', 0.99);
  const rate = (side: Side) =>
    throughput[side].reduce((sum, it) => sum + it.requestsPerSecond, 0) / throughput[side].length;
  const pressed = (side: Side, rank: number) =>
    percentile(
      throughput[side].flatMap((it) => it.latenciesMs),
      rank,
    );
  const both = (show: (side: Side) => string) => `api ${show('api')}, engine ${show('engine')}`;
  const measures: Measure[] = [
    { what: 'documents, queries', measured: `${documents.toLocaleString('en')}, ${queries.length}`, cpu },
    ...[0.5, 0.9, 0.99].map((rank) => ({
      what: `one at a time, p${rank * 100}`,
      measured: both((side) => milliseconds(at(side, rank))),
    })),
    {
      what: 'ratio of medians (each round)',
      measured: `${ratio.toFixed(2)} (${latenciesMs.api.map((it, round) => (percentile(it, 0.5) / percentile(latenciesMs.engine[round]!, 0.5)).toFixed(2)).join(', ')})`,
      target: `≤ ${TARGET.ratioMax}`,
      isMet: ratio <= TARGET.ratioMax,
    },
    {
      what: 'p99 above the engine',
      measured: milliseconds(p99More),
      target: `≤ ${TARGET.p99MoreMs} ms`,
      isMet: p99More <= TARGET.p99MoreMs,
    },
    {
      what: 'requests per second, 16 connections',
      measured: `${both((side) => rate(side).toFixed(0))}, ratio ${(rate('api') / rate('engine')).toFixed(2)}`,
    },
    ...[0.5, 0.99].map((rank) => ({
      what: `16 connections, p${rank * 100}`,
      measured: both((side) => milliseconds(pressed(side, rank))),
    })),
    { what: 'answers that were not 200', measured: String(failures), target: '0', isMet: failures === 0 },
    {
      what: 'memory at its highest',
      measured: `api ${readPeakMemoryMb(server.pid)?.toFixed(0)} MB, engine ${readPeakMemoryMb(servers.engine.pid)?.toFixed(0)} MB`,
    },
  ];
  const shapes = tabulateShapes(queries, latenciesMs);
  process.stdout.write(
    `\n${toTable(['typed', 'queries', 'api p50', 'engine p50', 'api p99', 'engine p99'], shapes)}\n`,
  );
  writeReport('search-overhead', measures, { machine: describeMachine(cores), documents, shapes });
}

function tabulateShapes(
  queries: readonly TypedQuery[],
  latenciesMs: ClientAnswer['latenciesMs'],
): string[][] {
  return [...new Set(queries.map((it) => it.shape))].map((shape) => {
    const of = (side: Side) =>
      latenciesMs[side].flatMap((round) => round.filter((_, index) => queries[index]!.shape === shape));
    const cells = ([rank, side]: [number, Side]) => milliseconds(percentile(of(side), rank));
    const count = queries.filter((it) => it.shape === shape).length;
    const columns: [number, Side][] = [
      [0.5, 'api'],
      [0.5, 'engine'],
      [0.99, 'api'],
      [0.99, 'engine'],
    ];
    return [shape, String(count), ...columns.map(cells)];
  });
}
