import type { Context } from 'hono';

import { toCaller, type Caller } from '#access/caller.ts';
import { RATE_WINDOW_SECONDS, type RateClass, type RateLimiter } from '#access/rate-limiter.ts';
import type { ReadOutWatch } from '#access/read-out-watch.ts';
import { AppError } from '#domain/errors.ts';

import type { AppEnv } from './app-env.ts';

/** What bounds callers; undefined in the context where nothing does. */
export interface CallerLimits {
  /** See `findCallerAddress`; undefined for callers on this machine, who are not bounded. */
  address: string | undefined;
  rates: RateLimiter;
  readOuts: ReadOutWatch;
}

/** What watches over the service, and what costs nothing to give. */
const UNLIMITED = /^\/(?:health\/|metrics$|docs\.css$|assets\/|embed\/)/;
/** Where somebody could guess, or have messages sent. */
const SIGN_IN = /^\/(?:connexion|invitation)(?:\/|$)/;
const CODES = /^\/(?:v1\/me|espace)\/contacts\//;
/** Looks something up, and keeps nothing. */
const LOOKUPS = new Set(['/v1/patient-address']);

/**
 * Counts the request for whoever calls, and says in the answer what is left.
 * @throws AppError `too-many-requests`
 * @see draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4
 */
export function limitRate(c: Context<AppEnv>): void {
  if (!UNLIMITED.test(c.req.path)) chargeRate(c, rateClassOf(c.req.method, c.req.path));
}

/** @throws AppError `too-many-requests` */
export function chargeRate(c: Context<AppEnv>, rateClass: RateClass): void {
  const caller = callerOf(c);
  const state = caller && c.get('limits')?.rates.take(caller.id, rateClass);
  if (!state) return;
  const { quota, remaining, resetSeconds, retryAfterSeconds } = state;
  c.header('ratelimit-policy', `"${rateClass}";q=${quota};w=${RATE_WINDOW_SECONDS}`);
  c.header('ratelimit', `"${rateClass}";r=${remaining};t=${resetSeconds}`);
  if (state.isAllowed) return;
  throw new AppError(
    'too-many-requests',
    `At most ${quota} requests a minute (${rateClass}) are answered to one caller: try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  );
}

/** Undefined for callers whom nothing bounds. */
export function callerOf(c: Context<AppEnv>): Caller | undefined {
  const address = c.get('limits')?.address;
  return address === undefined ? undefined : toCaller(c.get('actor'), address);
}

function rateClassOf(method: string, path: string): RateClass {
  if (SIGN_IN.test(path)) return 'sign-in';
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || LOOKUPS.has(path)) return 'search';
  return CODES.test(path) ? 'sign-in' : 'write';
}
