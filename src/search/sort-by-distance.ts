import { findCommune } from '#domain/geography.ts';
import { reachOfInhabitants } from '#domain/geography/reach-of-inhabitants.ts';
import { listDepartementsFrom } from '#domain/geography/departements-within.ts';
import { distanceMeters, listCommunesWithin, type Position } from '#domain/geography/communes-within.ts';

import { cellsOf, listCellsWithin, SMALL_SQUARES_MAX_METERS } from './cells.ts';
import type { RetrievedDocument } from './correspondent-document.ts';
import { positionsOf } from './correspondent-view.ts';
import type { EngineAnswer, EngineQuery } from './engine.ts';
import { allOf, anyOf, isBetween, isIn, lacks, not, type Filter } from './filter.ts';
import { toFamilyKeyRange } from './family-keys.ts';
import { POINTS_MAX } from './index-settings.ts';
import { toQuery, type Ask, type PageWindow } from './ask-engine.ts';
import { toPage, type PlanPage } from './plan-page.ts';
import { within, type Step } from './search-plan.ts';

/** How many of the nearest can be walked through. */
const NEAREST_MAX = 500;
/** Of people at the point asked for at most so many are read with the first search. */
const HERE_MAX = 40;
/** A disc is drawn for so many times those wanted, then for so many times more: what was counted in vain costs as much as the next. */
const AIM = 3;
const GROWTH = 4;
/** The smallest disc: one of a kilometre would have nearly as many squares. */
const RADIUS_MIN_METERS = 2000;
/** Where inhabitants do not tell, the squares count. */
const FAR_RADII_METERS = [60_000, 300_000, 1_200_000];
/** About how many live in France (INSEE, 2025): how many of them do what is asked tells how far to look. */
const INHABITANTS = 68_000_000;
/** Where more are expected they are counted before their points are: a hospital may hold ten times as many. */
const EXPECTED_MAX = 300;
/** In a smaller town hardly ever enough people are at one point. */
const TOWN_POPULATION_MIN = 10_000;
/** So many times those wanted are read at first, since some are counted at two points. */
const READ_AT_FIRST = 1.25;
/** Rather these many times as many people read than a search more. */
const READ_MORE_MAX = 2;
/** So few in all France are looked at as a whole. */
const FEW_MAX = 1500;
/** Of more people, Meilisearch 1.21 counts points in another way, which takes some 70 ms a search at two million documents. */
const CANDIDATES_MAX = 3000;
/** A disc with more is counted square by square: not where so many squares would cost as much. */
const SQUARES_MAX = 12;
/** Nor where most squares would still hold more than {@link CANDIDATES_MAX}. */
const CROWD_MAX = 10_000;
/** Family names from each of these letters to before the next are a sixth of all. */
const PART_LETTERS = ['a', 'c', 'e', 'h', 'm', 'r'];
/** From the middle of a département to those of its inhabitants who live at its border, and back from the next one's. */
const DEPARTEMENT_SPAN_METERS = 150_000;

const ARE_DECLARED = isIn('kind', ['expert', 'team']);

/** What is counted along with the first search. */
export const COUNTED_AT_FIRST: readonly string[] = ['kind'];

interface Disc {
  cells: string[];
  step: Step;
  /** All who are as near as this are among those of the step. */
  radius: number;
}

/** A point that some practise at, as indexed, and how many of them. */
type PointCount = [key: string, count: number];

/** The same with its distance. */
interface PracticePoint {
  key: string;
  meters: number;
  count: number;
}

/**
 * What {@link sortByDistance} asks first of many people: how many they are, of each kind since a total ends at what can be reached;
 * how many are in the smallest disc; and who is at the very place.
 * @param wanted how many of the nearest
 */
export function listFirstSearches(body: Step, centre: Position, wanted: number): EngineQuery[] {
  const here = toReadHere(body, centre, wanted);
  const { step } = toDisc(body, centre, RADIUS_MIN_METERS);
  return [{ ...toCount(body), facets: COUNTED_AT_FIRST }, toCount(step), ...(here ? [here] : [])];
}

