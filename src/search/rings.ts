import type { CorrespondentKind } from '#domain/correspondent.ts';
import { distanceMeters, listCommunesWithin, type Position } from '#domain/geography/communes-within.ts';
import { listDepartementsWithin } from '#domain/geography/departements-within.ts';

import { cellsOf, listMiddleCellsWithin } from './cells.ts';
import { withParentCommune, type RetrievedDocument } from './correspondent-document.ts';
import { allOf, isIn, not, type Filter } from './filter.ts';

const NEAR_RADII_METERS = [8000, 25_000];
const NEAR_COUNT = NEAR_RADII_METERS.length;
/** A thousand communes take the engine ten times as long as the few squares that stand for them. */
const SQUARES_RADIUS_METERS = 60_000;
/** Farther off whole départements will do. */
const FAR_RADII_METERS = [130_000, 260_000];
/** The others are where they answer for; their squares are those of an office. */
const HAVE_PLACES: readonly CorrespondentKind[] = ['professional', 'service'];
const COUNT = NEAR_COUNT + 1 + FAR_RADII_METERS.length + 1;

/** Rings around a place, each without the ones inside it, and what is beyond: they part all results, the nearest first. */
export interface Rings {
  readonly count: number;
  /** Of the ring at this index; undefined where nobody can be in it. */
  filterOf(index: number): Filter | undefined;
  /** The first rings together: what one may be sent to for what it is called. */
  readonly nearFilter: Filter;
  readonly nearCount: number;
  /** Each hit in its ring, in the order given. */
  part(hits: readonly RetrievedDocument[]): RetrievedDocument[][];
  /** The nearest place of practice first, whoever has none known last; equals in the order given. */
  sort(hits: readonly RetrievedDocument[]): RetrievedDocument[];
  /** Asked for was this very place, and nobody is there: the nearest are meant. */
  readonly isInstead: boolean;
}

/** What somebody has to have to be in a disc around a place. */
interface Disc {
  attribute: 'communeCodes' | 'cells' | 'departementCodes';
  values: ReadonlySet<string>;
}

/** Nothing is looked for before it is asked for. */
export function ringsAround(centre: Position, isInstead = false): Rings {
  const discs: Disc[] = [];
  const discOf = (index: number): Disc => (discs[index] ??= drawDisc(centre, index));
  const filters = new Map<number, Filter | undefined>();
  return {
    count: COUNT,
    filterOf: (index) => {
      if (!filters.has(index)) filters.set(index, toRing(index, discOf));
      return filters.get(index);
    },
    nearCount: NEAR_COUNT,
    get nearFilter() {
      return toFilter(discOf(NEAR_COUNT - 1));
    },
    part: (hits) => {
      const parts: RetrievedDocument[][] = Array.from({ length: COUNT }, () => []);
      for (const hit of hits) {
        let ring = 0;
        while (ring < COUNT - 1 && !isInDisc(hit, discOf(ring))) ring += 1;
        parts[ring]!.push(hit);
      }
      return parts;
    },
    sort: (hits) => {
      const meters = new Map(hits.map((hit) => [hit, metersTo(centre, hit)]));
      return hits.toSorted((a, b) => meters.get(a)! - meters.get(b)!);
    },
    isInstead,
  };
}

/** From so far on nothing is nearer than anything else. */
const FARTHEST_METERS = 1e8;

function metersTo(centre: Position, { view }: RetrievedDocument): number {
  const positions = (view.l ?? []).flatMap(({ g: position }) => (position ? [position] : []));
  return Math.min(
    FARTHEST_METERS,
    ...positions.map(([latitude, longitude]) => distanceMeters(centre, { latitude, longitude })),
  );
}

function drawDisc(centre: Position, index: number): Disc {
  if (index < NEAR_COUNT) {
    return {
      attribute: 'communeCodes',
      values: new Set(listCommunesWithin(centre, NEAR_RADII_METERS[index]!)),
    };
  }
  if (index === NEAR_COUNT) {
    return { attribute: 'cells', values: new Set(listMiddleCellsWithin(centre, SQUARES_RADIUS_METERS)) };
  }
  const radius = FAR_RADII_METERS[index - NEAR_COUNT - 1]!;
  return { attribute: 'departementCodes', values: new Set(listDepartementsWithin(centre, radius)) };
}

function isInDisc({ kind, view }: RetrievedDocument, { attribute, values }: Disc): boolean {
  if (attribute === 'cells' && !HAVE_PLACES.includes(kind)) return false;
  return (view.l ?? []).some(({ c: commune, d: departement, g: position }) => {
    if (attribute === 'communeCodes') return withParentCommune(commune?.[1]).some((code) => values.has(code));
    if (attribute === 'departementCodes') return values.has(departement?.[0] ?? '');
    if (position === undefined) return false;
    const [latitude, longitude] = position;
    return cellsOf({ latitude, longitude }).some((cell) => values.has(cell));
  });
}

/** Each value is named once: those of the last disc inside of the same kind are not of the ring, and nobody may be in both. */
function toRing(index: number, discOf: (index: number) => Disc): Filter | undefined {
  const inside = lastOfEachKind(
    Array.from({ length: Math.min(index, COUNT - 1) }, (_, ring) => discOf(ring)),
  );
  const outside = inside.map((disc) => not(toFilter(disc)));
  if (index === COUNT - 1) return allOf(outside);
  const { attribute, values } = discOf(index);
  const nearer = inside.find((disc) => disc.attribute === attribute)?.values;
  const added = new Set([...values].filter((value) => !nearer?.has(value)));
  return added.size === 0 ? undefined : allOf([toFilter({ attribute, values: added }), ...outside]);
}

function lastOfEachKind(discs: readonly Disc[]): Disc[] {
  return [...new Map(discs.map((disc) => [disc.attribute, disc])).values()];
}

function toFilter({ attribute, values }: Disc): Filter {
  const isThere = isIn(attribute, [...values]);
  return attribute === 'cells' ? allOf([isThere, isIn('kind', HAVE_PLACES)])! : isThere;
}
