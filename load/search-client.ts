import { Agent, request } from 'node:http';

import {
  SIDES,
  type ClientAnswer,
  type ClientOrder,
  type Exchange,
  type HttpCall,
  type Side,
  type Throughput,
} from './search-exchange.ts';

/**
 * The client of the search measurements, in a process of its own so that neither side pays for it. It speaks to the API and to the
 * engine alike: `node:http`, connections kept alive, no compression, bodies read and thrown away.
 */
let failures = 0;

process.once('message', (order: ClientOrder) => {
  void measure(order).then((answer) => process.send!(answer, () => process.disconnect()));
});

async function measure({ exchanges, warmUpRounds, rounds, throughput }: ClientOrder): Promise<ClientAnswer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let round = 0; round < warmUpRounds; round += 1) await askAll(exchanges, agent);
  const latenciesMs: Record<Side, number[][]> = { api: [], engine: [], plain: [] };
  for (let round = 0; round < rounds; round += 1) {
    const taken = await askAll(exchanges, agent);
    for (const side of SIDES) latenciesMs[side].push(taken[side]);
  }
  agent.destroy();
  const measured: Record<Side, Throughput[]> = { api: [], engine: [], plain: [] };
  for (let turn = 0; turn < throughput.turns; turn += 1) {
    for (const side of SIDES) measured[side].push(await press(exchanges, side, throughput));
  }
  return { latenciesMs, throughput: measured, failures };
}

/**
 * Each query once at each side, one at a time. The sides walk the list a third of a list apart, so that each is the first to ask a
 * third of the queries and none finds them warm more often.
 */
async function askAll(exchanges: readonly Exchange[], agent: Agent): Promise<Record<Side, number[]>> {
  const count = exchanges.length;
  const latencies: Record<Side, number[]> = { api: [], engine: [], plain: [] };
  for (let turn = 0; turn < count; turn += 1) {
    for (const [place, side] of SIDES.entries()) {
      const index = (turn + Math.floor((place * count) / SIDES.length)) % count;
      latencies[side][index] = await ask(exchanges[index]![side], agent);
    }
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
