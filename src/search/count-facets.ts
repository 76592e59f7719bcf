import { findAct } from '#domain/acts.ts';
import { labelOf } from '#domain/code-lists.ts';
import { findDepartement } from '#domain/geography.ts';
import { WAY_LABELS, type WayOfPractising } from '#domain/practising.ts';
import { WHOLE_COUNTRY } from '#domain/area.ts';
import type { Facet, FacetCounts } from '#domain/question.ts';

import type { CorrespondentDocument } from './correspondent-document.ts';
import type { EngineAnswer } from './engine.ts';
import { toQuery, type Ask } from './ask-engine.ts';
import type { Step } from './search-plan.ts';

const FACET_ATTRIBUTES: Record<Facet, keyof CorrespondentDocument> = {
  kind: 'kind',
  profession: 'professionCodes',
  savoirFaire: 'savoirFaireCodes',
  departement: 'departementCodes',
  category: 'categoryCodes',
  way: 'ways',
  act: 'acts',
};

const LABELS: Record<Facet, (code: string) => string | undefined> = {
  kind: (code) =>
    ({ professional: 'Professionnels', service: 'Services', expert: 'Experts', team: 'Équipes ressources' })[
      code
    ],
  profession: (code) => labelOf('profession', code),
  savoirFaire: (code) => labelOf('savoirFaire', code),
  departement: (code) => findDepartement(code)?.name,
  category: (code) => labelOf('categorieEtablissement', code),
  way: (code) => WAY_LABELS[code as WayOfPractising],
  act: (code) => findAct(code)?.label,
};

const VALUES_MAX = 100;

/** What the engine counts for them. */
export function toFacetAttributes(facets: readonly Facet[]): string[] {
  return facets.map((facet) => FACET_ATTRIBUTES[facet]);
}

/**
 * How many of all the results of a step have each value, the hundred most frequent first, with French labels.
 * @param known when the engine has counted them already
 */
export async function countFacets(
  ask: Ask,
  body: Step,
  facets: readonly Facet[],
  known: EngineAnswer['facetDistribution'],
): Promise<FacetCounts> {
  const distribution = known ?? (await countApart(ask, body, facets));
  const counts: FacetCounts = {};
  for (const facet of facets) {
    const values = Object.entries(distribution?.[FACET_ATTRIBUTES[facet]] ?? {});
    counts[facet] = values
      // Whoever answers for all of France is in no département more than in another.
      .filter(([code]) => facet !== 'departement' || code !== WHOLE_COUNTRY)
      // A known no is nothing to filter by.
      .filter(([code]) => facet !== 'way' || LABELS.way(code) !== undefined)
      .map(([code, count]) => ({ code, label: LABELS[facet](code) ?? code, count }))
      .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
      .slice(0, VALUES_MAX);
  }
  return counts;
}

async function countApart(
  ask: Ask,
  body: Step,
  facets: readonly Facet[],
): Promise<EngineAnswer['facetDistribution']> {
  const query = toQuery(body, { offset: 0, limit: 0 });
  const [answer] = await ask([{ ...query, facets: toFacetAttributes(facets) }]);
  return answer!.facetDistribution;
}
