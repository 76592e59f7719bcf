import { findDepartement } from '#domain/geography.ts';
import { communeTables } from '#domain/geography/commune-tables.ts';

/** A commune or an arrondissement of Paris, Lyon or Marseille, with at least one postcode. */
export interface DemoCommune {
  code: string;
  name: string;
  /** As on envelopes: upper-case, unaccented, "ST ETIENNE"; without the number of an arrondissement. */
  routingName: string;
  departementCode: string;
  departementName: string;
  regionCode: string;
  postcodes: readonly string[];
  population: number;
  latitude: number;
  longitude: number;
}

let communes: readonly DemoCommune[] | undefined;

/** In the order of their codes; the three cities that have arrondissements are left out in favour of these. */
export function listDemoCommunes(): readonly DemoCommune[] {
  communes ??= readCommunes();
  return communes;
}

function readCommunes(): readonly DemoCommune[] {
  const { byCode, arrondissements } = communeTables();
  return [...byCode.values()]
    .filter(({ code, postcodes }) => !arrondissements.has(code) && postcodes.length > 0)
    .map((commune) => ({
      code: commune.code,
      name: commune.name,
      routingName: toRoutingName(commune.name),
      departementCode: commune.departementCode,
      departementName: findDepartement(commune.departementCode)?.name ?? '',
      regionCode: commune.regionCode,
      postcodes: commune.postcodes,
      population: commune.population ?? 0,
      latitude: commune.latitude,
      longitude: commune.longitude,
    }));
}

/** A name as La Poste prints it. @see AFNOR XPZ 10-011 */
function toRoutingName(name: string): string {
  return toPlainUpperCase(name)
    .replace(/[^A-Z0-9]+/g, ' ')
    .replace(/ \d+(ER|E) ARRONDISSEMENT$/, '')
    .replace(/\bSAINT\b/g, 'ST')
    .replace(/\bSAINTE\b/g, 'STE')
    .trim();
}

export function toPlainUpperCase(text: string): string {
  return text
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase();
}
