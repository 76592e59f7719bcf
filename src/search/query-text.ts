const LENGTH_MAX = 500;
/** The engine reads no more than ten words of a query. */
const WORDS_MAX = 10;

/**
 * What was typed, as words that mean to the engine nothing but themselves: `"` would open a phrase and `-` would exclude
 * a word, so both become blanks, as do control characters. At most 500 characters and ten words, so that any text is
 * cheap. Empty when there is no letter and no digit in it.
 */
export function toQueryText(text: string): string {
  const words = text
    .slice(0, 10_000)
    .toWellFormed()
    .replace(/[\p{C}\p{Z}"“”«»\p{Pd}\u2212]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, WORDS_MAX);
  return truncate(words.join(' '));
}

/** Never between the two halves of a surrogate pair. */
function truncate(text: string): string {
  return text.length <= LENGTH_MAX
    ? text
    : text
        .slice(0, LENGTH_MAX)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd();
}
