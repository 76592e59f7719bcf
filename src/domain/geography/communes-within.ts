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

/** Apart from the communes, so that looking at thousands of them costs some microseconds. */
interface Centres {
  /** The southernmost first. */
  communes: readonly Commune[];
  latitudes: Float64Array;
  longitudes: Float64Array;
}

let centres: Centres | undefined;

function readCentres(): Centres {
  const communes = [...communeTables().byCode.values()].toSorted((a, b) => a.latitude - b.latitude);
  return {
    communes,
    latitudes: Float64Array.from(communes, (it) => it.latitude),
    longitudes: Float64Array.from(communes, (it) => it.longitude),
  };
}

/** INSEE codes of the communes (arrondissements too) whose centre is at most so far, the nearest first. */
export function listCommunesWithin(centre: Position, radiusMeters: number): string[] {
  centres ??= readCentres();
  const { communes, latitudes, longitudes } = centres;
  const span = radiusMeters / LATITUDE_DEGREE_METERS;
  const farthest = Math.min(89, Math.abs(centre.latitude) + span);
  const width = span / Math.cos((farthest * Math.PI) / 180);
  const near: { code: string; meters: number }[] = [];
  const north = centre.latitude + span;
  for (let index = firstFrom(latitudes, centre.latitude - span); index < communes.length; index += 1) {
    if (latitudes[index]! > north) break;
    const apart = Math.abs(longitudes[index]! - centre.longitude);
    // Round the earth the other way too: some islands are beyond the 180th meridian.
    if (Math.min(apart, 360 - apart) > width) continue;
    const commune = communes[index]!;
    const meters = distanceMeters(centre, commune);
    if (meters <= radiusMeters) near.push({ code: commune.code, meters });
  }
  return near.toSorted((a, b) => a.meters - b.meters).map((it) => it.code);
}

/** Index of the first commune of this latitude or more. */
function firstFrom(latitudes: Float64Array, latitude: number): number {
  let low = 0;
  let high = latitudes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (latitudes[middle]! < latitude) low = middle + 1;
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
