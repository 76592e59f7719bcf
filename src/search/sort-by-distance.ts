import { listDepartementsFrom } from '#domain/geography/departements-within.ts';
import { distanceMeters, listCommunesWithin, type Position } from '#domain/geography/communes-within.ts';

import type { RetrievedDocument } from './correspondent-document.ts';
import { positionsOf } from './correspondent-view.ts';
import type { EngineAnswer, EngineQuery, SearchEngine } from './engine.ts';
import { allOf, isIn, lacks, not, type Filter } from './filter.ts';
import { SITES_MAX } from './index-settings.ts';
import { inCommunes, inDepartements } from './place-filter.ts';
import { RESULTS_MAX } from './question-filters.ts';
import { askEngine, toQuery, toPage, type PageWindow, type PlanPage } from './run-search-plan.ts';
import type { Step } from './search-plan.ts';

/** How many of the nearest can be walked through. */
const NEAREST_MAX = 500;
/** With room for the next: a commune's outskirts are nearer than its centre says. */
const RADII_METERS = [1000, 2000, 4000, 8000, 25_000, 45_000];
/** Of those whom the engine counts to the last, so few that small discs would be empty, the first of {@link RADII_METERS}. */
const FIRST_RADIUS_OF_FEW = 3;
/** So few are looked at as a whole. */
const FEW_MAX = 1500;
/** Of more, places are counted in another way, which costs much. */
const CANDIDATES_MAX = 3000;
/** From the middle of a département to those of its inhabitants who live at its border, and back from the next one's. */
const DEPARTEMENT_SPAN_METERS = 150_000;

type Ask = (queries: EngineQuery[]) => Promise<EngineAnswer[]>;

/** Where some practise: one point, as indexed, and how many of them. */
interface Site {
  key: string;
  meters: number;
  count: number;
}

/**
 * The results of a step, the nearest place of practice first, by the exact distance; equals in the order of the search, and whoever
 * has no position last. At most {@link NEAREST_MAX} are walked. Distances are counted from the points that the index knows, not
 * from the people, who are many more and cost 0.03 ms each to read.
 * @param found about how many there are, at most RESULTS_MAX
 */
export async function sortByDistance(
  engine: SearchEngine,
  body: Step,
  centre: Position,
  window: PageWindow,
  found: number,
  signal?: AbortSignal,
): Promise<Pick<PlanPage, 'results' | 'total'>> {
  const ask = (queries: EngineQuery[]) => askEngine(engine, queries, signal);
  const wanted = Math.min(window.offset + window.limit, NEAREST_MAX);
  const { sites, total } = await findSites(ask, body, centre, wanted, found);
  const hits = await readNearest(ask, body, sites, wanted);
  if (hits.length < wanted && hits.length < total) {
    const [others] = await ask([toRead(body, lacks('positions'), wanted - hits.length)]);
    hits.push(...others!.hits);
  }
  const page = toPage(hits.slice(window.offset, wanted), Math.min(total, NEAREST_MAX));
  return { ...page, total: { ...page.total, exact: total <= NEAREST_MAX } };
}

/** The sites of as small a disc as surely holds the nearest; all of them when they are few. */
async function findSites(ask: Ask, body: Step, centre: Position, wanted: number, found: number) {
  if (found <= FEW_MAX) {
    const [answer] = await ask([countingSites(body)]);
    return { sites: toSites(answer!, centre), total: answer!.estimatedTotalHits };
  }
  const radii = RADII_METERS.slice(found < RESULTS_MAX ? FIRST_RADIUS_OF_FEW : 0);
  const discs = radii.map((radius) => within(body, inCommunes(listCommunesWithin(centre, radius))));
  // The last is only room for the one before it.
  const answers = await ask([...discs.slice(0, -1), body].map(toCount));
  const total = answers.pop()!.estimatedTotalHits;
  const enough = answers.findIndex(({ estimatedTotalHits }) => estimatedTotalHits >= wanted);
  const isRoomTooLarge = (answers[enough + 1]?.estimatedTotalHits ?? 0) > CANDIDATES_MAX;
  const chosen =
    enough === -1
      ? await findDepartements(ask, body, centre, wanted)
      : discs[isRoomTooLarge ? enough : enough + 1]!;
  const [answer] = await ask([countingSites(chosen)]);
  const sites = toSites(answer!, centre);
  if (sites.length < SITES_MAX || enough === -1) return { sites, total };
  // Not all of them were given: then those without room, who are nearer but for the outskirts.
  const [nearer] = await ask([countingSites(discs[enough]!)]);
  return { sites: toSites(nearer!, centre), total };
}

