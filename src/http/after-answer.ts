import type { Context } from 'hono';

import { outgoingOf } from './node-connection.ts';

/** On Node what nobody waits for is done when the answer has left; elsewhere at once. */
export function afterAnswer(c: Context, work: () => void): void {
  if (outgoingOf(c) === undefined) work();
  else setImmediate(work);
}
