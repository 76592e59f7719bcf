import { Agent } from 'undici';

/**
 * Sends requests at a constant rate whatever the answers do, as people do: one that waits does not hold back the next. Each is timed
 * from its sending, as k6 does; where this client was held up before it, from when it should have been sent. In a process of its own.
 */
export interface ArrivalOrder {
  url: string;
  paths: string[];
  perSecond: number;
  seconds: number;
}

export interface ArrivalAnswer {
  latenciesMs: number[];
  /** By status; 0 is no answer. */
  statuses: Record<number, number>;
  degraded: number;
  /** When the first degraded answer came, and the last, since the beginning. */
  degradedFromMs: number | null;
  degradedUntilMs: number | null;
}

/** Timers of Node are of whole milliseconds, and fire up to so much late on an idle machine (median 0.58, p99 1.19). */
const TIMER_MS = 1.2;

process.on('message', (order: ArrivalOrder) => {
  void run(order).then((answer) => process.send!(answer));
});

async function run({ url, paths, perSecond, seconds }: ArrivalOrder): Promise<ArrivalAnswer> {
  // A fifth less CPU a request than `node:http`, on cores that the client shares with what it measures.
  const agent = new Agent({ connections: 256 });
  const answer: ArrivalAnswer = {
    latenciesMs: [],
    statuses: {},
    degraded: 0,
    degradedFromMs: null,
    degradedUntilMs: null,
  };
  const startedAt = performance.now();
  const total = Math.round(perSecond * seconds);
  const pending: Promise<void>[] = [];
  let sent = 0;
  const dueAt = (index: number) => startedAt + (index / perSecond) * 1000;
  await new Promise<void>((resolve) => {
    const sendWhatIsDue = () => {
      for (; sent < total && dueAt(sent) <= performance.now(); sent += 1) {
        const now = performance.now();
        const from = now - dueAt(sent) <= TIMER_MS ? now : dueAt(sent);
        pending.push(ask(agent, url, paths[sent % paths.length]!, from, startedAt, answer));
      }
      if (sent === total) resolve();
      else setTimeout(sendWhatIsDue, Math.max(0, dueAt(sent) - performance.now()));
    };
    sendWhatIsDue();
  });
  await Promise.all(pending);
  await agent.close();
  return answer;
}

async function ask(
  agent: Agent,
  origin: string,
  path: string,
  from: number,
  startedAt: number,
  answer: ArrivalAnswer,
): Promise<void> {
  const { status, isDegraded } = await send(agent, origin, path);
  const now = performance.now();
  answer.latenciesMs.push(now - from);
  answer.statuses[status] = (answer.statuses[status] ?? 0) + 1;
  if (!isDegraded) return;
  answer.degraded += 1;
  answer.degradedFromMs ??= now - startedAt;
  answer.degradedUntilMs = now - startedAt;
}

/** The answer is read to its end. */
async function send(
  agent: Agent,
  origin: string,
  path: string,
): Promise<{ status: number; isDegraded: boolean }> {
  try {
    const headers = { 'accept-encoding': 'identity' };
    const {
      statusCode,
      headers: answered,
      body,
    } = await agent.request({ origin, path, method: 'GET', headers });
    await body.arrayBuffer();
    return { status: statusCode, isDegraded: answered['x-degraded'] !== undefined };
  } catch {
    return { status: 0, isDegraded: false };
  }
}
