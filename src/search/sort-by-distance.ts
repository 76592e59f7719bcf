import { distanceOf } from '#domain/distance-of.ts';
import { listCommunesWithin, type Position } from '#domain/geography/communes-within.ts';

import { fromDocument } from './correspondent-document.ts';
import type { EngineAnswer, EngineQuery } from './engine.ts';
import { allOf, isIn, type Filter } from './filter.ts';
import { toQuery, toPage, type PageWindow, type PlanPage } from './run-search-plan.ts';
import type { Step } from './search-plan.ts';

/** How many of the nearest can be walked through. */
const NEAREST_MAX = 500;
/** Each with room for the next: a commune's outskirts are nearer than its centre says. */
const RADII_METERS = [1000, 2000, 4000, 8000, 20_000, 50_000, 120_000];
/** In the middle of Paris even the smallest ring that will do holds some thousands of one profession. */
const READ_MAX = 5000;

/**
 * The results of a step, the nearest place of practice first, by the exact distance; whoever has no position comes last, equals
 * by id. At most {@link NEAREST_MAX} are walked.
 */
export async function sortByDistance(
  ask: (queries: EngineQuery[]) => Promise<EngineAnswer[]>,
  body: Step,
  centre: Position,
  window: PageWindow,
): Promise<Pick<PlanPage, 'results' | 'total'>> {
  const discs: (Filter | undefined)[] = RADII_METERS.map((radius) =>
    isIn('communeCodes', listCommunesWithin(centre, radius)),
  );
  const steps = [...discs, undefined].map((disc) => ({ ...body, filter: allOf([body.filter, disc]) }));
  const counts = (await ask(steps.map((step) => toQuery(step, { offset: 0, limit: 0 })))).map(
    (answer) => answer.estimatedTotalHits,
  );
  const total = counts.at(-1)!;
  const wanted = Math.min(window.offset + window.limit, NEAREST_MAX);
  const enough = counts.findIndex((count) => count >= wanted);
  const chosen = enough === -1 ? counts.length - 1 : Math.min(enough + 1, counts.length - 1);
  const isMany = counts[chosen]! > 2 * NEAREST_MAX && enough !== -1;
  const read = isMany ? enough : chosen;
  const [answer] = await ask([
    toQuery(steps[read]!, { offset: 0, limit: Math.min(counts[read]!, READ_MAX) }),
  ]);
  const ranked = answer!.hits
    .map((hit) => ({
      hit,
      meters: distanceOf(fromDocument(hit), centre) ?? Number.POSITIVE_INFINITY,
    }))
    .toSorted((a, b) => a.meters - b.meters || (a.hit.id < b.hit.id ? -1 : 1))
    .slice(window.offset, wanted)
    .map((it) => it.hit);
  const page = toPage(ranked, Math.min(total, NEAREST_MAX));
  return { ...page, total: { ...page.total, exact: total <= NEAREST_MAX } };
}
