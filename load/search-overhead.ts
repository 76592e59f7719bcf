import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { VIEW_ATTRIBUTES } from '#search/correspondent-document.ts';
import { openSearchEngine } from '#search/engine.ts';
import { allOf, isIn } from '#search/filter.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

import { createApp } from '../src/app.ts';
import { openFilledDirectory, type FilledDirectory } from './filled-directory.ts';
import { describeMachine, pinToCores, readCpu, readPeakMemoryMb, toCpuUse, type CpuUse } from './machine.ts';
import { milliseconds, percentile, toTable, writeReport, type Measure } from './report.ts';
import {
  SIDES,
  type ClientAnswer,
  type ClientOrder,
  type Exchange,
  type HttpCall,
  type Side,
} from './search-exchange.ts';
import { drawTypedQueries, type TypedQuery } from './typed-queries.ts';

const USAGE = `node load/search-overhead.ts --use DIR [options]
  The same typed queries through the API and straight to the engine, in one run: the searches that the API makes of each, and
  the text as it was typed, in one search of the engine's own.
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
    exchanges.push({ api, engine: calls, plain: [toPlainCall(calls[0]!, filled, parameters)] });
  }
  return exchanges;
}

/** What whoever has only the engine would ask: the text, ten results, and the same filters. */
function toPlainCall(
  { method, headers }: HttpCall,
  { servers, engine }: FilledDirectory,
  { q, where, kind }: TypedQuery['parameters'],
): HttpCall {
  const filter = allOf([
    kind === undefined ? undefined : isIn('kind', [kind]),
    where === undefined ? undefined : isIn(where.length < 5 ? 'departementCodes' : 'communeCodes', [where]),
  ]);
  const body = JSON.stringify({ q, limit: 10, filter, attributesToRetrieve: VIEW_ATTRIBUTES });
  return { method, headers, url: `${servers.engine.url}/indexes/${engine.indexName}/search`, body };
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
  const at = (side: Side, rank: number) => percentile(latenciesMs[side].flat(), rank);
  const ratioTo = (other: 'engine' | 'plain') => at('api', 0.5) / at(other, 0.5);
  const roundsTo = (other: 'engine' | 'plain') =>
    latenciesMs.api
      .map((it, round) => (percentile(it, 0.5) / percentile(latenciesMs[other][round]!, 0.5)).toFixed(2))
      .join(', ');
  const rate = (side: Side) =>
    throughput[side].reduce((sum, it) => sum + it.requestsPerSecond, 0) / throughput[side].length;
  const pressed = (side: Side, rank: number) =>
    percentile(
      throughput[side].flatMap((it) => it.latenciesMs),
      rank,
    );
  const each = (show: (side: Side) => string) => SIDES.map((side) => `${side} ${show(side)}`).join(', ');
  const measures: Measure[] = [
    { what: 'documents, queries', measured: `${documents.toLocaleString('en')}, ${queries.length}`, cpu },
    ...[0.5, 0.9, 0.99].map((rank) => ({
      what: `one at a time, p${rank * 100}`,
      measured: each((side) => milliseconds(at(side, rank))),
    })),
    ...(['engine', 'plain'] as const).map((other) => ({
      what: `median over ${other === 'engine' ? 'the same searches' : 'the text as typed'}, straight (each round)`,
      measured: `${ratioTo(other).toFixed(2)} (${roundsTo(other)})`,
      target: `≤ ${TARGET.ratioMax}`,
      isMet: ratioTo(other) <= TARGET.ratioMax,
    })),
    ...(['engine', 'plain'] as const).map((other) => {
      const more = at('api', 0.99) - at(other, 0.99);
      return {
        what: `p99 above ${other === 'engine' ? 'the same searches' : 'the text as typed'}, straight`,
        measured: milliseconds(more),
        target: `≤ ${TARGET.p99MoreMs} ms`,
        isMet: more <= TARGET.p99MoreMs,
      };
    }),
    {
      what: 'requests per second, 16 connections',
      measured: `${each((side) => rate(side).toFixed(0))}, ratio ${(rate('api') / rate('engine')).toFixed(2)}, ${(rate('api') / rate('plain')).toFixed(2)}`,
    },
    ...[0.5, 0.99].map((rank) => ({
      what: `16 connections, p${rank * 100}`,
      measured: each((side) => milliseconds(pressed(side, rank))),
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
