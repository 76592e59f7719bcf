/** A point in degrees, WGS 84. */
export interface Point {
  latitude: number;
  longitude: number;
}

/** `coordonneesGeographique` of an address, as published. */
export interface CoordonneesGeographique {
  coordonneeX?: unknown;
  coordonneeY?: unknown;
  directionLatitude?: unknown;
  directionLongitude?: unknown;
  /** Key of the national address base: `01053` commune, `01053_1950` street, `01053_1950_00062` number. */
  cleInInteropBAN?: unknown;
}

/** Latitude and longitude between which a territory lies: south, north, west, east. */
const TERRITORIES = {
  metropole: [41, 51.5, -5.6, 10],
  antilles: [14, 18.5, -63.5, -60.5],
  guyane: [2, 6.2, -55, -51],
  laReunion: [-21.6, -20.6, 55, 56],
  mayotte: [-13.2, -12.4, 44.8, 45.5],
  saintPierreEtMiquelon: [46.5, 47.3, -56.7, -55.9],
  wallisEtFutuna: [-14.6, -12.9, -178.5, -175.8],
  polynesie: [-28, -7.5, -155.5, -134],
  nouvelleCaledonie: [-23, -17.5, 157.5, 172.5],
} as const satisfies Record<string, readonly [number, number, number, number]>;

/**
 * The point of an address. The record has a pair in degrees and a pair in metres (Lambert-93, or the projection of an
 * overseas territory) and which field holds which changes from record to record, also within a pair: what falls within a
 * French territory is the point. No pair in metres is converted: none of the 78,427 pairs of September 2026 came without
 * one in degrees.
 * @returns null without coordinates, when no pair is in degrees, or for a point that only stands for the whole commune
 */
export function findPoint(coordonnees: CoordonneesGeographique | null | undefined): Point | null {
  if (coordonnees == null) return null;
  const { coordonneeX, coordonneeY, directionLatitude, directionLongitude, cleInInteropBAN } = coordonnees;
  if (typeof cleInInteropBAN === 'string' && /^[0-9AB]{5}$/.test(cleInInteropBAN.trim())) return null;
  return (
    toPoint(directionLatitude, directionLongitude) ??
    toPoint(directionLongitude, directionLatitude) ??
    toPoint(coordonneeY, coordonneeX) ??
    toPoint(coordonneeX, coordonneeY)
  );
}

function toPoint(latitudeText: unknown, longitudeText: unknown): Point | null {
  const latitude = toNumber(latitudeText);
  const longitude = toNumber(longitudeText);
  if (latitude === null || longitude === null) return null;
  const isFrench = Object.values(TERRITORIES).some(
    ([south, north, west, east]) =>
      latitude >= south && latitude <= north && longitude >= west && longitude <= east,
  );
  return isFrench ? { latitude, longitude } : null;
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*-?\d+(?:[.,]\d+)?\s*$/.test(value)) return null;
  return Number(value.replace(',', '.'));
}
