import { findCommune, findDepartement, findEpci, findRegion } from '../geography.ts';
import { listCommunesOfPostcode, listDepartements } from '../geography.ts';
import { byPopulation, communeTables } from './commune-tables.ts';
import type { Commune } from './commune-tables.ts';

/** A place that a typed text means. */
export interface PlaceMatch {
  kind: 'commune' | 'postcode' | 'departement' | 'region' | 'epci';
  /** INSEE code, postcode, département or region code, SIREN of the EPCI. Unique within its kind. */
  code: string;
  /** "Pontarlier (25)", "43000 Le Puy-en-Velay", "Haute-Loire (43)", "Bretagne", "CA du Puy-en-Velay". */
  label: string;
  /**
   * INSEE codes to filter by: a city with its arrondissements, the communes that a postcode serves, the members of an
   * EPCI. Null for départements and regions, to be filtered by {@link departementCodes}.
   */
  communeCodes: readonly string[] | null;
  /** The départements it lies in, by code; never empty. */
  departementCodes: readonly string[];
  /** WGS 84 degrees: the centre of the commune, of the most populous one for anything larger. */
  position: { latitude: number; longitude: number };
  /** Inhabitants; 0 where nobody lives. */
  population: number;
  /** True when it covers more than was typed: the département of a CEDEX, the commune that absorbed the one typed. */
  isWider: boolean;
}

/** Every INSEE code of the place, arrondissements and the communes of a département or region (up to 4,000) included. */
export function communeCodesOf(match: PlaceMatch): readonly string[] {
  if (match.communeCodes !== null) return match.communeCodes;
  const { byDepartement } = communeTables();
  return match.departementCodes.flatMap((code) => byDepartement.get(code) ?? []).map(({ code }) => code);
}

/** @param code of a current commune */
export function toCommuneMatch(code: string, isWider: boolean): PlaceMatch {
  const commune = findCommune(code)!;
  const arrondissements = communeTables().arrondissements.get(code) ?? [];
  return {
    ...toCommonPart([commune], isWider),
    kind: 'commune',
    code,
    label: `${commune.name} (${commune.departementCode})`,
    communeCodes: [commune, ...arrondissements].map((one) => one.code),
  };
}

/** @param postcode one that serves communes */
export function toPostcodeMatch(postcode: string): PlaceMatch {
  const communes = listCommunesOfPostcode(postcode);
  const others =
    communes.length > 1 ? ` et ${communes.length - 1} autre${communes.length > 2 ? 's' : ''}` : '';
  return {
    ...toCommonPart(communes, false),
    kind: 'postcode',
    code: postcode,
    label: `${postcode} ${communes[0]!.name}${others}`,
    communeCodes: communes.map(({ code }) => code),
  };
}

export function toDepartementMatch(code: string, isWider: boolean): PlaceMatch {
  const communes = communeTables().byDepartement.get(code) ?? [];
  const label = `${findDepartement(code)!.name} (${code})`;
  return { ...toCommonPart(communes, isWider), kind: 'departement', code, label, communeCodes: null };
}

export function toRegionMatch(code: string, isWider: boolean): PlaceMatch {
  const { byDepartement } = communeTables();
  const departements = listDepartements().filter(({ regionCode }) => regionCode === code);
  const communes = departements.flatMap((departement) => byDepartement.get(departement.code) ?? []);
  const label = findRegion(code)!.name;
  return { ...toCommonPart(communes, isWider), kind: 'region', code, label, communeCodes: null };
}

export function toEpciMatch(code: string): PlaceMatch {
  const communes = communeTables().byEpci.get(code) ?? [];
  const { name, population } = findEpci(code)!;
  const communeCodes = communes.map((commune) => commune.code);
  return { ...toCommonPart(communes, false), kind: 'epci', code, label: name, communeCodes, population };
}

function toCommonPart(
  communes: readonly Commune[],
  isWider: boolean,
): Pick<PlaceMatch, 'departementCodes' | 'position' | 'population' | 'isWider'> {
  const cities = new Set(communes.map(({ code }) => code));
  const counted = communes.filter(({ parentCode }) => parentCode === null || !cities.has(parentCode));
  const main = counted.reduce((a, b) => (byPopulation(a, b) <= 0 ? a : b));
  return {
    departementCodes: [...new Set(communes.map(({ departementCode }) => departementCode))].sort(),
    position: { latitude: main.latitude, longitude: main.longitude },
    population: counted.reduce((sum, { population }) => sum + (population ?? 0), 0),
    isWider,
  };
}
