import { listDepartements, listEpci, listRegions } from '../geography.ts';
import { communeTables } from './commune-tables.ts';
import { toPlaceKey, withoutArticle, withoutParentheses } from './place-name.ts';

type NamedPlaceKind = 'commune' | 'departement' | 'region' | 'epci';

/** One name of one place. A place has several: with and without its article, former names, usual abbreviations. */
export interface PlaceEntry {
  kind: NamedPlaceKind;
  /** From `toPlaceKey`; of an EPCI from {@link toEpciKey}. */
  key: string;
  code: string;
  /** 0 where nobody lives. */
  population: number;
  /** The départements it lies in, by code. */
  departementCodes: readonly string[];
  /** True when the name is that of something smaller, which the place has absorbed. */
  isFormerName: boolean;
}

/** What people write for a region, or for what was one until 2015; the latter is smaller than the region of today. */
const REGION_NAMES: readonly [name: string, code: string, isFormer?: boolean][] = [
  ['ara', '84'],
  ['aura', '84'],
  ['paca', '93'],
  ['idf', '11'],
  ['hdf', '32'],
  ['bfc', '27'],
  ['cvl', '24'],
  ['pdl', '52'],
  ['naq', '75'],
  ['auvergne', '84', true],
  ['rhone alpes', '84', true],
  ['alsace', '44', true],
  ['lorraine', '44', true],
  ['champagne ardenne', '44', true],
  ['languedoc roussillon', '76', true],
  ['midi pyrenees', '76', true],
  ['aquitaine', '75', true],
  ['limousin', '75', true],
  ['poitou charentes', '75', true],
  ['picardie', '32', true],
  ['nord pas de calais', '32', true],
  ['bourgogne', '27', true],
  ['franche comte', '27', true],
  ['haute normandie', '28', true],
  ['basse normandie', '28', true],
];
const EPCI_NAMES: readonly [name: string, code: string][] = [['grand lyon', '200046977']];

const EPCI_TYPE_WORDS =
  /\b(?:communaute (?:de communes|d agglomeration|d agglo|urbaine)|com ?com|(?:euro)?metropole|agglomeration|agglo|cc|ca|cu)\b/g;
const LINKING_WORDS = /^(?:(?:de|du|des|d|le|la|les|l) )+/;

/** The name of an EPCI without its type and what links it: "CA du Puy-en-Velay", "agglo du puy en velay" → "puy en velay". */
export function toEpciKey(text: string): string {
  const key = toPlaceKey(text);
  const bare = key.replace(EPCI_TYPE_WORDS, ' ').replace(/ +/g, ' ').trim().replace(LINKING_WORDS, '');
  return bare === '' ? key : bare;
}

/** Whether the text names an EPCI by its type ("CC …", "… métropole"). */
export function namesEpciType(key: string): boolean {
  return key.search(EPCI_TYPE_WORDS) >= 0;
}

/** `all` in the order of the keys. */
let index: { exact: Map<string, PlaceEntry[]>; all: PlaceEntry[] } | undefined;
let compactIndex: Map<string, PlaceEntry[]> | undefined;

/** The entries of this very key, in no order. */
export function listEntriesOfKey(key: string): readonly PlaceEntry[] {
  return placeIndex().exact.get(key) ?? [];
}

/** The entries whose key begins with `prefix` (its own included); up to all of them for one letter. */
export function listEntriesByPrefix(prefix: string): readonly PlaceEntry[] {
  const { all } = placeIndex();
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle]!.key < prefix) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < all.length && all[end]!.key.startsWith(prefix)) end += 1;
  return all.slice(low, end);
}

/** The entries of this key but for its spaces ("lhay les roses"), in no order. Has an index of its own, built at the first call. */
export function listEntriesOfCompactKey(key: string): readonly PlaceEntry[] {
  compactIndex ??= Map.groupBy(placeIndex().all, (entry) => entry.key.replaceAll(' ', ''));
  return compactIndex.get(key.replaceAll(' ', '')) ?? [];
}

/** Some 41,000, in no order. */
export function listPlaceEntries(): readonly PlaceEntry[] {
  return placeIndex().all;
}

/** Built at the first call (some 150 ms). */
function placeIndex(): NonNullable<typeof index> {
  if (index) return index;
  const all = [...communeEntries(), ...areaEntries(), ...epciEntries()].toSorted((a, b) =>
    a.key < b.key ? -1 : Number(a.key > b.key),
  );
  index = { exact: Map.groupBy(all, ({ key }) => key), all };
  return index;
}

function communeEntries(): PlaceEntry[] {
  const { byCode, formerNames } = communeTables();
  const entries: PlaceEntry[] = [];
  for (const { code, name, population, departementCode } of byCode.values()) {
    const departementCodes = [departementCode];
    const add = (key: string): void => {
      entries.push({
        kind: 'commune',
        key,
        code,
        population: population ?? 0,
        departementCodes,
        isFormerName: false,
      });
    };
    const key = toPlaceKey(name);
    add(key);
    const bare = withoutArticle(key);
    if (bare !== key) add(bare);
    const short = withoutParentheses(name);
    if (short !== name) add(toPlaceKey(short));
  }
  for (const { name, commune } of formerNames) {
    const { code, population, departementCode } = commune;
    const departementCodes = [departementCode];
    const key = toPlaceKey(name);
    entries.push({
      kind: 'commune',
      key,
      code,
      population: population ?? 0,
      departementCodes,
      isFormerName: true,
    });
  }
  return entries;
}

function areaEntries(): PlaceEntry[] {
  const entries: PlaceEntry[] = [];
  const add = (kind: 'departement' | 'region', name: string, code: string, isFormerName = false): void => {
    const departements = listDepartements().filter(
      (one) => (kind === 'region' ? one.regionCode : one.code) === code,
    );
    const departementCodes = departements.map((one) => one.code);
    const population = departementCodes.reduce((sum, one) => sum + populationOfDepartement(one), 0);
    const key = toPlaceKey(name);
    for (const variant of new Set([key, withoutArticle(key)]))
      entries.push({ kind, key: variant, code, population, departementCodes, isFormerName });
  };
  for (const { code, name } of listDepartements()) add('departement', name, code);
  for (const { code, name } of listRegions()) add('region', name, code);
  for (const [name, code, isFormer] of REGION_NAMES) add('region', name, code, isFormer);
  return entries;
}

function epciEntries(): PlaceEntry[] {
  const { byEpci } = communeTables();
  const names = new Map(EPCI_NAMES.map(([name, code]) => [code, name]));
  return listEpci().flatMap(({ code, name, population }) => {
    const members = byEpci.get(code) ?? [];
    const departementCodes = [...new Set(members.map(({ departementCode }) => departementCode))].sort();
    const usual = names.get(code);
    const keys = usual === undefined ? [toEpciKey(name)] : [toEpciKey(name), toPlaceKey(usual)];
    return keys.map((key) => ({
      kind: 'epci' as const,
      key,
      code,
      population,
      departementCodes,
      isFormerName: false,
    }));
  });
}

/** Of its communes, arrondissements not counted twice. */
function populationOfDepartement(code: string): number {
  const communes = communeTables().byDepartement.get(code) ?? [];
  return communes.reduce(
    (sum, { population, parentCode }) => sum + (parentCode === null ? (population ?? 0) : 0),
    0,
  );
}
