import { distance } from 'fastest-levenshtein';

import { findCommune, listCommunesOfPostcode } from '#domain/geography.ts';
import { findPlaces } from '#domain/geography/find-places.ts';
import { communeCodesOf, toDepartementMatch } from '#domain/geography/place-match.ts';
import { toPlaceKey } from '#domain/geography/place-name.ts';

import type { ReadingContext } from './read-page-cells.ts';

const LOOKED_AT_MAX = 12;
/** Names that differ by so many letters may be the same. */
const MISSPELT_MAX = 3;

interface NamedCommune {
  key: string;
  /** "Le Puy-en-Velay (43157)". */
  label: string;
}

/**
 * Reads communes as coordinators write them: an INSEE code, a postcode of one commune, a name, both as "Le Puy-en-Velay (43157)". Of
 * communes of one name, the one in the territory, else in one of its départements; else the cell must tell which.
 */
export function communesFor(communeCodes: readonly string[]): ReadingContext['findCommune'] {
  const own = new Set(communeCodes);
  const departements = new Set(communeCodes.map((code) => findCommune(code)?.departementCode));
  let around: NamedCommune[] | undefined;
  const nearest = (key: string) => {
    around ??= listNames(departements);
    return findNearest(around, key);
  };
  const known = new Map<string, ReturnType<ReadingContext['findCommune']>>();
  return (text) => {
    const found = known.get(text) ?? find(text, own, departements, nearest);
    known.set(text, found);
    return found;
  };
}

function find(
  text: string,
  own: ReadonlySet<string>,
  departements: ReadonlySet<string | undefined>,
  nearest: (key: string) => string | undefined,
) {
  const code = /(?:^|\()\s*(\d[\dAB]\d{3})\s*\)?$/i.exec(text)?.[1]?.toUpperCase();
  if (code !== undefined) {
    const commune = findCommune(code) ?? onlyOf(listCommunesOfPostcode(code));
    return commune
      ? { code: commune.code }
      : { fault: `«\u00a0${code}\u00a0» n’est le code d’aucune commune, ou de plusieurs.` };
  }
  const key = toPlaceKey(text.replace(/\s*\([^)]*\)\s*$/, ''));
  const named = findPlaces(text.slice(0, 100), LOOKED_AT_MAX).flatMap((it) => {
    const commune = it.kind === 'commune' ? findCommune(it.code) : undefined;
    return commune && toPlaceKey(commune.name) === key ? [commune] : [];
  });
  const commune =
    onlyOf(named) ??
    onlyOf(named.filter((it) => own.has(it.code))) ??
    onlyOf(named.filter((it) => departements.has(it.departementCode)));
  if (commune) return { code: commune.code };
  if (named.length === 0) {
    const meant = nearest(key);
    const advice = meant === undefined ? 'écrivez son nom ou son code INSEE.' : `est-ce ${meant}\u00a0?`;
    return { fault: `«\u00a0${text.slice(0, 40)}\u00a0» n’est pas une commune\u00a0: ${advice}` };
  }
  const choices = named.map((it) => `${it.name} (${it.code})`).join(', ');
  return { fault: `«\u00a0${text.slice(0, 40)}\u00a0» peut être ${choices}\u00a0: écrivez le code INSEE.` };
}

function onlyOf<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** Every commune of these départements. */
function listNames(departements: ReadonlySet<string | undefined>): NamedCommune[] {
  return [...departements]
    .flatMap((it) => (it === undefined ? [] : communeCodesOf(toDepartementMatch(it, false))))
    .flatMap((code) => findCommune(code) ?? [])
    .map(({ code, name }) => ({ key: toPlaceKey(name), label: `${name} (${code})` }));
}

/** The first by code among equals. */
function findNearest(communes: readonly NamedCommune[], key: string): string | undefined {
  const near = communes
    .filter((it) => Math.abs(it.key.length - key.length) <= MISSPELT_MAX)
    .map((it) => ({ ...it, edits: distance(it.key, key) }))
    .filter((it) => it.edits <= Math.min(MISSPELT_MAX, Math.floor(key.length / 2)));
  return near.toSorted((a, b) => a.edits - b.edits || (a.label < b.label ? -1 : 1))[0]?.label;
}
