import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** The answer as Node's server writes it; undefined on Workers, and where the application is asked without a server. */
export function outgoingOf(c: Context): HttpBindings['outgoing'] | undefined {
  return ((c.env ?? {}) as Partial<HttpBindings>).outgoing;
}
