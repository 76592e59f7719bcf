const SEPARATORS = /[\s'’ʼ`´.\-‐‑–—_]+/u;

/**
 * The ways in which people run together a name of several words: each two neighbours, and the whole when there are
 * three words or more. "Le Goff" → legoff; "de La Tour" → dela, latour, delatour; one word → none. Accents are left to
 * the engine, which folds them.
 */
export function toJoinedForms(name: string | null): string[] {
  if (name === null) return [];
  const words = name.toLowerCase().split(SEPARATORS).filter(Boolean).slice(0, 6);
  const pairs = words.slice(1).map((word, index) => words[index]! + word);
  return words.length > 2 ? [...pairs, words.join('')] : pairs;
}
