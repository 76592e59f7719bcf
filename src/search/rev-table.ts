import { hashLanes } from '#domain/content-hash.ts';

/** Ids and revs of a whole index in flat memory, 18 bytes a place: about 75 MB for two million. Ids are known by 64 bits. */
export interface RevTable {
  add(id: string, rev: string): void;
  /** Marks the id as seen. */
  look(id: string, rev: string): 'absent' | 'equal' | 'different';
  /** Whether it was added and never looked for. */
  isUnseen(id: string): boolean;
  countUnseen(): number;
}

const ADDED = 1;
const SEEN = 2;

export function openRevTable(idsMax: number): RevTable {
  const size = 2 ** Math.ceil(Math.log2(Math.max(1024, idsMax * 1.5)));
  const ids = new Uint32Array(size * 2);
  const revs = new Uint32Array(size * 2);
  const states = new Uint8Array(size);
  let added = 0;
  let seen = 0;
  const find = (high: number, low: number): number => {
    let slot = low & (size - 1);
    while (states[slot] !== 0 && (ids[slot * 2] !== high || ids[slot * 2 + 1] !== low))
      slot = (slot + 1) & (size - 1);
    return slot;
  };
  return {
    add(id, rev) {
      const [high, low] = hashLanes(id);
      const slot = find(high, low);
      if (states[slot] !== 0) return;
      if (added >= size - 1) throw new RangeError(`more than ${idsMax} ids`);
      added += 1;
      states[slot] = ADDED;
      ids[slot * 2] = high;
      ids[slot * 2 + 1] = low;
      revs[slot * 2] = Number.parseInt(rev.slice(0, 8), 16);
      revs[slot * 2 + 1] = Number.parseInt(rev.slice(8), 16);
    },
    look(id, rev) {
      const slot = find(...hashLanes(id));
      if (states[slot] === 0) return 'absent';
      if (states[slot] === ADDED) {
        states[slot] = SEEN;
        seen += 1;
      }
      const isEqual =
        revs[slot * 2] === Number.parseInt(rev.slice(0, 8), 16) &&
        revs[slot * 2 + 1] === Number.parseInt(rev.slice(8), 16);
      return isEqual ? 'equal' : 'different';
    },
    isUnseen: (id) => states[find(...hashLanes(id))] === ADDED,
    countUnseen: () => added - seen,
  };
}
