import {
  departementOfCommuneCode,
  departementOfPostcode,
  findCommune,
  listCommunesOfPostcode,
} from '../geography.ts';
import { copyText } from '../copy-text.ts';
import { communeTables } from './commune-tables.ts';
import type { Commune } from './commune-tables.ts';
import {
  parseArrondissement,
  toPlaceKey,
  withArticleFirst,
  withoutArticle,
  withoutParentheses,
} from './place-name.ts';

/** Of an address in an official file, each as published; null or blank is "not said". */
export interface AddressPlace {
  /** INSEE code, possibly a former one. */
  communeCode: string | null;
  /** May be a CEDEX, or foreign. */
  postcode: string | null;
  /** Commune name or routing label: "Pontarlier", "25304 PONTARLIER CEDEX", "75015 PARIS", "STE FOY LES LYON". */
  locality: string | null;
}

export interface ResolvedPlace {
  /** Current INSEE code, an arrondissement where it can be told; null when the commune cannot be told. */
  readonly communeCode: string | null;
  /**
   * True when the label says CEDEX, or when the postcode is well formed but serves no commune. Null without a French
   * postcode.
   */
  readonly isCedex: boolean | null;
  /** Null abroad, or when neither code nor postcode says it. */
  readonly departementCode: string | null;
}

const NOWHERE: ResolvedPlace = { communeCode: null, isCedex: null, departementCode: null };
/** What people write for a whole city; the post does not know them, and they are no CEDEX. */
const CITY_POSTCODES = new Set(['75000', '69000', '13000']);
const CEDEX = /\b(?:cedex|cdx)\b/i;
const MEMO_SIZE_MAX = 100_000;
const memo = new Map<string, ResolvedPlace>();

/**
 * The commune of an address. First by its code (former ones lead to the current commune; the code of Paris, Lyon or
 * Marseille is narrowed to an arrondissement by postcode or label). Then by postcode: its only commune; or the one
 * among several that the label names. Then, also for a CEDEX, the commune of the département that has that name, in
 * full, without its article, as the only name that begins so, or as a former name.
 * A CEDEX number of Paris, Lyon and Marseille is taken for the arrondissement while one has that number.
 * A label alone says nothing: half of the world's towns have a French homonym. The country is the caller's matter: a
 * foreign postcode of five digits looks French.
 * Cost: under 1 µs with a code or when met before; up to 100,000 distinct addresses are remembered (some 20 MB).
 */
export function resolveCommune(address: AddressPlace): ResolvedPlace {
  const key = `${address.communeCode ?? ''}|${address.postcode ?? ''}|${address.locality ?? ''}`;
  const known = memo.get(key);
  if (known) return known;
  if (memo.size >= MEMO_SIZE_MAX) memo.clear();
  const resolved = resolve(address);
  memo.set(copyText(key), resolved);
  return resolved;
}

function resolve(address: AddressPlace): ResolvedPlace {
  const locality = address.locality?.trim() ?? '';
  const postcode = readPostcode(address.postcode, locality);
  const label = locality.replace(/^(?:F-)?\d{5}\b[\s-]*/i, '');
  const departementCode = postcode === undefined ? undefined : departementOfPostcode(postcode);
  const isCedex = departementCode === undefined ? null : isCedexAddress(postcode!, label);
  const code = address.communeCode?.trim() ?? '';
  const byCode = findCommune(code);
  const commune = byCode
    ? narrow(byCode, postcode, label)
    : departementCode !== undefined
      ? findByPostcode(postcode!, label, departementCode)
      : undefined;
  if (commune) return { communeCode: commune.code, isCedex, departementCode: commune.departementCode };
  const known = departementCode ?? departementOfCommuneCode(code);
  return known === undefined ? NOWHERE : { communeCode: null, isCedex, departementCode: known };
}

/** The postcode field, else the one that begins the label. Undefined when it is not five digits. */
function readPostcode(postcode: string | null, locality: string): string | undefined {
  const field = postcode?.replace(/\s/g, '').replace(/^FR?-/i, '') ?? '';
  if (field !== '') return /^\d{5}$/.test(field) ? field : undefined;
  return /^(?:F-)?(\d{5})\b/i.exec(locality)?.[1];
}

function isCedexAddress(postcode: string, label: string): boolean {
  if (CEDEX.test(label)) return true;
  return listCommunesOfPostcode(postcode).length === 0 && !CITY_POSTCODES.has(postcode);
}

