import { Random } from '#demo/random.ts';

import type { PersonFact, ServiceFact } from './corpus-facts.ts';

/** A search with what its answer has to hold, judged from the files alone. */
export interface JudgedQuery {
  class: string;
  /** Of `GET /v1/correspondents`. */
  parameters: Readonly<Record<string, string>>;
  /** Ids of correspondents, each of which is a right answer; never empty. */
  accepted: ReadonlySet<string>;
  /** What is accepted, in words. */
  wanted: string;
  /** The right answer is first, or among the first 3 or 5. */
  atRank: 1 | 3 | 5;
}

const SEED = 20_261_120;
const ATTEMPTS_MAX = 200;

/**
 * Draws `count` queries that differ, always the same ones for a name and the same facts.
 * @param draw undefined when what was drawn gives no fair query: it is then drawn again
 * @throws Error when the facts do not give that many
 */
export function drawQueries(
  name: string,
  count: number,
  draw: (random: Random, index: number) => JudgedQuery | undefined,
): JudgedQuery[] {
  const queries = new Map<string, JudgedQuery>();
  const seed = SEED + [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
  for (let index = 0; queries.size < count; index += 1) {
    if (index > count * ATTEMPTS_MAX) throw new Error(`${name}: only ${queries.size} of ${count} were found`);
    const query = draw(new Random(seed, 'asked', index), queries.size);
    const key = JSON.stringify(query?.parameters);
    if (query && query.accepted.size > 0 && !queries.has(key)) queries.set(key, query);
  }
  return [...queries.values()];
}

export function idsOf(found: Iterable<PersonFact | ServiceFact>): Set<string> {
  return new Set([...found].map(({ id }) => id));
}
