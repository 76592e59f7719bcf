/** Independent streams: what one of them draws never shifts what another one draws. */
const STREAMS = {
  establishment: 1,
  establishmentDetail: 2,
  practitioner: 3,
  difference: 4,
  differenceDetail: 5,
  mailbox: 6,
  service: 7,
  cabinet: 9,
  legalEntity: 10,
  qualification: 11,
  site: 12,
  asked: 13,
  page: 14,
  declarations: 15,
  openings: 16,
} as const;
type Stream = keyof typeof STREAMS;

/**
 * A seeded generator (sfc32): the same seed, stream and index always draw the same values, in whatever order the indexes
 * are visited. Not for secrets.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, stream: Stream, index: number) {
    this.#a = Math.imul(seed | 0, 0x9e3779b1) ^ 0x243f6a88;
    this.#b = Math.imul(STREAMS[stream], 0x85ebca6b) ^ 0x85a308d3;
    this.#c = Math.imul(index | 0, 0xc2b2ae35) ^ index;
    for (let round = 0; round < 12; round += 1) this.next();
  }

  /** In [0, 1). */
  next(): number {
    const t = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    return (this.#c >>> 0) / 4294967296;
  }

  /** In [0, bound). */
  integer(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.integer(items.length)]!;
  }
}

/** Items drawn in proportion to their weights. */
export class Weighted<T> {
  readonly items: readonly T[];
  readonly #cumulative: Float64Array;

  constructor(items: readonly T[], weightOf: (item: T, rank: number) => number) {
    this.items = items;
    this.#cumulative = new Float64Array(items.length);
    let sum = 0;
    items.forEach((item, rank) => {
      sum += weightOf(item, rank);
      this.#cumulative[rank] = sum;
    });
  }

  pick(random: Random): T {
    const target = random.next() * this.#cumulative[this.#cumulative.length - 1]!;
    let low = 0;
    let high = this.#cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#cumulative[middle]! <= target) low = middle + 1;
      else high = middle;
    }
    return this.items[low]!;
  }
}
