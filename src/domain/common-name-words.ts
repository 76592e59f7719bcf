import { COMMON_SURNAMES } from './common-surnames.ts';
import { foldText } from './fold.ts';
import { FEMININE_GIVEN_NAMES, MASCULINE_GIVEN_NAMES } from './given-names.ts';

/** Shorter ones are never taken for a slip. */
const LENGTH_MIN = 4;

const toWords = (names: readonly string[]): string[] => names.flatMap((name) => foldText(name).split(' '));

const GIVEN_NAMES: ReadonlySet<string> = new Set(
  toWords([...FEMININE_GIVEN_NAMES, ...MASCULINE_GIVEN_NAMES]),
);
const WORDS: ReadonlySet<string> = new Set(
  [...GIVEN_NAMES, ...toWords(COMMON_SURNAMES)].filter((word) => word.length >= LENGTH_MIN),
);

/** Whether a folded word is a given name or a surname that many people in France bear: hardly a slip for another. */
export function isCommonNameWord(word: string): boolean {
  return WORDS.has(word);
}

/** Whether a folded word is a given name, or one of a compound given name. */
export function isGivenName(word: string): boolean {
  return GIVEN_NAMES.has(word);
}

/** Whether a folded word is the beginning of a given name, or all of it. */
export function beginsGivenName(word: string): boolean {
  return [...GIVEN_NAMES].some((name) => name.startsWith(word));
}

/** So many of the most frequent surnames: of each a large directory has more bearers than a page holds. */
const FOREMOST = 200;
const FOREMOST_SURNAMES: ReadonlySet<string> = new Set(COMMON_SURNAMES.slice(0, FOREMOST).map(foldText));

/** Whether a folded word is one of the most frequent surnames; many of them are given names too. */
export function isForemostSurname(word: string): boolean {
  return FOREMOST_SURNAMES.has(word);
}