/** A commune with arrondissements → the one that postcode or label says; any other as it is. */
function narrow(commune: Commune, postcode: string | undefined, label: string): Commune {
  const arrondissements = communeTables().arrondissements.get(commune.code);
  if (!arrondissements) return commune;
  const byPostcode = arrondissements.find(
    ({ postcodes }) => postcode !== undefined && postcodes.includes(postcode),
  );
  return byPostcode ?? findArrondissement(label, commune.departementCode) ?? commune;
}

function findByPostcode(postcode: string, label: string, departementCode: string): Commune | undefined {
  const served = listCommunesOfPostcode(postcode);
  if (served.length === 1) return served[0];
  const key = withArticleFirst(toPlaceKey(label).replace(/ (?:cedex|cdx)\b.*$/, ''));
  if (key === '') return undefined;
  return (
    findArrondissement(label, departementCode) ??
    findByName(served, key) ??
    findInDepartement(departementCode, key, served.length === 0)
  );
}

function findArrondissement(label: string, departementCode: string): Commune | undefined {
  const parsed = parseArrondissement(toPlaceKey(label));
  const found = parsed && communeTables().arrondissements.get(parsed.cityCode)?.[parsed.number - 1];
  return found?.departementCode === departementCode ? found : undefined;
}

/** Equal name, else the only one whose first words are the key, or the reverse ("pontarlier doubs"). */
function findByName(communes: readonly Commune[], key: string): Commune | undefined {
  const names = communes.map((commune) => ({ commune, name: keyOf(commune) }));
  const compact = toCompact(key);
  const equal = names.find(({ name }) => toCompact(name) === compact);
  if (equal) return equal.commune;
  const near = names.filter(({ name }) => name.startsWith(`${key} `) || key.startsWith(`${name} `));
  return near.length === 1 ? near[0]!.commune : undefined;
}

/** Within which a CEDEX label may go on after the commune's name: "ST DENIS LA PLAINE CEDEX". */
const LONG_LABEL_POPULATION_MIN = 5000;

function findInDepartement(
  departementCode: string,
  key: string,
  isUnknownPostcode: boolean,
): Commune | undefined {
  const equal = departementNames(departementCode).get(toCompact(key));
  if (equal || !isUnknownPostcode) return equal ?? undefined;
  const communes = communeTables().byDepartement.get(departementCode) ?? [];
  const longer = communes.filter(
    (commune) => commune.parentCode === null && keyOf(commune).startsWith(`${key} `),
  );
  if (longer.length === 1) return longer[0];
  if (longer.length > 1) return undefined;
  const shorter = communes.filter(
    (commune) =>
      (commune.population ?? 0) >= LONG_LABEL_POPULATION_MIN && key.startsWith(`${keyOf(commune)} `),
  );
  return shorter.sort((a, b) => b.name.length - a.name.length)[0];
}

const namesByDepartement = new Map<string, Map<string, Commune | null>>();

/**
 * Compact key → commune, of one département. A full name wins over a name without article or parentheses, which wins
 * over a former name; null for a key that two communes claim with equal right.
 */
function departementNames(departementCode: string): Map<string, Commune | null> {
  const known = namesByDepartement.get(departementCode);
  if (known) return known;
  const { byDepartement, formerNames } = communeTables();
  const communes = byDepartement.get(departementCode) ?? [];
  const names = new Map<string, Commune | null>();
  addNames(
    names,
    communes.map((commune) => [keyOf(commune), commune]),
  );
  addNames(
    names,
    communes.flatMap((commune) => [
      [withoutArticle(keyOf(commune)), commune],
      [toPlaceKey(withoutParentheses(commune.name)), commune],
    ]),
  );
  const former = formerNames.filter(({ commune }) => commune.departementCode === departementCode);
  addNames(
    names,
    former.map(({ name, commune }) => [toPlaceKey(name), commune]),
  );
  namesByDepartement.set(departementCode, names);
  return names;
}

function addNames(names: Map<string, Commune | null>, entries: [string, Commune][]): void {
  const added = new Map<string, Commune | null>();
  for (const [key, commune] of entries) {
    const compact = toCompact(key);
    if (names.has(compact)) continue;
    const other = added.get(compact);
    added.set(compact, other === undefined || other === commune ? commune : null);
  }
  for (const [key, commune] of added) names.set(key, commune);
}

const keys = new Map<string, string>();

function keyOf(commune: Commune): string {
  let key = keys.get(commune.code);
  if (key === undefined) {
    key = toPlaceKey(commune.name);
    keys.set(commune.code, key);
  }
  return key;
}

function toCompact(key: string): string {
  return key.replaceAll(' ', '');
}
