import type { Context } from 'hono';

import { isLoopback } from '#domain/loopback.ts';

import type { AppEnv } from './app-env.ts';

/** Origin under which the caller's browser knows this service; undefined when the settings do not say and it is not this machine. */
export function publicOriginOf(c: Context<AppEnv>): string | undefined {
  const { origin, hostname } = new URL(c.req.url);
  return c.get('signIn')?.publicUrl ?? (isLoopback(hostname) ? origin : undefined);
}

/** Origin of links that leave the page: in cards, codes, examples. Where the settings do not say, the one that was asked. */
export function linkOriginOf(c: Context<AppEnv>): string {
  return publicOriginOf(c) ?? new URL(c.req.url).origin;
}
