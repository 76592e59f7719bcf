import type { TermMatch } from '#domain/vocabulary.ts';

/**
 * Terms that say what it is about, beside a profession that nobody who answers to them has: "infirmière diabète", "kiné genou".
 * As filters they would leave nobody.
 */
export function listTopics(terms: readonly TermMatch[]): ReadonlySet<TermMatch> {
  const professions = terms.filter(isProfession);
  if (professions.length === 0) return new Set();
  const others = terms.filter((term) => !isProfession(term));
  return new Set(others.filter((term) => professions.every((profession) => isApart(term, profession))));
}

function isProfession({ meanings }: TermMatch): boolean {
  return meanings.every((it) => it.kind === 'profession' && it.professionCodes.length > 0);
}

/** Each of its meanings is of people, and of other professions. */
function isApart(term: TermMatch, profession: TermMatch): boolean {
  const asked = new Set(profession.meanings.flatMap((it) => it.professionCodes));
  return term.meanings.every(
    ({ professionCodes, categoryCodes }) =>
      professionCodes.length > 0 &&
      categoryCodes.length === 0 &&
      professionCodes.every((code) => !asked.has(code)),
  );
}
