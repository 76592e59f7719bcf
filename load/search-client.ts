import { Agent, request } from 'node:http';

/**
 * The client of the search measurements, in a process of its own so that neither side pays for it. It speaks to the API and to the
 * engine alike: `node:http`, connections kept alive, no compression, bodies read and thrown away.
 */
export interface HttpCall {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

export type Side = 'api' | 'engine';

/** For each query, what each side is asked: one call, or several one after the other. */
export type Exchange = Record<Side, HttpCall[]>;

export interface ClientOrder {
  exchanges: Exchange[];
  warmUpRounds: number;
  rounds: number;
  throughput: { connections: number; secondsEach: number; turns: number };
}

export interface Throughput {
  requestsPerSecond: number;
  latenciesMs: number[];
}

export interface ClientAnswer {
  /** By round, then by query. */
  latenciesMs: Record<Side, number[][]>;
  throughput: Record<Side, Throughput[]>;
  failures: number;
}

const SIDES = ['api', 'engine'] as const satisfies Side[];

let failures = 0;

process.once('message', (order: ClientOrder) => {
  void measure(order).then((answer) => process.send!(answer, () => process.disconnect()));
});

async function measure({ exchanges, warmUpRounds, rounds, throughput }: ClientOrder): Promise<ClientAnswer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let round = 0; round < warmUpRounds; round += 1) await askAll(exchanges, agent);
  const latenciesMs: Record<Side, number[][]> = { api: [], engine: [] };
  for (let round = 0; round < rounds; round += 1) {
    const { api, engine } = await askAll(exchanges, agent);
    latenciesMs.api.push(api);
    latenciesMs.engine.push(engine);
  }
  agent.destroy();
  const measured: Record<Side, Throughput[]> = { api: [], engine: [] };
  for (let turn = 0; turn < throughput.turns; turn += 1) {
    for (const side of SIDES) measured[side].push(await press(exchanges, side, throughput));
  }
  return { latenciesMs, throughput: measured, failures };
}

/**
 * Each query once at each side, one at a time. The sides walk the list half a list apart, so that each is the first to ask half of the
 * queries and neither finds them warm more often.
 */
async function askAll(exchanges: readonly Exchange[], agent: Agent): Promise<Record<Side, number[]>> {
  const count = exchanges.length;
  const latencies: Record<Side, number[]> = { api: [], engine: [] };
  for (let index = 0; index < count; index += 1) {
    const other = (index + Math.floor(count / 2)) % count;
    latencies.api[index] = await ask(exchanges[index]!.api, agent);
    latencies.engine[other] = await ask(exchanges[other]!.engine, agent);
  }
  return latencies;
}

async function press(
  exchanges: readonly Exchange[],
  side: Side,
  { connections, secondsEach }: ClientOrder['throughput'],
): Promise<Throughput> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latenciesMs: number[] = [];
  const startedAtMs = performance.now();
  const endsAtMs = startedAtMs + secondsEach * 1000;
  let next = 0;
  const work = async () => {
    while (performance.now() < endsAtMs) {
      const exchange = exchanges[next % exchanges.length]!;
      next += 1;
      latenciesMs.push(await ask(exchange[side], agent));
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  const elapsedSeconds = (performance.now() - startedAtMs) / 1000;
  agent.destroy();
  return { requestsPerSecond: latenciesMs.length / elapsedSeconds, latenciesMs };
}

async function ask(calls: readonly HttpCall[], agent: Agent): Promise<number> {
  const startedAtMs = performance.now();
  for (const call of calls) await send(call, agent);
  return performance.now() - startedAtMs;
}

function send({ url, method, headers, body }: HttpCall, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      if (response.statusCode !== 200) failures += 1;
      response.on('data', () => undefined);
      response.once('end', resolve);
      response.once('error', reject);
    });
    sent.once('error', reject);
    sent.end(body ?? undefined);
  });
}
