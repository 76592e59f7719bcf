import { foldText } from '#domain/fold.ts';

import type { RetrievedDocument } from './correspondent-document.ts';
import { formsOf } from './organization-words.ts';

/**
 * Whether somebody has the words of a question only by joining those of several places of practice: "chu lyon" is nobody of the CHU
 * of Lille who has a consulting room in Lyon. The engine searches all places of somebody together. Where a word is not there as
 * typed, nothing is told: false.
 */
export function isJoinedOfPlaces(
  { family, given, view }: RetrievedDocument,
  words: readonly string[],
): boolean {
  const places = view.l ?? [];
  if (places.length < 2) return false;
  const name = `${family ?? ''} ${given ?? ''}`;
  const texts = places.map(({ o: organization, c: commune }) =>
    toWords(`${name} ${organization?.n ?? ''} ${commune?.[0] ?? ''}`),
  );
  const isIn = (text: string) => (word: string) => formsOf(word).some((form) => text.includes(` ${form}`));
  return words.every(isIn(texts.join(''))) && !texts.some((text) => words.every(isIn(text)));
}

function toWords(text: string): string {
  return ` ${foldText(text)} `;
}
