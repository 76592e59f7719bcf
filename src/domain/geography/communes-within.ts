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

/** Metres to a degree of latitude, and a little less so that no commune of the edge is missed. */
const LATITUDE_DEGREE_METERS = 110_000;

let byLatitude: readonly Commune[] | undefined;

/**
 * INSEE codes of the communes (arrondissements too) whose centre is at most so far, the nearest first. Cost: a look at those of the
 * same latitudes, some hundreds for ten kilometres.
 */
export function listCommunesWithin(centre: Position, radiusMeters: number): string[] {
  byLatitude ??= [...communeTables().byCode.values()].toSorted((a, b) => a.latitude - b.latitude);
  const span = radiusMeters / LATITUDE_DEGREE_METERS;
  const near: { code: string; meters: number }[] = [];
  for (let index = firstFrom(byLatitude, centre.latitude - span); index < byLatitude.length; index += 1) {
    const commune = byLatitude[index]!;
    if (commune.latitude > centre.latitude + span) break;
    const meters = distanceMeters(centre, commune);
    if (meters <= radiusMeters) near.push({ code: commune.code, meters });
  }
  return near.toSorted((a, b) => a.meters - b.meters).map((it) => it.code);
}

/** Index of the first commune of this latitude or more. */
function firstFrom(communes: readonly Commune[], latitude: number): number {
  let low = 0;
  let high = communes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (communes[middle]!.latitude < latitude) low = middle + 1;
    else high = middle;
  }
  return low;
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
