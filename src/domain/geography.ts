import { communeTables } from './geography/commune-tables.ts';
import type { Commune } from './geography/commune-tables.ts';
import departementData from './geography/departements.json' with { type: 'json' };
import epciData from './geography/epci.json' with { type: 'json' };
import regionData from './geography/regions.json' with { type: 'json' };

export interface Departement {
  /** `01`, `2A`, `971`; also the collectivities: `975`, `977`, `978`, `984`, `986` to `989`. */
  code: string;
  name: string;
  /** {@link Region.code}; a collectivity is its own region. */
  regionCode: string;
}

export interface Region {
  /** INSEE code: `84`, `01` (Guadeloupe, while the département `01` is Ain). */
  code: string;
  name: string;
}

export interface Epci {
  /** SIREN. */
  code: string;
  /** Communauté de communes, d'agglomération, urbaine, métropole, métropole de Lyon. */
  type: 'CC' | 'CA' | 'CU' | 'METRO' | 'MET69';
  name: string;
  population: number;
}

const departements = new Map(
  (departementData.rows as [string, string, string][]).map(([code, name, regionCode]) => [
    code,
    { code, name, regionCode } as Departement,
  ]),
);
const regions = new Map(
  (regionData.rows as [string, string][]).map(([code, name]) => [code, { code, name } as Region]),
);
const epci = new Map(
  (epciData.rows as [string, Epci['type'], string, number][]).map(([code, type, name, population]) => [
    code,
    { code, type, name, population } as Epci,
  ]),
);

/**
 * The commune of 2026 that an INSEE code means: of a commune, of a municipal arrondissement (75101…), of a commune
 * déléguée or associée, or of a commune that was merged, renumbered or moved (then the one it is in today).
 * @param code exactly as INSEE writes it: 5 characters, `2A`/`2B` in upper case
 * @returns undefined when no table knows the code
 */
export function findCommune(code: string): Commune | undefined {
  const { byCode, currentCodes } = communeTables();
  return byCode.get(code) ?? byCode.get(currentCodes.get(code) ?? '');
}

export function findDepartement(code: string): Departement | undefined {
  return departements.get(code);
}

export function findRegion(code: string): Region | undefined {
  return regions.get(code);
}

/** @param code SIREN */
export function findEpci(code: string): Epci | undefined {
  return epci.get(code);
}

/** All 109, collectivities included, by code as INSEE orders them (2A and 2B between 19 and 21). */
export function listDepartements(): readonly Departement[] {
  return [...departements.values()];
}

/** By code, overseas first. */
export function listRegions(): readonly Region[] {
  return [...regions.values()];
}

export function listEpci(): readonly Epci[] {
  return [...epci.values()];
}

/**
 * The communes that one postcode serves, the most populous first; Paris, Lyon and Marseille by their arrondissements only.
 * Empty for a CEDEX and for anything that is not the postcode of a commune.
 */
export function listCommunesOfPostcode(postcode: string): readonly Commune[] {
  return communeTables().byPostcode.get(postcode) ?? [];
}

/**
 * The département of a postcode, CEDEX included. By the communes it serves (97133 is Saint-Barthélemy, 94390 Paray in
 * Essonne); for a postcode that straddles two départements, the one its digits say, else that of its largest commune.
 * A postcode that serves no commune goes by its first digits; in Corsica 200, 201, 203 and 207 are 2A, and 202, 204 and
 * 206 are 2B; CEDEX 970 are Saint-Martin and, from 9709, Saint-Barthélemy.
 * @returns undefined for Monaco (980), the army's sectors (00), and what is not five digits
 */
export function departementOfPostcode(postcode: string): string | undefined {
  const byDigits = departementOfDigits(postcode);
  const communes = listCommunesOfPostcode(postcode);
  if (communes.length === 0 || communes.some(({ departementCode }) => departementCode === byDigits))
    return byDigits;
  return communes[0]?.departementCode;
}

function departementOfDigits(postcode: string): string | undefined {
  if (!/^\d{5}$/.test(postcode)) return undefined;
  if (/^20[0137]/.test(postcode)) return '2A';
  if (/^20[246]/.test(postcode)) return '2B';
  if (postcode.startsWith('970')) return postcode.startsWith('9709') ? '977' : '978';
  return findDepartement(postcode.slice(0, /^9[78]/.test(postcode) ? 3 : 2))?.code;
}

/**
 * The département of an INSEE commune code, also of a former one (20004 and 2A004 → `2A`, 78001 → `91`, 97123 → `977`),
 * and of a code that no table knows, by its first characters.
 * @returns undefined abroad (99xxx) and for what is not a commune code
 */
export function departementOfCommuneCode(code: string): string | undefined {
  const commune = findCommune(code);
  if (commune) return commune.departementCode;
  if (!/^\d[\dAB]\d{3}$/.test(code)) return undefined;
  return findDepartement(code.slice(0, /^9[78]/.test(code) ? 3 : 2))?.code;
}
