/** Feminine endings → masculine, for words of at least so many letters. */
const FEMININE_ENDINGS: readonly (readonly [feminine: string, masculine: string, lengthMin: number])[] = [
  ['ienne', 'ien', 7],
  ['trice', 'teur', 8],
  ['iere', 'ier', 7],
  ['euse', 'eur', 7],
  ['ante', 'ant', 8],
  ['ente', 'ent', 8],
  ['elle', 'el', 7],
  ['ale', 'al', 6],
  ['ive', 'if', 7],
  ['ee', 'e', 7],
];
const PLURAL_LENGTH_MIN = 5;

/**
 * The form in which singular and plural, masculine and feminine of one word are equal: "infirmières" (folded) → "infirmier".
 * Rough, and for comparing only. Short words (sigles) are left as they are.
 */
export function toStem(word: string): string {
  if (word.length < PLURAL_LENGTH_MIN) return word;
  const singular = toSingular(word);
  for (const [feminine, masculine, lengthMin] of FEMININE_ENDINGS)
    if (singular.length >= lengthMin && singular.endsWith(feminine))
      return singular.slice(0, -feminine.length) + masculine;
  return singular;
}

/** {@link toStem} of each word. */
export function toStemKey(term: string): string {
  return term.split(' ').map(toStem).join(' ');
}

function toSingular(word: string): string {
  if (word.endsWith('aux') && word.length > 6) return `${word.slice(0, -3)}al`;
  const isPlural = word.endsWith('x') || (word.endsWith('s') && !word.endsWith('ss'));
  return isPlural ? word.slice(0, -1) : word;
}

/** The forms that a stem has when typed: itself, the feminine and the plural where that is not the word and a letter. */
export function listTypedForms(stem: string): string[] {
  if (stem.length < PLURAL_LENGTH_MIN) return [stem];
  const feminine = FEMININE_ENDINGS.flatMap(([ending, masculine, lengthMin]) => {
    if (ending === `${masculine}e` || !stem.endsWith(masculine)) return [];
    const form = stem.slice(0, -masculine.length) + ending;
    return form.length >= lengthMin ? [form] : [];
  });
  return stem.endsWith('al') ? [stem, ...feminine, `${stem.slice(0, -2)}aux`] : [stem, ...feminine];
}
