import type { Correspondent } from '#domain/correspondent.ts';
import type { Total } from '#domain/question.ts';
import type { Widening } from '#domain/understanding.ts';

import { fromDocument, type RetrievedDocument } from './correspondent-document.ts';
import type { EngineAnswer } from './engine.ts';
import { RESULTS_MAX } from './question-filters.ts';
import type { Stage } from './search-plan.ts';

/** Fewer results than this, and what resembles them is shown too. */
export const COMPLEMENT_BELOW = 5;

export interface PlanPage {
  results: Correspondent[];
  total: Total;
  /** The stages that were taken, the last of which answered, or none did. Those that a probe says to be empty were not run. */
  tried: Stage[];
  /** By complements. */
  widened: Widening[];
  /** Of the body that answered; undefined where those preferred were asked apart, or no facets were asked for. */
  facetDistribution?: EngineAnswer['facetDistribution'];
}

/** A page of a stage's results. */
export type StagePage = Omit<PlanPage, 'tried'>;

/** @param count of all of them; more than can be reached is said not to be exact */
export function toPage(
  hits: readonly RetrievedDocument[],
  count: number,
): Pick<PlanPage, 'results' | 'total'> {
  return {
    results: hits.map(fromDocument),
    total: { value: Math.min(count, RESULTS_MAX), exact: count <= RESULTS_MAX },
  };
}
