import type { Caller } from './caller.ts';
import { openDistinctCount, type DistinctCount } from './distinct-count.ts';
import { openRecentEntries } from './recent-entries.ts';

/** Somebody who was given so many different correspondents today that they seem to read the directory out. */
export interface ReadOut {
  caller: Caller;
  /** Different correspondents given since midnight (UTC), about. */
  count: number;
  state: 'slowed' | 'refused';
}

/** What becomes of an answer. */
interface ReadOutVerdict {
  delayMs: number;
  /** Given that much that nothing more is given today. */
  isRefused: boolean;
  /** For the first time of the day that this caller is slowed down; true until `noteTold`. */
  isUntold: boolean;
  count: number;
}

export interface ReadOutWatch {
  /** @param ids of the correspondents that an answer is about to give */
  note(caller: Caller, ids: readonly string[]): ReadOutVerdict;
  noteTold(caller: Caller): void;
  /** Those of today, who took most first. */
  list(): ReadOut[];
  secondsUntilMorning(): number;
}

/** Between the number at which answers become slower and twice that, where they end. */
const DELAY_MS_MAX = 5000;
const MEMORY_BYTES_MAX = 32 * 1024 * 1024;
const DAY_MS = 86_400_000;

interface Taken {
  caller: Caller;
  given: DistinctCount;
  isTold: boolean;
}

/**
 * Counts, for each caller and day, to how many different correspondents the answers of this process came. Whoever asks the same again
 * takes nothing more. Of callers beyond what the memory holds, those not heard of for longest begin anew.
 * @param slowFrom number of correspondents from which answers are delayed; twice as many are the last; 0 for no watch
 */
export function openReadOutWatch(slowFrom: number, nowMs: () => number = () => Date.now()): ReadOutWatch {
  const callersMax = Math.max(16, Math.floor(MEMORY_BYTES_MAX / Math.max(256, slowFrom / 2)));
  let day = dayOf(nowMs());
  let taken = openRecentEntries<Taken>(callersMax);
  const find = (caller: Caller): Taken => {
    const today = dayOf(nowMs());
    if (today !== day) [day, taken] = [today, openRecentEntries<Taken>(callersMax)];
    const known = taken.get(caller.id);
    if (known) return known;
    const it = { caller, given: openDistinctCount(slowFrom * 2), isTold: false };
    taken.set(caller.id, it);
    return it;
  };
  return {
    note: (caller, ids) => {
      if (slowFrom === 0) return { delayMs: 0, isRefused: false, isUntold: false, count: 0 };
      const { given, isTold } = find(caller);
      for (const id of ids) given.add(id);
      const count = given.estimate();
      const excess = Math.max(0, count / slowFrom - 1);
      const delayMs = Math.round(Math.min(1, excess) * DELAY_MS_MAX);
      return { delayMs, isRefused: excess > 1, isUntold: excess > 0 && !isTold, count };
    },
    noteTold: (caller) => {
      find(caller).isTold = true;
    },
    list: () => {
      if (slowFrom === 0 || dayOf(nowMs()) !== day) return [];
      return taken
        .list()
        .map(({ caller, given }) => ({ caller, count: given.estimate() }))
        .filter(({ count }) => count > slowFrom)
        .map((it) => ({ ...it, state: it.count > slowFrom * 2 ? ('refused' as const) : ('slowed' as const) }))
        .toSorted((a, b) => b.count - a.count);
    },
    secondsUntilMorning: () => Math.ceil(((dayOf(nowMs()) + 1) * DAY_MS - nowMs()) / 1000),
  };
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}
