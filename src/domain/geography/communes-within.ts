import { communeTables, type Commune } from './commune-tables.ts';

export interface Position {
  latitude: number;
  longitude: number;
}

const EARTH_RADIUS_METERS = 6_371_008.8;

/** Great-circle distance between two WGS 84 positions, on a sphere: within 0.5 % of the true one. */
export function distanceMeters(a: Position, b: Position): number {
  const toRadians = Math.PI / 180;
  const latitudes = (b.latitude - a.latitude) * toRadians;
  const longitudes = (b.longitude - a.longitude) * toRadians;
  const half =
    Math.sin(latitudes / 2) ** 2 +
    Math.cos(a.latitude * toRadians) * Math.cos(b.latitude * toRadians) * Math.sin(longitudes / 2) ** 2;
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.sqrt(half));
}

/** INSEE codes of the communes (arrondissements too) whose centre is at most so far, the nearest first. About 5 ms. */
export function listCommunesWithin(centre: Position, radiusMeters: number): string[] {
  const near: { code: string; meters: number }[] = [];
  const latitudeSpan = (radiusMeters / 111_000) * 1.01;
  for (const commune of communeTables().byCode.values()) {
    if (Math.abs(commune.latitude - centre.latitude) > latitudeSpan) continue;
    const meters = distanceMeters(centre, commune);
    if (meters <= radiusMeters) near.push({ code: commune.code, meters });
  }
  return near.toSorted((a, b) => a.meters - b.meters).map((it) => it.code);
}

/** The communes and arrondissements whose centre is between two corners, by code. */
export function listCommunesInBox(northWest: Position, southEast: Position): Commune[] {
  return [...communeTables().byCode.values()].filter(
    ({ latitude, longitude }) =>
      latitude <= northWest.latitude &&
      latitude >= southEast.latitude &&
      longitude >= northWest.longitude &&
      longitude <= southEast.longitude,
  );
}