/** For where few are near, such as an island: in the départements that hold the nearest, by how many are in each. */
async function findDepartements(ask: Ask, body: Step, centre: Position, wanted: number): Promise<Step> {
  const [answer] = await ask([{ ...toCount(body), facets: ['departementCodes'] }]);
  const counts = answer!.facetDistribution?.['departementCodes'] ?? {};
  const codes: string[] = [];
  let count = 0;
  let reached = Number.POSITIVE_INFINITY;
  for (const { code, meters } of listDepartementsFrom(centre)) {
    if (meters > reached + DEPARTEMENT_SPAN_METERS) return within(body, inDepartements(codes));
    codes.push(code);
    count += counts[code] ?? 0;
    if (count >= wanted) reached = Math.min(reached, meters);
  }
  return body;
}

function countingSites(step: Step): EngineQuery {
  return { ...toCount(step), facets: ['positions'] };
}

/** Nearest first. */
function toSites({ facetDistribution }: EngineAnswer, centre: Position): Site[] {
  const counts = Object.entries(facetDistribution?.['positions'] ?? {});
  return counts
    .map(([key, count]) => {
      const [latitude, longitude] = key.split(',').map(Number);
      return { key, count, meters: distanceMeters(centre, { latitude: latitude!, longitude: longitude! }) };
    })
    .toSorted((a, b) => a.meters - b.meters || (a.key < b.key ? -1 : 1));
}

/** Site after site until enough are found; of the last one, which may be a town's centre with a thousand people, only as many. */
async function readNearest(ask: Ask, body: Step, sites: readonly Site[], wanted: number) {
  const ranks = new Map(sites.map(({ key }, index) => [key, index]));
  const rankOf = (hit: RetrievedDocument) =>
    Math.min(...positionsOf(hit.view).map((key) => ranks.get(key) ?? sites.length));
  let hits: RetrievedDocument[] = [];
  let end = 0;
  while (hits.length < wanted && end < sites.length) {
    // Who practises at two sites was counted twice: more are then needed.
    for (let missing = wanted - hits.length; missing > 0 && end < sites.length; end += 1) {
      missing -= sites[end]!.count;
    }
    const keys = sites.slice(0, end).map(({ key }) => key);
    const last = keys.pop()!;
    const before = isIn('positions', keys);
    const answers = await ask([
      toRead(body, allOf([isIn('positions', [last]), not(before)]), wanted),
      ...(keys.length === 0 ? [] : [toRead(body, before, 2 * NEAREST_MAX)]),
    ]);
    const [others, nearer] = answers.map((answer) => answer.hits);
    hits = [...(nearer ?? []).toSorted((a, b) => rankOf(a) - rankOf(b)), ...others!];
  }
  return hits.slice(0, wanted);
}

function within(step: Step, filter: Filter): Step {
  return { ...step, filter: allOf([step.filter, filter]) };
}

function toCount(step: Step): EngineQuery {
  return toQuery(step, { offset: 0, limit: 0 });
}

function toRead(step: Step, filter: Filter | undefined, limit: number): EngineQuery {
  return toQuery(filter ? within(step, filter) : step, { offset: 0, limit });
}