/** Those at the very point asked for, which is often enough a town's centre: nobody is nearer. */
function toReadHere(body: Step, centre: Position, wanted: number): EngineQuery | undefined {
  const [town] = wanted > HERE_MAX ? [] : listCommunesWithin(centre, 1);
  if (town === undefined || (findCommune(town)?.population ?? 0) < TOWN_POPULATION_MIN) return undefined;
  return toRead(body, isIn('positions', [`${centre.latitude},${centre.longitude}`]), wanted);
}

/**
 * The results of a step, the nearest place of practice first, by the exact distance; at one point in the order of the search, and
 * whoever has no position last. At most {@link NEAREST_MAX} are walked. Distances are counted from the points that the index
 * knows, not from the people, who are many more and cost 0.03 ms each to read.
 * @param found about how many there are, at most RESULTS_MAX
 */
export async function sortByDistance(
  ask: Ask,
  body: Step,
  centre: Position,
  window: PageWindow,
  found: number,
): Promise<Pick<PlanPage, 'results' | 'total'>> {
  const wanted = Math.min(window.offset + window.limit, NEAREST_MAX);
  const { hits, total } = await findNearest(ask, body, centre, wanted, found);
  const page = toPage(hits.slice(window.offset, wanted), Math.min(total, NEAREST_MAX));
  return { ...page, total: { ...page.total, exact: total <= NEAREST_MAX } };
}

async function findNearest(ask: Ask, body: Step, centre: Position, wanted: number, found: number) {
  let total = found;
  if (found > FEW_MAX) {
    const around = await findAround(ask, body, centre, wanted);
    if (around.length >= wanted) return { hits: around, total };
  }
  const wholes = total <= FEW_MAX ? [body] : [await findDepartements(ask, body, centre, wanted), body];
  let hits: RetrievedDocument[] = [];
  for (const step of wholes) {
    const [answer] = await ask([countingPoints(step)]);
    if (step === body) total = answer!.estimatedTotalHits;
    hits = await readNearest(ask, body, toPoints(pointsOf(answer!), centre), wanted);
    if (hits.length >= wanted) return { hits, total };
  }
  const [others] = await ask([toRead(body, lacks('positions'), wanted - hits.length)]);
  return { hits: [...hits, ...others!.hits], total };
}

/** Fewer than wanted where not so many are within the largest disc. */
async function findAround(
  ask: Ask,
  body: Step,
  centre: Position,
  wanted: number,
): Promise<RetrievedDocument[]> {
  const [all, smallest, here] = await ask(listFirstSearches(body, centre, wanted));
  if (here && here.estimatedTotalHits >= wanted) return here.hits;
  if (smallest!.estimatedTotalHits >= AIM * wanted) {
    const disc = toDisc(body, centre, RADIUS_MIN_METERS);
    const hits = await readDisc(ask, body, disc, smallest!.estimatedTotalHits, centre, wanted);
    if (hits.length >= wanted) return hits;
  }
  const counts = Object.values(all!.facetDistribution?.['kind'] ?? {});
  const rate = counts.reduce((sum, it) => sum + it, 0) / INHABITANTS;
  let radius = RADIUS_MIN_METERS;
  for (let aimed = (AIM * wanted) / rate; Number.isFinite(aimed); aimed *= GROWTH) {
    const reach = reachOfInhabitants(centre, aimed);
    if (reach === undefined) break;
    if (reach.meters <= radius) continue;
    radius = reach.meters;
    const disc = toDisc(body, centre, radius);
    // Large squares reach into any city.
    const mayBeCrowd = reach.inhabitants * rate > EXPECTED_MAX || radius > SMALL_SQUARES_MAX_METERS;
    const count = mayBeCrowd ? await countOf(ask, disc) : undefined;
    const hits = await readDisc(ask, body, disc, count, centre, wanted);
    if (hits.length >= wanted) return hits;
  }
  for (const far of FAR_RADII_METERS.filter((it) => it > radius)) {
    const disc = toDisc(body, centre, far);
    const hits = await readDisc(ask, body, disc, await countOf(ask, disc), centre, wanted);
    if (hits.length >= wanted) return hits;
  }
  return [];
}

