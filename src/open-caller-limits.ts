import { findCallerAddress } from '#access/caller-address.ts';
import { openRateLimiter } from '#access/rate-limiter.ts';
import { openReadOutWatch } from '#access/read-out-watch.ts';
import type { CallerLimits } from '#http/limit-rate.ts';

import type { Config } from './config.ts';

/** What bounds the callers of one process, given where a request comes from. */
export function openCallerLimits({
  rates,
  readOutFrom,
  trustedProxies,
}: Pick<Config, 'rates' | 'readOutFrom' | 'trustedProxies'>) {
  const limits = { rates: openRateLimiter(rates), readOuts: openReadOutWatch(readOutFrom) };
  return {
    readOuts: limits.readOuts,
    forRequest: (remoteAddress: string | undefined, forwardedFor: string | undefined): CallerLimits => ({
      ...limits,
      address: findCallerAddress({ remoteAddress, forwardedFor, trustedProxies }),
    }),
  };
}
