import type { TermMatch } from '#domain/vocabulary.ts';

import { anyOf, isIn, type Filter } from './filter.ts';

interface RelatedPractice {
  /** Codes of savoir-faire or of categories of structures, one of which is asked for. */
  of: readonly string[];
  professionCodes?: readonly string[];
  savoirFaireCodes?: readonly string[];
  categoryCodes?: readonly string[];
}

/** Who helps where nobody does just what is asked: whoever works where it is done, or does what is next to it. */
const RELATED_PRACTICES: readonly RelatedPractice[] = [
  { of: ['SM30'], categoryCodes: ['141', '146'] },
  { of: ['SM25'], categoryCodes: ['616'] },
  { of: ['SM61'], savoirFaireCodes: ['SM04', 'SM13', 'SM73'] },
  { of: ['SM13'], savoirFaireCodes: ['SM61', 'CAPA04'] },
  { of: ['SM36', 'SM37'], savoirFaireCodes: ['SM35', 'SM23', 'DSM206'] },
  { of: ['SST06'], savoirFaireCodes: ['SM08', 'C12'] },
  { of: ['SST05'], savoirFaireCodes: ['SM04', 'SM40'] },
  { of: ['SM88'], savoirFaireCodes: ['SM32', 'SM40'] },
  { of: ['SM44'], professionCodes: ['98'] },
  { of: ['SM18'], savoirFaireCodes: ['CAPA06', 'DSM213'] },
  { of: ['620', '641'], professionCodes: ['21'] },
  { of: ['611', '610', '612'], professionCodes: ['86'], savoirFaireCodes: ['SM03'] },
];

/** Undefined when one of the terms has nothing related. */
export function relatedTo(terms: readonly TermMatch[]): Filter | undefined {
  const [term, ...others] = terms;
  if (term === undefined || others.length > 0) return undefined;
  // What else a word covers ("cardiologue": pediatric cardiology) leads farther away.
  const codes = new Set(
    term.meanings.flatMap((it) => [...it.savoirFaireCodes.slice(0, 1), ...it.categoryCodes.slice(0, 1)]),
  );
  const related = RELATED_PRACTICES.filter((it) => it.of.some((code) => codes.has(code)));
  return anyOf(
    related.flatMap(({ professionCodes, savoirFaireCodes, categoryCodes }) => [
      professionCodes && isIn('professionCodes', professionCodes),
      savoirFaireCodes && isIn('savoirFaireCodes', savoirFaireCodes),
      categoryCodes && isIn('categoryCodes', categoryCodes),
    ]),
  );
}