function toDisc(body: Step, centre: Position, radius: number): Disc {
  const cells = listCellsWithin(centre, radius);
  return { radius, cells, step: within(body, isIn('cells', cells)) };
}

/**
 * The nearest of a disc; fewer than wanted when there are not so many, or when they are at more points than can be told.
 * @param count how many are in its squares, where they were counted
 */
async function readDisc(
  ask: Ask,
  body: Step,
  disc: Disc,
  count: number | undefined,
  centre: Position,
  wanted: number,
): Promise<RetrievedDocument[]> {
  if (count !== undefined && count < wanted) return [];
  if (count === undefined || count <= CANDIDATES_MAX) return readPointsOf(ask, body, disc, centre, wanted);
  const half = toDisc(body, centre, disc.radius / 2);
  const halfCount = await countOf(ask, half);
  const hits = halfCount < wanted ? [] : await readPointsOf(ask, body, half, centre, wanted, halfCount);
  return hits.length >= wanted ? hits : readPointsOf(ask, body, disc, centre, wanted, count);
}

async function countOf(ask: Ask, { step }: Disc): Promise<number> {
  const [answer] = await ask([toCount(step)]);
  return answer!.estimatedTotalHits;
}

/** @param count of more than can be told at once: they are told in parts */
async function readPointsOf(
  ask: Ask,
  body: Step,
  disc: Disc,
  centre: Position,
  wanted: number,
  count = 0,
): Promise<RetrievedDocument[]> {
  const points = await countPointsOf(ask, body, disc, count);
  if (points === undefined) return [];
  const near = toPoints(points, centre).filter(({ meters }) => meters <= disc.radius);
  const people = near.reduce((sum, it) => sum + it.count, 0);
  return people < wanted ? [] : readNearest(ask, body, near, wanted);
}

/** How many practise at each point; undefined when there are more points than can be told. */
async function countPointsOf(
  ask: Ask,
  body: Step,
  { step, cells }: Disc,
  count: number,
): Promise<PointCount[] | undefined> {
  const isCrowded = count > CANDIDATES_MAX && count <= CROWD_MAX && cells.length <= SQUARES_MAX;
  if (!isCrowded) {
    const [points] = await tellPoints(ask, [step]);
    return points;
  }
  const squares = cells.map((cell) => ({ cell, step: within(body, isIn('cells', [cell])) }));
  const counts = await ask(squares.map((square) => toCount(square.step)));
  const parts = squares.flatMap(({ cell, step: square }, index) =>
    listParts(square, counts[index]!.estimatedTotalHits).map((part) => ({ cell, step: part })),
  );
  const told = await tellPoints(
    ask,
    parts.map((part) => part.step),
  );
  if (told.includes(undefined)) return undefined;
  const sums = new Map<string, number>();
  for (const [index, points] of told.entries()) {
    for (const [key, added] of points!) {
      // Whoever practises in two squares is in the answers of both.
      if (!cellsOf(toPosition(key)).includes(parts[index]!.cell)) continue;
      sums.set(key, (sums.get(key) ?? 0) + added);
    }
  }
  return [...sums];
}

/** Undefined where there are more points than can be told. */
async function tellPoints(ask: Ask, steps: readonly Step[]): Promise<(PointCount[] | undefined)[]> {
  const answers = await ask(steps.map(countingPoints));
  return answers.map((answer) => {
    const points = pointsOf(answer);
    return points.length >= POINTS_MAX ? undefined : points;
  });
}

/** Of a crowd, such as a hospital at one point, parts that are counted each for itself; who has two names may be in two of them. */
function listParts(step: Step, count: number): Step[] {
  if (count <= CANDIDATES_MAX) return [step];
  const firsts = PART_LETTERS.map((letter) => toFamilyKeyRange(letter)!.first);
  const ranges = firsts.map((first, index) =>
    isBetween('familyKeys', first, (firsts[index + 1] ?? Number.MAX_SAFE_INTEGER) - 1),
  );
  return [...ranges, lacks('familyKeys')].map((range) => within(step, range));
}

