const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** The engine forgives a wrong letter from four letters on, but the first one from eight only. */
const SHORT_LENGTH_MAX = 3;
const FORGIVEN_LENGTH_MIN = 8;

/**
 * The words that differ from this one by a letter wrong, missing, too many or swapped with its neighbour, where the engine does
 * not forgive it: anywhere in short words, in the beginning of longer ones. Folded letters only; none for words that the
 * engine forgives, for numbers and for single letters.
 */
export function listSpellingVariants(word: string): string[] {
  if (!/^[a-z]{2,}$/.test(word) || word.length >= FORGIVEN_LENGTH_MIN) return [];
  const lastIndex = word.length <= SHORT_LENGTH_MAX ? word.length : 1;
  const variants = new Set<string>();
  for (let index = 0; index <= lastIndex; index += 1) {
    const before = word.slice(0, index);
    const after = word.slice(index + 1);
    const letter = word[index];
    for (const other of LETTERS) {
      variants.add(before + other + word.slice(index));
      if (letter !== undefined) variants.add(before + other + after);
    }
    if (letter === undefined) continue;
    variants.add(before + after);
    if (after !== '') variants.add(before + after[0]! + letter + after.slice(1));
  }
  variants.delete(word);
  return [...variants].filter((variant) => variant.length > 1);
}
