import { WHOLE_COUNTRY } from '#domain/area.ts';
import { findCommune } from '#domain/geography.ts';
import type { PlaceMatch } from '#domain/geography/place-match.ts';

import { allOf, anyOf, isIn, type Filter } from './filter.ts';

/** A correspondent is there when any of its places, or its area, is in any of these. */
export interface PlaceFilter {
  /** For areas alone: all the communes of a postcode. */
  areaCommuneCodes?: string[];
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
  return { postcodes: [place.code], communeCodes: wholly, areaCommuneCodes: [...place.communeCodes] };
}

/** A place that was resolved to nothing holds nobody. */
export function toPlaceFilter(place: PlaceFilter): Filter {
  const { communeCodes, departementCodes, areaCommuneCodes, ...others } = place;
  const filters = Object.entries(others).map(([attribute, values]) =>
    values === undefined || values.length === 0 ? undefined : isIn(attribute, values),
  );
  const inArea = areaCommuneCodes && allOf([isIn('kind', ['expert', 'team']), inCommunes(areaCommuneCodes)]);
  return (
    anyOf([
      communeCodes?.length ? inCommunes(communeCodes) : undefined,
      departementCodes?.length ? inDepartements(departementCodes) : undefined,
      ...filters,
      inArea,
    ]) ?? isIn('communeCodes', [])
  );
}

/** Who practises there, and who answers for all of France. */
export function inCommunes(codes: readonly string[]): Filter {
  return isIn('communeCodes', [...codes, WHOLE_COUNTRY]);
}

/** The same by départements. */
export function inDepartements(codes: readonly string[]): Filter {
  return isIn('departementCodes', [...codes, WHOLE_COUNTRY]);
}
