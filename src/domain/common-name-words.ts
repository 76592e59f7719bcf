import { COMMON_SURNAMES } from './common-surnames.ts';
import { foldText } from './fold.ts';
import { FEMININE_GIVEN_NAMES, MASCULINE_GIVEN_NAMES } from './given-names.ts';

/** Shorter ones are never taken for a slip. */
const LENGTH_MIN = 4;

const WORDS: ReadonlySet<string> = new Set(
  [...FEMININE_GIVEN_NAMES, ...MASCULINE_GIVEN_NAMES, ...COMMON_SURNAMES]
    .flatMap((name) => foldText(name).split(' '))
    .filter((word) => word.length >= LENGTH_MIN),
);

/** Whether a folded word is a given name or a surname that many people in France bear: hardly a slip for another. */
export function isCommonNameWord(word: string): boolean {
  return WORDS.has(word);
}
