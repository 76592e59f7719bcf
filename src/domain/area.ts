import { findCommune, findDepartement, findEpci, findRegion, listDepartements } from './geography.ts';
import { communeTables } from './geography/commune-tables.ts';

export const AREA_KINDS = ['country', 'region', 'departement', 'epci', 'commune', 'territory'] as const;

/**
 * One of the places that an expertise or a team answers for; an area is all of its places together.
 * `code`: `FR` for all of France, else of INSEE (a commune's current one), the SIREN of an EPCI, the id of a territory.
 */
export interface AreaPlace {
  kind: (typeof AREA_KINDS)[number];
  code: string;
}

/** The same with what it is called; of a territory with its communes, which nothing but the store knows. */
export interface ShownAreaPlace extends AreaPlace {
  name: string;
  communeCodes?: string[];
}

/** All of France: a code beside those of communes, so that no document has to list 35,000. */
export const WHOLE_COUNTRY = 'FR';

/** "Haute-Loire", "CA du Puy-en-Velay"; undefined for a code that no list knows, and for a territory. */
export function nameOfAreaPlace({ kind, code }: AreaPlace): string | undefined {
  if (kind === 'country') return code === WHOLE_COUNTRY ? 'toute la France' : undefined;
  if (kind === 'region') return findRegion(code)?.name;
  if (kind === 'departement') return findDepartement(code)?.name;
  if (kind === 'epci') return findEpci(code)?.name;
  return kind === 'commune' ? findCommune(code)?.name : undefined;
}

/** INSEE codes of an area, each once, arrondissements beside their commune; for all of France {@link WHOLE_COUNTRY} alone. */
export function listAreaCommunes(area: readonly ShownAreaPlace[]): string[] {
  if (area.some((it) => it.kind === 'country')) return [WHOLE_COUNTRY];
  const { byCode, arrondissements } = communeTables();
  const codes = new Set(area.flatMap(communesOf));
  for (const code of codes) {
    const parent = byCode.get(code)?.parentCode ?? null;
    if (parent !== null) codes.add(parent);
  }
  const named = area.filter((it) => it.kind === 'commune').map((it) => it.code);
  for (const code of named) for (const part of arrondissements.get(code) ?? []) codes.add(part.code);
  return [...codes];
}

/** The départements that an area lies in, wholly or not. */
export function listAreaDepartements(area: readonly ShownAreaPlace[]): string[] {
  const everywhere = area.some((it) => it.kind === 'country');
  if (everywhere) return listDepartements().map((it) => it.code);
  const { byCode } = communeTables();
  const codes = area.flatMap((place) => {
    if (place.kind === 'departement') return [place.code];
    if (place.kind === 'region') return departementsOf(place.code);
    return communesOf(place).map((code) => byCode.get(code)?.departementCode);
  });
  return [...new Set(codes.filter((code) => code !== undefined))];
}

function communesOf({ kind, code, communeCodes = [] }: ShownAreaPlace): readonly string[] {
  const { byDepartement, byEpci } = communeTables();
  const codesOf = (communes: readonly { code: string }[] = []) => communes.map((it) => it.code);
  if (kind === 'region') return departementsOf(code).flatMap((it) => codesOf(byDepartement.get(it)));
  if (kind === 'departement') return codesOf(byDepartement.get(code));
  if (kind === 'epci') return codesOf(byEpci.get(code));
  return kind === 'commune' ? [code] : communeCodes;
}

function departementsOf(regionCode: string): string[] {
  return listDepartements().flatMap((it) => (it.regionCode === regionCode ? [it.code] : []));
}
