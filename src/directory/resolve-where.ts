import { AppError } from '#domain/errors.ts';
import { findPlaces } from '#domain/geography/find-places.ts';
import { nearestPlaceNames } from '#domain/geography/nearest-place-names.ts';
import type { PlaceMatch } from '#domain/geography/place-match.ts';

/**
 * The place that a text stands for: the likeliest one.
 * @throws AppError `place-unknown`, with the nearest names
 */
export function resolveWhere(where: string): PlaceMatch {
  const [place] = findPlaces(where, 1);
  if (place !== undefined) return place;
  const nearest = nearestPlaceNames(where, 5);
  const hint = nearest.length > 0 ? ` Did you mean ${nearest.join(', ')}?` : '';
  throw new AppError(
    'place-unknown',
    `No commune, postcode, département, region or EPCI is called so.${hint}`,
    { where, nearest },
  );
}
