/**
 * Writes `src/domain/geography/*.json`.
 * Usage: `node scripts/make-geography.ts <folder of reference data> <folder of @etalab/decoupage-administratif 6.0.0>`
 * (the first holds `geo/communes-fr.json`, with coordinates; install the second with npm outside this repository).
 *
 * Communes are written as one string each, not as arrays: bundled in a Worker, 35,000 arrays cost 100 ms of start-up,
 * the strings 30 ms and they are only split when somebody asks for a place.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface CommuneFr {
  insee: string;
  name: string;
  postcodes: string[];
  department: string;
  epci: string | null;
  population: number | null;
  lat: number;
  lon: number;
  arrondissementOf?: string;
  approx?: boolean;
}

interface EtalabCommune {
  code: string;
  nom: string;
  type: 'commune-actuelle' | 'arrondissement-municipal' | 'commune-deleguee' | 'commune-associee';
  anciensCodes?: string[];
  chefLieu?: string;
}

interface EtalabArea {
  code: string;
  nom: string;
  type: string;
  region: string;
  populationMunicipale: number;
}

const ORIGIN = {
  source:
    'INSEE (code officiel géographique 2026, populations), DGCL (EPCI), La Poste (codes postaux), IGN and Etalab ' +
    '(centres); through @etalab/decoupage-administratif 6.0.0 of 2026-04-09',
  licence: 'Licence Ouverte 2.0',
  date: '2026-01-01',
};

/** Codes that changed with a territory's status; the yearly files of INSEE no longer name them. */
const FORMER_OVERSEAS: [former: string, current: string][] = [
  ['97123', '97701'],
  ['97127', '97801'],
  ...Array.from({ length: 17 }, (_, index): [string, string] => [`${98501 + index}`, `${97601 + index}`]),
];

const [dataFolder = '', etalabFolder = ''] = process.argv.slice(2);
const communes = readJson<CommuneFr[]>(join(dataFolder, 'geo/communes-fr.json'));
const etalabCommunes = readJson<EtalabCommune[]>(join(etalabFolder, 'data/communes.json'));
const epci = readJson<EtalabArea[]>(join(etalabFolder, 'data/epci.json'));
const departements = readJson<EtalabArea[]>(join(etalabFolder, 'data/departements.json'));
const regions = readJson<EtalabArea[]>(join(etalabFolder, 'data/regions.json'));

const epciRanks = new Map(epci.map(({ code }, rank) => [code, rank]));

write('communes', {
  columns: 'code|name|postcodes|rank in epci.json|population|latitude|longitude|~ when approximate|parent',
  rows: communes.map(toCommuneRow),
  formerColumns: 'former code (the current one when only its name is former)|current code|former name',
  former: listFormer(),
});
write('epci', { columns: ['code', 'type', 'name', 'population'], rows: epci.map(toEpciRow) });
write('departements', {
  columns: ['code', 'name', 'region'],
  rows: departements.map(({ code, nom, region }) => [code, nom, region]),
});
write('regions', { columns: ['code', 'name'], rows: regions.map(({ code, nom }) => [code, nom]) });

function toCommuneRow(commune: CommuneFr): string {
  const rank = commune.epci === null ? '' : epciRanks.get(commune.epci);
  if (rank === undefined) throw new Error(`${commune.insee}: EPCI ${commune.epci} unknown`);
  const cells = [
    commune.insee,
    commune.name,
    commune.postcodes.join(' '),
    rank,
    commune.population ?? '',
    toDegrees(commune.lat),
    toDegrees(commune.lon),
    commune.approx ? '~' : '',
    commune.arrondissementOf ?? '',
  ];
  return cells.join('|').replace(/\|+$/, '');
}

/** Four decimals: 11 metres. */
function toDegrees(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function toEpciRow({ code, nom, type, populationMunicipale }: EtalabArea): (string | number)[] {
  return [code, type, nom, populationMunicipale];
}

/**
 * Of two successors (two villages that INSEE split again), the commune of which the place is still a part today wins.
 */
function listFormer(): string[] {
  const rows = new Map<string, string[]>();
  const names = new Map(communes.map(({ insee, name }) => [insee, name]));
  for (const [code, current] of FORMER_OVERSEAS) rows.set(code, [code, current]);
  for (const { code, anciensCodes } of etalabCommunes)
    for (const former of anciensCodes ?? []) rows.set(former, [former, code]);
  for (const { code, nom, type, chefLieu } of etalabCommunes) {
    const isPart = type === 'commune-deleguee' || type === 'commune-associee';
    if (isPart && names.get(code) !== nom) rows.set(code, [code, chefLieu ?? '', nom]);
  }
  for (const [code = '', current = ''] of rows.values()) {
    if (!names.has(current)) throw new Error(`${code}: ${current} is not a current commune`);
    if (names.has(code) && code !== current) throw new Error(`${code} is current and former`);
  }
  return [...rows.values()].map((cells) => cells.join('|')).sort();
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

/** One row a line, so that the change from one year to the next can be read. */
function write(name: string, content: Record<string, unknown>): void {
  const members = Object.entries({ ...ORIGIN, ...content }).map(([key, value]) => {
    const isTable = Array.isArray(value) && key !== 'columns';
    const text = isTable
      ? `[\n${value.map((row) => JSON.stringify(row)).join(',\n')}\n]`
      : JSON.stringify(value);
    return `${JSON.stringify(key)}:${text}`;
  });
  writeFileSync(
    new URL(`../src/domain/geography/${name}.json`, import.meta.url),
    `{${members.join(',\n')}}\n`,
  );
}
