import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { ArrivalAnswer, ArrivalOrder } from './arrival-client.ts';

const CLIENT = fileURLToPath(new URL('arrival-client.ts', import.meta.url));

/** Has a client of its own send these requests at a constant rate. @throws the signal's reason */
export async function press(order: ArrivalOrder, signal: AbortSignal): Promise<ArrivalAnswer> {
  signal.throwIfAborted();
  const client = fork(CLIENT, { execArgv: [], serialization: 'advanced' });
  const stop = () => client.kill();
  signal.addEventListener('abort', stop, { once: true });
  client.send(order);
  const ended = once(client, 'exit').then((): [undefined] => [undefined]);
  const [answer] = await Promise.race([once(client, 'message') as Promise<[ArrivalAnswer]>, ended]);
  signal.removeEventListener('abort', stop);
  client.kill();
  signal.throwIfAborted();
  if (answer === undefined) throw new Error('the client ended without an answer');
  return answer;
}
