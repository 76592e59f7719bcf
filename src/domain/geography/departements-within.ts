import { communeTables } from './commune-tables.ts';
import { distanceMeters, type Position } from './communes-within.ts';

let centres: ReadonlyMap<string, Position> | undefined;

/** Codes of the départements where most people live at most so far: seen from the middle of their inhabitants. */
export function listDepartementsWithin(centre: Position, radiusMeters: number): string[] {
  centres ??= new Map(
    [...communeTables().byDepartement].flatMap(([code, communes]) => {
      const inhabitants = communes.reduce((sum, it) => sum + (it.population ?? 0), 0);
      if (inhabitants === 0) return [];
      const meanOf = (member: 'latitude' | 'longitude') =>
        communes.reduce((sum, it) => sum + it[member] * (it.population ?? 0), 0) / inhabitants;
      return [[code, { latitude: meanOf('latitude'), longitude: meanOf('longitude') }]];
    }),
  );
  return [...centres].flatMap(([code, middle]) =>
    distanceMeters(centre, middle) <= radiusMeters ? [code] : [],
  );
}