/**
 * For where few are near, such as an island: in the départements that hold the nearest, by how many are in each. Those of experts
 * and teams are their area's, so they are all looked at: there are few.
 */
async function findDepartements(ask: Ask, body: Step, centre: Position, wanted: number): Promise<Step> {
  const others = within(body, not(ARE_DECLARED));
  const [answer] = await ask([{ ...toCount(others), facets: ['departementCodes'] }]);
  const counts = answer!.facetDistribution?.['departementCodes'] ?? {};
  const codes: string[] = [];
  let count = 0;
  let reached = Number.POSITIVE_INFINITY;
  for (const { code, meters } of listDepartementsFrom(centre)) {
    if (meters > reached + DEPARTEMENT_SPAN_METERS) {
      return within(body, anyOf([isIn('departementCodes', codes), ARE_DECLARED])!);
    }
    codes.push(code);
    count += counts[code] ?? 0;
    if (count >= wanted) reached = Math.min(reached, meters);
  }
  return body;
}

function countingPoints(step: Step): EngineQuery {
  return { ...toCount(step), facets: ['positions'] };
}

function pointsOf({ facetDistribution }: EngineAnswer): PointCount[] {
  return Object.entries(facetDistribution?.['positions'] ?? {});
}

function toPosition(key: string): Position {
  const [latitude, longitude] = key.split(',').map(Number);
  return { latitude: latitude!, longitude: longitude! };
}

/** Nearest first. */
function toPoints(counts: readonly PointCount[], centre: Position): PracticePoint[] {
  return counts
    .map(([key, count]) => ({ key, count, meters: distanceMeters(centre, toPosition(key)) }))
    .toSorted((a, b) => a.meters - b.meters || (a.key < b.key ? -1 : 1));
}

/** Point after point until enough are found; of the last one, which may be a town's centre with a thousand people, only as many. */
async function readNearest(ask: Ask, body: Step, points: readonly PracticePoint[], wanted: number) {
  const rankOf = ranking(points);
  let hits: RetrievedDocument[] = [];
  let end = 0;
  // Who practises at two points is counted twice: more are needed, and more at each turn.
  for (let more = READ_AT_FIRST; hits.length < wanted && end < points.length; more *= 2) {
    for (let missing = (wanted - hits.length) * more; missing > 0 && end < points.length; end += 1) {
      missing -= points[end]!.count;
    }
    const nearerPoints = points.slice(0, end - 1);
    const nearerCount = nearerPoints.reduce((sum, { count }) => sum + count, 0);
    const { key: last, count: lastCount } = points[end - 1]!;
    if (nearerCount + lastCount <= READ_MORE_MAX * wanted) {
      const keys = points.slice(0, end).map(({ key }) => key);
      const [answer] = await ask([toRead(body, isIn('positions', keys), nearerCount + lastCount)]);
      hits = answer!.hits.toSorted((a, b) => rankOf(a) - rankOf(b));
      continue;
    }
    const before = isIn(
      'positions',
      nearerPoints.map(({ key }) => key),
    );
    const answers = await ask([
      toRead(body, allOf([isIn('positions', [last]), not(before)]), wanted),
      ...(nearerCount === 0 ? [] : [toRead(body, before, nearerCount)]),
    ]);
    const [others, nearer] = answers.map((answer) => answer.hits);
    hits = [...(nearer ?? []).toSorted((a, b) => rankOf(a) - rankOf(b)), ...others!];
  }
  return hits.slice(0, wanted);
}

/** The index of the first of these points that somebody practises at; their number for none. */
function ranking(points: readonly PracticePoint[]): (hit: RetrievedDocument) => number {
  const ranks = new Map(points.map(({ key }, index) => [key, index]));
  return ({ view }) =>
    Math.min(points.length, ...positionsOf(view).map((key) => ranks.get(key) ?? points.length));
}

function toCount(step: Step): EngineQuery {
  return toQuery(step, { offset: 0, limit: 0 });
}

function toRead(step: Step, filter: Filter | undefined, limit: number): EngineQuery {
  return toQuery(filter ? within(step, filter) : step, { offset: 0, limit });
}
