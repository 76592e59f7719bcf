import type { Correspondent, Place } from './correspondent.ts';
import { distanceMeters, type Position } from './geography/communes-within.ts';

/** To the nearest place of practice, in metres on a great circle; undefined when no place has a position. */
export function distanceOf({ places }: Correspondent, centre: Position): number | undefined {
  const distances = places.flatMap(({ position }) => (position ? [distanceMeters(centre, position)] : []));
  return distances.length === 0 ? undefined : Math.min(...distances);
}

/** The nearest to `centre` first, then those that have no position, each in its order. */
export function orderPlaces({ places }: Correspondent, centre?: Position): Place[] {
  if (places.length < 2) return places;
  const rank = ({ position }: Place) =>
    position === null ? Infinity : centre ? distanceMeters(position, centre) : 0;
  const ranked = places.map((place) => ({ place, rank: rank(place) }));
  return ranked.toSorted((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank)).map((it) => it.place);
}
