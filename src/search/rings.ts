import { listCommunesWithin, type Position } from '#domain/geography/communes-within.ts';

import { withParentCommune, type RetrievedDocument } from './correspondent-document.ts';
import { allOf, isIn, not, type Filter } from './filter.ts';

const RADII_METERS = [8000, 25_000, 60_000];
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
  const filters = new Map<number, Filter | undefined>();
  return {
    count: RADII_METERS.length + 1,
    filterOf: (index) => {
      if (!filters.has(index)) filters.set(index, toRing(index, discOf));
      return filters.get(index);
    },
    nearCount: NEAR_COUNT,
    get nearFilter() {
      return isIn('communeCodes', [...discOf(NEAR_COUNT - 1)]);
    },
    part: (hits) => {
      const parts: RetrievedDocument[][] = Array.from({ length: RADII_METERS.length + 1 }, () => []);
      for (const hit of hits) {
        const codes = (hit.view.l ?? []).flatMap((place) => withParentCommune(place.c?.[1]));
        const index = RADII_METERS.findIndex((_, ring) => codes.some((code) => discOf(ring).has(code)));
        parts.at(index)!.push(hit);
      }
      return parts;
    },
  };
}

/** Each code is named once: those of the disc inside are not among those of the ring, and nobody may be in both. */
function toRing(index: number, discOf: (index: number) => ReadonlySet<string>): Filter | undefined {
  if (index === 0) return isIn('communeCodes', [...discOf(0)]);
  const inside = discOf(index - 1);
  const notInside = not(isIn('communeCodes', [...inside]));
  if (index === RADII_METERS.length) return notInside;
  const added = [...discOf(index)].filter((code) => !inside.has(code));
  return added.length === 0 ? undefined : allOf([isIn('communeCodes', added), notInside]);
}
