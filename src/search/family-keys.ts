/** So many letters are told apart by a key: more would need numbers beyond 2^53. */
const LETTERS_MAX = 11;
/** The letters, and none. */
const BASE = 27;

/**
 * A word as a number, so that the words that begin alike are neighbours: the engine takes a range of numbers from its tree,
 * where for a text's beginning it reads all values one by one. Undefined for what is not folded letters only. Longer words
 * have the key of their first eleven letters.
 */
export function toFamilyKey(word: string): number | undefined {
  return /^[a-z]+$/.test(word) ? keyOf(word) : undefined;
}

/**
 * The keys of the words that begin so, the first being that of the very word; undefined where keys cannot tell: other characters,
 * or more than ten letters.
 */
export function toFamilyKeyRange(beginning: string): { first: number; last: number } | undefined {
  const first = beginning.length < LETTERS_MAX ? toFamilyKey(beginning) : undefined;
  return first === undefined
    ? undefined
    : { first, last: first + BASE ** (LETTERS_MAX - beginning.length) - 1 };
}

function keyOf(word: string): number {
  let key = 0;
  for (let index = 0; index < LETTERS_MAX; index += 1) {
    const letter = index < word.length ? word.charCodeAt(index) - 96 : 0;
    key = key * BASE + letter;
  }
  return key;
}
