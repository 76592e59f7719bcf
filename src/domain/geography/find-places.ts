import { departementOfPostcode, findCommune, findDepartement, listCommunesOfPostcode } from '../geography.ts';
import { foldText } from '../fold.ts';
import { communeTables } from './commune-tables.ts';
import {
  listEntriesByPrefix,
  listEntriesOfCompactKey,
  listEntriesOfKey,
  namesEpciType,
  toEpciKey,
} from './place-index.ts';
import type { PlaceEntry } from './place-index.ts';
import {
  toCommuneMatch,
  toDepartementMatch,
  toEpciMatch,
  toPostcodeMatch,
  toRegionMatch,
} from './place-match.ts';
import type { PlaceMatch } from './place-match.ts';
import { parseArrondissement, toPlaceKey, withArticleFirst, withoutArticle } from './place-name.ts';
import { resolveCommune } from './resolve-commune.ts';

const TEXT_LENGTH_MAX = 200;
/** "Autour de Grenoble", "près du Puy", "dept 43". */
const LEADING_WORDS =
  /^\s*(?:(?:autour|pr[eè]s|proche|aux? (?:alentours|environs))\s+(?=d)|d[eé]p(?:artemen)?t?\.?\s+)(?:(d(?:e la|e l['’]|['’]|e|u|es))(?:\s+|(?<=['’])))?(?=\S)/i;
const ARTICLES: Readonly<Record<string, string>> = { du: 'le ', des: 'les ', 'de la': 'la ', "de l'": "l'" };

/**
 * What somebody means by a text typed in a "where" box, the likeliest first.
 *
 * By number: a postcode ("43000", "43 000"; of a CEDEX: its département, `isWider`), otherwise an INSEE code (former ones
 * too), a département ("43", "2A", "1"; "20" is both of Corsica). By name: a commune, département, region or EPCI, with or
 * without accents, articles, hyphens and the post's abbreviations; Paris, Lyon and Marseille by arrondissement ("lyon 3e",
 * "paris 15", "paris xiii"; a number of both, "marseille 13", is the arrondissement, then the city). By both: "le puy-en-velay, 43000",
 * "43000 le puy", "saint-étienne (42)", "vienne 38", "vienne, isère".
 *
 * What leads to it is passed over ("près du Puy", "dept 43"); an area may have its article ("le Rhône").
 *
 * Exact names come before beginnings of names, and within each the most populous first. Among exact ones: communes of
 * at least 10,000 inhabitants, départements, regions, smaller communes, EPCI, former names (`isWider`). A commune of
 * that size that begins with the text as typed, and has ten times the inhabitants of the largest commune called exactly
 * so, counts as exact, unless an area is called so: "le puy" is Le Puy-en-Velay, "loire" the département. Among beginnings an area weighs a twentieth of its population.
 * Ties break by code.
 * @param limit at most this many, each place once
 * @returns empty when nothing begins so: see `nearestPlaceNames`
 */
export function findPlaces(text: string, limit: number): PlaceMatch[] {
  const typed = text
    .slice(0, TEXT_LENGTH_MAX)
    .replace(/,\s*france\s*$/i, '')
    .replace(LEADING_WORDS, (_, link: string = '') => ARTICLES[link.toLowerCase().replace('’', "'")] ?? '');
  const folded = foldText(typed);
  if (folded === '') return [];
  const matches =
    findByNumber(folded) ?? findArrondissement(typed, folded) ?? findByNameAndNumber(typed, folded);
  return (matches ?? findByName(folded, limit)).slice(0, limit);
}

/** Undefined when the text is not a number, so that other readings may follow. */
function findByNumber(folded: string): PlaceMatch[] | undefined {
  const code = folded.replaceAll(' ', '').toUpperCase();
  if (/^(?:\d{5}|2[AB]\d{3})$/.test(code)) return findByFiveCharacters(code);
  if (!/^(?:\d{1,3}|2[AB])$/.test(code)) return undefined;
  return toDepartementCodes(code).map((departement) => toDepartementMatch(departement, false));
}

function findByFiveCharacters(code: string): PlaceMatch[] {
  if (listCommunesOfPostcode(code).length > 0) return [toPostcodeMatch(code)];
  const commune = findCommune(code);
  if (commune) return [toCommuneMatch(commune.code, commune.code !== code)];
  const departementCode = departementOfPostcode(code);
  return departementCode === undefined ? [] : [toDepartementMatch(departementCode, true)];
}

/** "1" → 01, "20" → 2A and 2B, "2a" → 2A; empty for what is no département. */
function toDepartementCodes(text: string): string[] {
  const code = text.toUpperCase().padStart(2, '0');
  return code === '20' ? ['2A', '2B'] : findDepartement(code) ? [code] : [];
}

function findArrondissement(text: string, folded: string): PlaceMatch[] | undefined {
  const parsed = text.includes('(') ? undefined : parseArrondissement(folded);
  const found = parsed && communeTables().arrondissements.get(parsed.cityCode)?.[parsed.number - 1];
  if (!parsed || !found) return undefined;
  const isAlsoDepartement = !parsed.isOrdinal && Number(found.departementCode) === parsed.number;
  const codes = isAlsoDepartement ? [found.code, parsed.cityCode] : [found.code];
  return codes.map((code) => toCommuneMatch(code, false));
}

const NUMBER_FIRST = /^(\d{5}|\d{2,3}|2[ab]) (.+)$/;
const NUMBER_LAST = /^(.+) (\d{5}|\d{1,3}|2[ab])$/;

/** Undefined when the text is not a name with a postcode, or with a département's number or name. */
function findByNameAndNumber(text: string, folded: string): PlaceMatch[] | undefined {
  const first = NUMBER_FIRST.exec(folded);
  const last = NUMBER_LAST.exec(folded);
  const [name, number] = first ? [first[2]!, first[1]!] : last ? [last[1]!, last[2]!] : [];
  if (name === undefined || number === undefined) return findByNameAndArea(text);
  if (number.length === 5) return findByPostcodeAndName(number, name);
  const departementCodes = toDepartementCodes(number);
  return departementCodes.length === 0 ? undefined : findNamedWithin(name, departementCodes);
}

/** Reads back the label of a postcode that several communes share, "43000 Le Puy-en-Velay et 4 autres", as that postcode. */
function findByPostcodeAndName(postcode: string, name: string): PlaceMatch[] {
  if (/ et \d+ autres?$/.test(name)) return findByFiveCharacters(postcode);
  const { communeCode } = resolveCommune({ communeCode: null, postcode, locality: name });
  return communeCode === null ? findByFiveCharacters(postcode) : [toCommuneMatch(communeCode, false)];
}

/** "vienne, isère", "vienne (isère)": undefined when what follows the comma or stands in parentheses is no area. */
function findByNameAndArea(text: string): PlaceMatch[] | undefined {
  const parts = /^([^,(]+)[,(]([^,()]+)\)?\s*$/.exec(text);
  if (!parts) return undefined;
  const areas = listEntriesOfKey(toPlaceKey(parts[2]!)).filter(
    ({ kind }) => kind === 'departement' || kind === 'region',
  );
  if (areas.length === 0) return undefined;
  return findNamedWithin(
    parts[1]!,
    areas.flatMap(({ departementCodes }) => departementCodes),
  );
}

/**
 * Communes, and départements, since their labels are read back so ("Vienne (86)"). Undefined rather than empty, so that
 * the whole text is still tried as a name.
 */
function findNamedWithin(name: string, departementCodes: readonly string[]): PlaceMatch[] | undefined {
  const key = toNameKey(name);
  const entries = listNamed(key).filter(
    ({ kind, departementCodes: [code] }) =>
      (kind === 'commune' || kind === 'departement') && departementCodes.includes(code!),
  );
  const named = entries.filter((entry) => hasFullName(entry, key));
  return entries.length === 0 ? undefined : toMatches([...named, ...entries]);
}

/** Whether a commune is called so today, article included: with its département it can mean no other. */
function hasFullName({ kind, code, key }: PlaceEntry, nameKey: string): boolean {
  return kind === 'commune' && key === nameKey && toPlaceKey(findCommune(code)!.name) === nameKey;
}

function findByName(folded: string, limit: number): PlaceMatch[] {
  const key = toNameKey(folded);
  if (namesEpciType(key)) {
    const epciKey = toEpciKey(key);
    const entries = rankEntries(epciKey, listEntriesByPrefix(epciKey)).filter(({ kind }) => kind === 'epci');
    if (entries.length > 0) return toMatches(entries, limit);
  }
  const named = listNamed(key);
  // "Le Rhône", "l'Isère": the article is part of the name of no commune then.
  const area = /^(?:le|la|les|l) /.test(key) && !named.some((it) => it.key === key) ? areasCalled(key) : [];
  return toMatches([...area, ...named], limit);
}

function areasCalled(key: string): PlaceEntry[] {
  const entries = listEntriesOfKey(withoutArticle(key));
  return entries.filter(({ kind }) => kind === 'departement' || kind === 'region');
}

function toNameKey(text: string): string {
  return toPlaceKey(text).replace(/(?<=.) cedex(?: \d+)?$/, '');
}

/** Names that begin so; failing that, with a last article put first; failing that, equal but for their spaces. Ranked. */
function listNamed(key: string): PlaceEntry[] {
  const entries = listEntriesByPrefix(key);
  if (entries.length > 0) return rankEntries(key, entries);
  const sorted = withArticleFirst(key);
  if (sorted !== key) return listNamed(sorted);
  return rankEntries(key, listEntriesOfCompactKey(key));
}

const LARGE_POPULATION_MIN = 10_000;
const SHORT_FORM_FACTOR = 10;
/** With its article as typed, a name of a town of this size means that town: Le Blanc, not Le Blanc-Mesnil. */
const TOWN_POPULATION_MIN = 5000;
const AREA_WEIGHT = 1 / 20;

/** The order that {@link findPlaces} states, over entries that all begin with `key`. */
function rankEntries(key: string, entries: readonly PlaceEntry[]): PlaceEntry[] {
  const namesakes = entries.filter(
    (entry) => entry.kind === 'commune' && entry.key === key && !entry.isFormerName,
  );
  const largest = Math.max(0, ...namesakes.map(({ population }) => population));
  const isArea = entries.some(
    (entry) =>
      (entry.kind === 'departement' || entry.kind === 'region') && entry.key === key && !entry.isFormerName,
  );
  const hasTown = namesakes.some(
    ({ code, population }) =>
      /^l(?:e|a|es)? /.test(key) &&
      population >= TOWN_POPULATION_MIN &&
      toPlaceKey(findCommune(code)!.name) === key,
  );
  const shortFormMin =
    isArea || hasTown
      ? Number.POSITIVE_INFINITY
      : Math.max(LARGE_POPULATION_MIN, largest * SHORT_FORM_FACTOR);
  const ranked = entries.map((entry) => ({ entry, rank: rankOf(entry, key, shortFormMin) }));
  ranked.sort(
    (a, b) => a.rank - b.rank || weightOf(b) - weightOf(a) || (a.entry.code < b.entry.code ? -1 : 1),
  );
  return ranked.map(({ entry }) => entry);
}

const BEGINNING_RANK = 6;

function rankOf(entry: PlaceEntry, key: string, shortFormMin: number): number {
  const { kind, population, isFormerName } = entry;
  const isExact = entry.key === key;
  if (isFormerName) return isExact ? 5 : 7;
  if (kind === 'commune') {
    if (isExact) return population >= LARGE_POPULATION_MIN ? 0 : 3;
    return population >= shortFormMin && entry.key.startsWith(`${key} `) ? 0 : BEGINNING_RANK;
  }
  if (!isExact) return BEGINNING_RANK;
  return { departement: 1, region: 2, epci: 4 }[kind];
}

function weightOf({ entry, rank }: { entry: PlaceEntry; rank: number }): number {
  return rank >= BEGINNING_RANK && entry.kind !== 'commune'
    ? entry.population * AREA_WEIGHT
    : entry.population;
}

function toMatches(entries: readonly PlaceEntry[], limit = 50): PlaceMatch[] {
  const matches = new Map<string, PlaceMatch>();
  for (const entry of entries) {
    if (matches.size >= limit) break;
    const id = `${entry.kind} ${entry.code}`;
    if (!matches.has(id)) matches.set(id, toMatch(entry));
  }
  return [...matches.values()];
}

function toMatch({ kind, code, isFormerName }: PlaceEntry): PlaceMatch {
  if (kind === 'commune') return toCommuneMatch(code, isFormerName);
  if (kind === 'departement') return toDepartementMatch(code, isFormerName);
  return kind === 'region' ? toRegionMatch(code, isFormerName) : toEpciMatch(code);
}
