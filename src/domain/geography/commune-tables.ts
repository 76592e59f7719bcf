import data from './communes.json' with { type: 'json' };
import departementData from './departements.json' with { type: 'json' };
import epciData from './epci.json' with { type: 'json' };

/**
 * A commune of 2026, or a municipal arrondissement of Paris, Lyon or Marseille.
 * @see INSEE, code officiel géographique 2026
 */
export interface Commune {
  /** INSEE code, 5 characters. */
  code: string;
  /** With accents: "Le Puy-en-Velay", "Lyon 3e Arrondissement". */
  name: string;
  departementCode: string;
  regionCode: string;
  /** SIREN; an arrondissement has its commune's. Null for the few islands and all collectivities without one. */
  epciCode: string | null;
  /** Without CEDEX; the first is not the main one. Empty in the French Southern Lands. */
  postcodes: readonly string[];
  /** Inhabitants (population municipale); null where nobody lives for good. */
  population: number | null;
  /** WGS 84 degrees, to four decimals: the middle of the commune's area, which may be a few km from its town. */
  latitude: number;
  longitude: number;
  /** True when the centre is a neighbour's (4 communes re-created in 2026). */
  isApproximate: boolean;
  /** `75056`, `69123` or `13055` for an arrondissement; null for a commune. */
  parentCode: string | null;
}

export interface CommuneTables {
  /** By current code, in the order of the codes; communes and arrondissements. */
  byCode: ReadonlyMap<string, Commune>;
  /** Former code → current code. No current code is a key. */
  currentCodes: ReadonlyMap<string, string>;
  /** Names that are no longer a commune's, with the commune that has the place today. */
  formerNames: readonly { name: string; commune: Commune }[];
  /** The most populous first; a commune with arrondissements is left out in favour of them. */
  byPostcode: ReadonlyMap<string, readonly Commune[]>;
  byEpci: ReadonlyMap<string, readonly Commune[]>;
  byDepartement: ReadonlyMap<string, readonly Commune[]>;
  /** Commune code → its arrondissements, by number. Three keys. */
  arrondissements: ReadonlyMap<string, readonly Commune[]>;
}

let tables: CommuneTables | undefined;

/** Built at the first call (some 200 ms), since Workers charge their start-up. The same object ever after. */
export function communeTables(): CommuneTables {
  tables ??= buildTables();
  return tables;
}

function buildTables(): CommuneTables {
  const regionOf = new Map(departementData.rows.map(([code, , region]) => [code!, region!]));
  const epciCodes = epciData.rows.map(([code]) => String(code));
  const communes = data.rows.map((row) => parseCommune(row, regionOf, epciCodes));
  const byCode = new Map(communes.map((commune) => [commune.code, commune]));
  const arrondissements = groupBy(communes, ({ parentCode }) => (parentCode === null ? [] : [parentCode]));
  const delivered = communes.filter(({ code }) => !arrondissements.has(code));
  const byPostcode = groupBy(delivered, ({ postcodes }) => postcodes);
  for (const served of byPostcode.values()) served.sort(byPopulation);
  const former = data.former.map((row) => row.split('|'));
  return {
    byCode,
    currentCodes: new Map(
      former.filter(([code, current]) => code !== current).map(([code, current]) => [code!, current!]),
    ),
    formerNames: former.flatMap(([, current, name]) =>
      name ? [{ name, commune: byCode.get(current!)! }] : [],
    ),
    byPostcode,
    byEpci: groupBy(communes, ({ epciCode }) => (epciCode === null ? [] : [epciCode])),
    byDepartement: groupBy(communes, ({ departementCode }) => [departementCode]),
    arrondissements,
  };
}

function parseCommune(row: string, regionOf: Map<string, string>, epciCodes: string[]): Commune {
  const [code = '', name = '', postcodes, epciRank, population, latitude, longitude, approximate, parent] =
    row.split('|');
  const departementCode = code.slice(0, code.startsWith('97') || code.startsWith('98') ? 3 : 2);
  return {
    code,
    name,
    departementCode,
    regionCode: regionOf.get(departementCode)!,
    epciCode: epciRank ? epciCodes[Number(epciRank)]! : null,
    postcodes: postcodes ? postcodes.split(' ') : [],
    population: population ? Number(population) : null,
    latitude: Number(latitude),
    longitude: Number(longitude),
    isApproximate: approximate === '~',
    parentCode: parent || null,
  };
}

function groupBy(
  communes: readonly Commune[],
  keysOf: (commune: Commune) => readonly string[],
): Map<string, Commune[]> {
  const groups = new Map<string, Commune[]>();
  for (const commune of communes)
    for (const key of keysOf(commune)) {
      const group = groups.get(key);
      if (group) group.push(commune);
      else groups.set(key, [commune]);
    }
  return groups;
}

/** The most populous first, then by code. */
export function byPopulation(a: Commune, b: Commune): number {
  return (b.population ?? 0) - (a.population ?? 0) || (a.code < b.code ? -1 : 1);
}
