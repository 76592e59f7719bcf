import { foldText } from '../fold.ts';

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  st: 'saint',
  sts: 'saints',
  ste: 'sainte',
  stes: 'saintes',
  s: 'sur',
  ss: 'sous',
  lez: 'les',
  gd: 'grand',
  gde: 'grande',
  gds: 'grands',
  gdes: 'grandes',
  vx: 'vieux',
  mt: 'mont',
  nd: 'notre dame',
  fd: 'ferrand',
  bdx: 'bordeaux',
  tlse: 'toulouse',
};
const ABBREVIATION = /\b(?:stes?|sts?|ss|lez(?= )|gdes?|gds?|vx|mt|nd|fd|bdx|tlse)\b|(?<= )s(?= )/g;
const LEADING_ARTICLE = /^(?:le|la|les|l) (?=.)/;

/**
 * The form in which the spellings of a place's name meet: folded, what the post abbreviates and people shorten written out
 * ("ST ETIENNE", "CHALON S/SAONE", "CLERMONT FD", "bdx"), lès and lez made one within a name.
 */
export function toPlaceKey(text: string): string {
  return foldText(text).replace(ABBREVIATION, (token) => ABBREVIATIONS[token] ?? token);
}

/** "le puy en velay" → "puy en velay"; a key without an article as it is. */
export function withoutArticle(key: string): string {
  return key.replace(LEADING_ARTICLE, '');
}

/** "puy en velay le" (as some lists sort it) → "le puy en velay"; anything else as it is. */
export function withArticleFirst(key: string): string {
  return key.replace(/^(.+) (le|la|les|l)$/, '$2 $1');
}

/** "Château-Chinon (Ville)" → "Château-Chinon"; a name without parentheses as it is. */
export function withoutParentheses(name: string): string {
  return name.replace(/ \(.*\)$/, '');
}

const ARRONDISSEMENT =
  /^(paris|lyon|marseille) ?(?:cedex )?0*(\d{1,2}) ?(er|e|eme|ieme|nd|nde|d)?(?: (?:arrondissement|arrdt|arrt|arr|ardt))?(?: sp)?$/;
/** A Roman digit alone is rather an initial, unless it is said to count. */
const ROMAN_ARRONDISSEMENT =
  /^(paris|lyon|marseille) (?:([ivx]+)(?:er|e|eme|ieme)(?: (?:arrondissement|arrdt|arrt|arr|ardt))?|([ivx]{2,}))$/;
const ROMAN = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx'.split(' ');
const CITY_CODES: Readonly<Record<string, string>> = { paris: '75056', lyon: '69123', marseille: '13055' };

/**
 * Reads "paris 15", "lyon 03", "marseille 13eme arrondissement", "paris cedex 13", "paris 07 sp", "paris xiii".
 * @param key from {@link toPlaceKey}
 * @returns the city's code, the number as said (an arrondissement of that number may not exist), and whether only an
 *   arrondissement can be meant (an ordinal, not a bare number); undefined for other text
 */
export function parseArrondissement(
  key: string,
): { cityCode: string; number: number; isOrdinal: boolean } | undefined {
  const match = ARRONDISSEMENT.exec(key);
  if (match) {
    const [, city, number, ordinal] = match;
    return { cityCode: CITY_CODES[city!]!, number: Number(number), isOrdinal: ordinal !== undefined };
  }
  const [, city, counting, bare] = ROMAN_ARRONDISSEMENT.exec(key) ?? [];
  const number = ROMAN.indexOf(counting ?? bare ?? '') + 1;
  return number === 0 ? undefined : { cityCode: CITY_CODES[city!]!, number, isOrdinal: true };
}
