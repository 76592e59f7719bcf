import { findCommune } from '#domain/geography.ts';
import type { PlaceMatch } from '#domain/geography/place-match.ts';

import { anyOf, isIn, type Filter } from './filter.ts';

/** A correspondent is there when any of its places is in any of these. */
export interface PlaceFilter {
  communeCodes?: string[];
  departementCodes?: string[];
  postcodes?: string[];
  organizationIds?: string[];
  finess?: string[];
}

/**
 * A postcode is matched as such, and through the communes that have no other (their CEDEX addresses bear another code).
 * @param typed what the place was read from: a CEDEX, which no commune has, is matched as such too
 */
export function placeFilterOf(place: PlaceMatch, typed: string): PlaceFilter {
  const code = typed.trim();
  // Five digits may be a CEDEX as well as what else they are.
  const postcodes = /^\d{5}$/.test(code) ? { postcodes: [code] } : {};
  if (place.communeCodes === null) return { departementCodes: [...place.departementCodes], ...postcodes };
  if (place.kind !== 'postcode') return { communeCodes: [...place.communeCodes], ...postcodes };
  const wholly = place.communeCodes.filter((it) => findCommune(it)?.postcodes.length === 1);
  return { postcodes: [place.code], communeCodes: wholly };
}

/** A place that was resolved to nothing holds nobody. */
export function toPlaceFilter(place: PlaceFilter): Filter {
  const filters = Object.entries(place).map(([attribute, values]) =>
    values === undefined || values.length === 0 ? undefined : isIn(attribute, values),
  );
  return anyOf(filters) ?? isIn('communeCodes', []);
}
