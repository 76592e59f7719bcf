/** Entries by key, of which the ones not used for longest are forgotten. */
export interface RecentEntries<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  /** Each key once. */
  list(): V[];
}

/**
 * At least half of `max` entries are kept, those used last, and never more than `max`. In two generations: the older one is dropped as a
 * whole when the younger one is full, which costs nothing each time (a Map that loses its first key again and again becomes slow).
 */
export function openRecentEntries<V>(max: number): RecentEntries<V> {
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  const set = (key: string, value: V) => {
    if (young.size >= max / 2 && !young.has(key)) [old, young] = [young, new Map()];
    young.set(key, value);
  };
  return {
    get: (key) => {
      const found = young.get(key);
      if (found !== undefined) return found;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    set,
    list: () => [...new Map([...old, ...young]).values()],
  };
}
