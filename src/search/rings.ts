import { listCommunesWithin, type Position } from '#domain/geography/communes-within.ts';
import { listDepartementsWithin } from '#domain/geography/departements-within.ts';

import { withParentCommune, type RetrievedDocument } from './correspondent-document.ts';
import { allOf, isIn, not, type Filter } from './filter.ts';

const RADII_METERS = [8000, 25_000, 60_000];
/** Farther off whole départements will do, and say in a few codes what communes say in thousands. */
const FAR_RADII_METERS = [130_000, 260_000];
const COUNT = RADII_METERS.length + FAR_RADII_METERS.length + 1;
const NEAR_COUNT = 2;

/** Rings around a place, each without the ones inside it, and what is beyond: they part all results, the nearest first. */
export interface Rings {
  readonly count: number;
  /** Of the ring at this index; undefined where there is no commune. Cost: the last ones name some thousand communes. */
  filterOf(index: number): Filter | undefined;
  /** The first rings together: what one may be sent to for what it is called. */
  readonly nearFilter: Filter;
  readonly nearCount: number;
  /** Each hit in its ring, in the order given. */
  part(hits: readonly RetrievedDocument[]): RetrievedDocument[][];
}

/** Nothing is looked for before it is asked for. */
export function ringsAround(centre: Position): Rings {
  const discs: ReadonlySet<string>[] = [];
  const discOf = (index: number): ReadonlySet<string> =>
    (discs[index] ??= new Set(listCommunesWithin(centre, RADII_METERS[index]!)));
  const departements: ReadonlySet<string>[] = [];
  const departementsOf = (far: number): ReadonlySet<string> =>
    (departements[far] ??= new Set(listDepartementsWithin(centre, FAR_RADII_METERS[far]!)));
  const filters = new Map<number, Filter | undefined>();
  return {
    count: COUNT,
    filterOf: (index) => {
      if (!filters.has(index)) filters.set(index, toRing(index, discOf, departementsOf));
      return filters.get(index);
    },
    nearCount: NEAR_COUNT,
    get nearFilter() {
      return isIn('communeCodes', [...discOf(NEAR_COUNT - 1)]);
    },
    part: (hits) => {
      const parts: RetrievedDocument[][] = Array.from({ length: COUNT }, () => []);
      for (const hit of hits) {
        const places = hit.view.l ?? [];
        const codes = places.flatMap((place) => withParentCommune(place.c?.[1]));
        const near = RADII_METERS.findIndex((_, ring) => codes.some((code) => discOf(ring).has(code)));
        const far = FAR_RADII_METERS.findIndex((_, ring) =>
          places.some((place) => departementsOf(ring).has(place.d?.[0] ?? '')),
        );
        const index = near === -1 && far !== -1 ? RADII_METERS.length + far : near;
        parts.at(index)!.push(hit);
      }
      return parts;
    },
  };
}

/** Each code is named once: those of the disc inside are not among those of the ring, and nobody may be in both. */
function toRing(
  index: number,
  discOf: (index: number) => ReadonlySet<string>,
  departementsOf: (far: number) => ReadonlySet<string>,
): Filter | undefined {
  if (index === 0) return isIn('communeCodes', [...discOf(0)]);
  const far = index - RADII_METERS.length;
  const inside = discOf(Math.min(index, RADII_METERS.length) - 1);
  const notInside = not(isIn('communeCodes', [...inside]));
  if (far < 0) {
    const added = [...discOf(index)].filter((code) => !inside.has(code));
    return added.length === 0 ? undefined : allOf([isIn('communeCodes', added), notInside]);
  }
  const nearer = far === 0 ? [] : [...departementsOf(far - 1)];
  const outside = [notInside, nearer.length === 0 ? undefined : not(isIn('departementCodes', nearer))];
  if (far === FAR_RADII_METERS.length) return allOf(outside);
  const added = [...departementsOf(far)].filter((code) => !nearer.includes(code));
  return added.length === 0 ? undefined : allOf([isIn('departementCodes', added), ...outside]);
}
