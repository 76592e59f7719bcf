import type { Context } from 'hono';

import { outgoingOf } from './node-connection.ts';

/**
 * Aborted when whoever asked has left. On Node it is made of the connection itself: the signal of the request would first make the
 * whole request object, a tenth of a millisecond of every search.
 */
export function signalOf(c: Context): AbortSignal {
  const outgoing = outgoingOf(c);
  if (outgoing === undefined) return c.req.raw.signal;
  const controller = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort(new Error('the caller left'));
  });
  return controller.signal;
}
