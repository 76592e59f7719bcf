import { communeTables } from './commune-tables.ts';
import { distanceMeters, type Position } from './communes-within.ts';

let centres: ReadonlyMap<string, Position> | undefined;

/** Codes of the départements where most people live at most so far: seen from the middle of their inhabitants. */
export function listDepartementsWithin(centre: Position, radiusMeters: number): string[] {
  return listDepartementsFrom(centre).flatMap(({ code, meters }) => (meters <= radiusMeters ? [code] : []));
}

/** All of them, the nearest first. */
export function listDepartementsFrom(centre: Position): { code: string; meters: number }[] {
  centres ??= new Map(
    [...communeTables().byDepartement].flatMap(([code, communes]) => {
      const inhabitants = communes.reduce((sum, it) => sum + (it.population ?? 0), 0);
      if (inhabitants === 0) return [];
      const meanOf = (member: 'latitude' | 'longitude') =>
        communes.reduce((sum, it) => sum + it[member] * (it.population ?? 0), 0) / inhabitants;
      return [[code, { latitude: meanOf('latitude'), longitude: meanOf('longitude') }]];
    }),
  );
  return [...centres]
    .map(([code, middle]) => ({ code, meters: distanceMeters(centre, middle) }))
    .toSorted((a, b) => a.meters - b.meters);
}
