import { distanceMeters, type Position } from './communes-within.ts';
import { findPlaces } from './find-places.ts';
import type { PlaceMatch } from './place-match.ts';
import { toPlaceKey } from './place-name.ts';

const LOOKED_AT_MAX = 12;

/**
 * The other communes that are called as typed, or as the commune that was taken ("saint denis": those of Seine-Saint-Denis, of La Réunion…),
 * the nearest to the caller first when that is known, otherwise the most populous. Empty for what is no commune.
 */
export function listNamesakes(
  typed: string,
  { kind, code, label }: Pick<PlaceMatch, 'kind' | 'code' | 'label'>,
  near?: Position,
): PlaceMatch[] {
  if (kind !== 'commune') return [];
  const keys = new Set([toPlaceKey(typed), toNameKey(label)]);
  const namesakes = findPlaces(typed, LOOKED_AT_MAX).filter(
    (it) => it.kind === 'commune' && it.code !== code && keys.has(toNameKey(it.label)),
  );
  return near === undefined ? namesakes : byDistance(namesakes, near);
}

/** Of the communes that are called so, the one nearest to the caller. */
export function nearestNamesake(typed: string, place: PlaceMatch, near: Position): PlaceMatch {
  return byDistance([place, ...listNamesakes(typed, place)], near)[0]!;
}

function byDistance(places: readonly PlaceMatch[], near: Position): PlaceMatch[] {
  return places.toSorted((a, b) => distanceMeters(near, a.position) - distanceMeters(near, b.position));
}

/** "Vienne (38)" → vienne. */
function toNameKey(label: string): string {
  return toPlaceKey(label.replace(/ \(.*\)$/, ''));
}
