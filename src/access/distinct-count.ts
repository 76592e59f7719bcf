/** How many different texts were added, near enough, in little memory. */
export interface DistinctCount {
  add(text: string): void;
  /** Within about 1 %, as long as it is below the number that was expected; beyond it loses precision, never order. */
  estimate(): number;
}

/**
 * One bit a hash: from how many are still unset follows how many different ones were added.
 * @param expectedMax of different texts; takes a quarter of a byte for each
 * @see Whang, Vander-Zanden, Taylor, "A linear-time probabilistic counting algorithm for database applications", 1990
 */
export function openDistinctCount(expectedMax: number): DistinctCount {
  const bits = 2 ** Math.ceil(Math.log2(Math.max(1024, expectedMax * 1.2)));
  const words = new Uint32Array(bits / 32);
  let unset = bits;
  return {
    add: (text) => {
      const position = hash(text) & (bits - 1);
      const [word, bit] = [position >>> 5, 1 << (position & 31)];
      if ((words[word]! & bit) !== 0) return;
      words[word]! |= bit;
      unset -= 1;
    },
    estimate: () => Math.round(bits * Math.log(bits / Math.max(1, unset))),
  };
}

/** FNV-1a, mixed once more so that every bit depends on all of the text. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
