import { distanceOf } from '#domain/distance-of.ts';
import { listCommunesWithin, type Position } from '#domain/geography/communes-within.ts';

import { fromDocument, type RetrievedDocument } from './correspondent-document.ts';
import type { SearchEngine } from './engine.ts';
import { allOf, isIn } from './filter.ts';
import { askEngine, toQuery, toPage, type PageWindow, type PlanPage } from './run-search-plan.ts';
import type { Step } from './search-plan.ts';

/** How many of the nearest can be walked through. */
const NEAREST_MAX = 500;
/** Each with room for the next: a commune's outskirts are nearer than its centre says. Looked at by group, as far as needed. */
const RADII_METERS = [[1000, 2000, 4000, 8000], [20_000], [50_000], [120_000]];
/** In the middle of Paris even the smallest ring that will do holds some thousands of one profession. */
const READ_MAX = 5000;

interface Disc {
  step: Step;
  count: number;
}

/**
 * The results of a step, the nearest place of practice first, by the exact distance; whoever has no position comes last, equals
 * by id. At most {@link NEAREST_MAX} are walked.
 */
export async function sortByDistance(
  engine: SearchEngine,
  body: Step,
  centre: Position,
  window: PageWindow,
  signal?: AbortSignal,
): Promise<Pick<PlanPage, 'results' | 'total'>> {
  const wanted = Math.min(window.offset + window.limit, NEAREST_MAX);
  const { discs, total } = await growDiscs(engine, body, centre, wanted, signal);
  const enough = discs.findIndex(({ count }) => count >= wanted);
  const chosen = enough === -1 ? undefined : discs[enough + 1];
  const isMany = chosen !== undefined && chosen.count > 2 * NEAREST_MAX;
  const disc = (isMany ? discs[enough] : chosen) ?? { step: body, count: total };
  const ranked = (await readDisc(engine, disc, signal))
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

/** Each with how many it holds, the smallest first, up to the one after the first that holds enough. */
async function growDiscs(
  engine: SearchEngine,
  body: Step,
  centre: Position,
  wanted: number,
  signal: AbortSignal | undefined,
): Promise<{ discs: Disc[]; total: number }> {
  const discs: Disc[] = [];
  let total: number | undefined;
  for (const radii of RADII_METERS) {
    const steps = radii.map((radius) => ({
      ...body,
      filter: allOf([body.filter, isIn('communeCodes', listCommunesWithin(centre, radius))]),
    }));
    const asked = total === undefined ? [...steps, body] : steps;
    const queries = asked.map((step) => toQuery(step, { offset: 0, limit: 0 }));
    const counts = (await askEngine(engine, queries, signal)).map((answer) => answer.estimatedTotalHits);
    total ??= counts.at(-1)!;
    discs.push(...steps.map((step, index) => ({ step, count: counts[index]! })));
    if ((discs.at(-2)?.count ?? 0) >= wanted || discs.at(-1)!.count === total) break;
  }
  return { discs, total: total! };
}

async function readDisc(
  engine: SearchEngine,
  { step, count }: Disc,
  signal: AbortSignal | undefined,
): Promise<RetrievedDocument[]> {
  const limit = Math.min(count, READ_MAX);
  if (step.q === '' && step.filter !== undefined) {
    return engine.listDocuments(engine.indexName, step.filter, limit, signal);
  }
  const [answer] = await askEngine(engine, [toQuery(step, { offset: 0, limit })], signal);
  return answer!.hits;
}
