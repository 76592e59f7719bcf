import { AppError } from '#domain/errors.ts';
import { listCommunesWithin, type Position } from '#domain/geography/communes-within.ts';
import { findCommune } from '#domain/geography.ts';
import { defaultRadiusKm } from '#domain/geography/default-radius.ts';
import { findPlaces } from '#domain/geography/find-places.ts';
import { listNamesakes, nearestNamesake } from '#domain/geography/list-namesakes.ts';
import { communeCodesOf, type PlaceMatch } from '#domain/geography/place-match.ts';
import { findMisspeltTown, nearestPlaceNames } from '#domain/geography/nearest-place-names.ts';
import { parseFiness } from '#domain/identifiers.ts';
import type { VisitedPlace } from '#domain/question.ts';
import type { UnderstoodPlace } from '#domain/understanding.ts';
import { findOrganizations } from '#search/find-organizations.ts';
import { findCedexCommune, mayBeCedex, withCedexCommune } from '#search/find-cedex-commune.ts';
import { placeFilterOf, type PlaceFilter } from '#search/place-filter.ts';

import type { Directory } from './directory.ts';
import { withEngine } from './engine-breaker.ts';
import { findTerritoryPlace, saysTerritory } from './find-territory-place.ts';

/** Around coordinates, when nothing says how far. */
const POSITION_RADIUS_METERS = 10_000;
/** A misspelt name of a smaller commune is not guessed. */
const TOWN_POPULATION_MIN = 2000;

/**
 * The place that a text stands for: coordinates, a FINESS number, the likeliest commune, postcode, département, region or
 * EPCI, a territory by its id or name, an establishment by its name, or a town whose name is misspelt by a letter or two.
 * @throws AppError `place-unknown`, with the nearest names; `search-unavailable`
 */
export async function resolveWhere(
  directory: Directory,
  where: string,
  near?: Position,
  signal?: AbortSignal,
): Promise<{
  place: UnderstoodPlace;
  filter: PlaceFilter;
  others?: PlaceFilter;
  words?: string;
  centre?: Position;
}> {
  const position = parsePosition(where);
  if (position) {
    const communeCodes = listCommunesWithin(position, POSITION_RADIUS_METERS);
    return { place: toPositionPlace(position), filter: { communeCodes }, centre: position };
  }
  const finess = parseFiness(where);
  if (finess !== undefined) {
    return {
      place: { kind: 'organization', code: finess, label: `FINESS ${finess}` },
      filter: { finess: [finess] },
    };
  }
  // A territory is named after the communes around: it goes before them when the text says that it is one.
  const territory = saysTerritory(where) ? await findTerritoryPlace(directory, where) : undefined;
  if (territory !== undefined) return territory;
  const [likeliest] = findPlaces(where, 1);
  const place = likeliest && near ? nearestNamesake(where, likeliest, near) : likeliest;
  if (place !== undefined && mayBeCedex(place, where)) {
    const code = await withEngine(
      directory.engine,
      () => findCedexCommune(directory.engine, where.trim(), signal),
      async () => undefined,
    );
    const either = code === undefined ? place : withCedexCommune(place, code);
    return {
      place: toUnderstood(either),
      filter: placeFilterOf(either, where),
      centre: either.position,
      others: { departementCodes: [...place.departementCodes] },
    };
  }
  if (place !== undefined) {
    return {
      place: toUnderstood(place),
      filter: placeFilterOf(place, where),
      centre: place.position,
      words: where,
      ...namesakesOf(where, place, near),
    };
  }
  const named = await findTerritoryPlace(directory, where);
  if (named !== undefined) return named;
  const organizations = await findOrganizations(directory.engine, where, signal);
  const [first] = organizations;
  if (first !== undefined) {
    return {
      place: { kind: 'organization', code: first.id, label: first.name },
      filter: { organizationIds: organizations.map((it) => it.id) },
      words: where,
    };
  }
  const label = findMisspeltTown(where, TOWN_POPULATION_MIN);
  const [town] = label === undefined ? [] : findPlaces(label, 1);
  if (town === undefined) throw placeUnknown(where);
  return { place: toUnderstood(town), filter: placeFilterOf(town, town.label), centre: town.position };
}

/** The communes that bear the same name elsewhere. */
function namesakesOf(where: string, place: PlaceMatch, near: Position | undefined): { others?: PlaceFilter } {
  const namesakes = listNamesakes(where, place, near);
  return namesakes.length === 0
    ? {}
    : { others: { communeCodes: namesakes.flatMap((it) => it.communeCodes ?? []) } };
}

/**
 * Where the caller is.
 * @throws AppError `place-unknown`
 */
export function resolveNear(near: string): { place: UnderstoodPlace; position: Position } {
  const position = parsePosition(near);
  if (position) return { place: toPositionPlace(position), position };
  const [place] = findPlaces(near, 1);
  if (place === undefined) throw placeUnknown(near);
  return { place: toUnderstood(place), position: place.position };
}

/**
 * Where somebody is to be visited at home.
 * @throws AppError `place-unknown`
 */
export function resolveVisited(comesTo: string): VisitedPlace {
  const position = parsePosition(comesTo);
  if (position) {
    const nearest = listCommunesWithin(position, POSITION_RADIUS_METERS);
    const departement = findCommune(nearest[0] ?? '')?.departementCode;
    return { communeCodes: nearest.slice(0, 1), aroundCodes: listAround(position, departement) };
  }
  const [place] = findPlaces(comesTo, 1);
  if (place === undefined) throw placeUnknown(comesTo);
  const communeCodes = [...communeCodesOf(place)];
  return {
    communeCodes,
    aroundCodes: [...new Set([...communeCodes, ...listAround(place.position, place.departementCodes[0])])],
  };
}

function listAround(position: Position, departementCode: string | undefined): string[] {
  return listCommunesWithin(position, defaultRadiusKm(departementCode) * 1000);
}

/** "45.04,3.88": latitude then longitude, in degrees. */
function parsePosition(text: string): Position | undefined {
  const match = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  if (!match) return undefined;
  const position = { latitude: Number(match[1]), longitude: Number(match[2]) };
  return Math.abs(position.latitude) <= 90 && Math.abs(position.longitude) <= 180 ? position : undefined;
}

function toPositionPlace({ latitude, longitude }: Position): UnderstoodPlace {
  return { kind: 'position', code: `${latitude},${longitude}`, label: `${latitude}, ${longitude}` };
}

function toUnderstood({ kind, code, label }: UnderstoodPlace): UnderstoodPlace {
  return { kind, code, label };
}

function placeUnknown(where: string): AppError {
  const nearest = nearestPlaceNames(where, 5);
  const hint = nearest.length > 0 ? ` Did you mean ${nearest.join(', ')}?` : '';
  return new AppError(
    'place-unknown',
    `No commune, postcode, département, region, EPCI or establishment is called so.${hint}`,
    { where, nearest },
  );
}
