import { distanceMeters, listCommunesWithin, type Position } from './communes-within.ts';
import { communeTables } from './commune-tables.ts';

/** Looked at one after the other, so that in a town few communes are. */
const RADII_METERS = [8000, 25_000, 60_000];

export interface Reach {
  meters: number;
  inhabitants: number;
}

/**
 * How far the commune is with which so many inhabitants are reached, the nearest communes first, and how many they are then; those
 * of a commune count at its centre. Undefined where fewer live within sixty kilometres.
 */
export function reachOfInhabitants(centre: Position, inhabitants: number): Reach | undefined {
  const { byCode } = communeTables();
  for (const radius of RADII_METERS) {
    const communes = listCommunesWithin(centre, radius).map((code) => byCode.get(code)!);
    // Paris, Lyon and Marseille count by their arrondissements.
    const parents = new Set(communes.map(({ parentCode }) => parentCode));
    let reached = 0;
    for (const commune of communes) {
      if (!parents.has(commune.code)) reached += commune.population ?? 0;
      if (reached >= inhabitants) return { meters: distanceMeters(centre, commune), inhabitants: reached };
    }
  }
  return undefined;
}
