import { openRecentEntries } from './recent-entries.ts';

/** Reading; changing something; signing in and codes, where somebody could guess. */
export type RateClass = 'search' | 'write' | 'sign-in';

/** Requests a minute, for one caller; 0 for no limit. */
export type Rates = Readonly<Record<RateClass, number>>;

/** How far a caller is, after a request was counted or refused. */
interface RateState {
  isAllowed: boolean;
  /** Of a window of {@link RATE_WINDOW_SECONDS}. */
  quota: number;
  /** How many more may come at once. */
  remaining: number;
  /** Until all of the quota is there again. */
  resetSeconds: number;
  /** Until the next one is allowed, at least 1; 0 when this one was. */
  retryAfterSeconds: number;
}

export interface RateLimiter {
  /** Undefined where there is no limit. */
  take(callerId: string, rateClass: RateClass): RateState | undefined;
}

export const RATE_WINDOW_SECONDS = 60;
const WINDOW_MS = RATE_WINDOW_SECONDS * 1000;
/** About 10 MB. Beyond, whoever was not heard of for longest begins anew. */
const KNOWN_MAX = 100_000;

/**
 * A token bucket for each caller and class, in this process: so many requests at once, and so many a minute in the long run. Of each
 * bucket only the instant is kept at which it will be full again, so that nothing has to be refilled.
 * @param nowMs a clock that never goes back, but on Workers, where there is none
 */
export function openRateLimiter(rates: Rates, nowMs: () => number = () => performance.now()): RateLimiter {
  const fullAtMs = openRecentEntries<number>(KNOWN_MAX);
  return {
    take: (callerId, rateClass) => {
      const quota = rates[rateClass];
      if (quota === 0) return undefined;
      const now = nowMs();
      const bucket = `${rateClass} ${callerId}`;
      const spentMs = Math.max(0, (fullAtMs.get(bucket) ?? 0) - now);
      const afterMs = spentMs + WINDOW_MS / quota;
      const isAllowed = afterMs <= WINDOW_MS;
      const leftMs = isAllowed ? afterMs : spentMs;
      fullAtMs.set(bucket, now + leftMs);
      return {
        isAllowed,
        quota,
        remaining: Math.floor(((WINDOW_MS - leftMs) * quota) / WINDOW_MS),
        resetSeconds: Math.ceil(leftMs / 1000),
        retryAfterSeconds: isAllowed ? 0 : Math.max(1, Math.ceil((afterMs - WINDOW_MS) / 1000)),
      };
    },
  };
}
