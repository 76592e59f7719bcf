import type { Correspondent } from './correspondent.ts';
import { distanceMeters, type Position } from './geography/communes-within.ts';

/** To the nearest place of practice, in metres on a great circle; undefined when no place has a position. */
export function distanceOf({ places }: Correspondent, centre: Position): number | undefined {
  const distances = places.flatMap(({ position }) => (position ? [distanceMeters(centre, position)] : []));
  return distances.length === 0 ? undefined : Math.min(...distances);
}
