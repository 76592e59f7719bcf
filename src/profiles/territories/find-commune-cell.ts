import { findCommune, listCommunesOfPostcode } from '#domain/geography.ts';
import { findPlaces } from '#domain/geography/find-places.ts';
import { toPlaceKey } from '#domain/geography/place-name.ts';

import type { ReadingContext } from './read-page-cells.ts';

const LOOKED_AT_MAX = 12;

/**
 * Reads communes as coordinators write them: an INSEE code, a postcode of one commune, a name, both as "Le Puy-en-Velay (43157)". Of
 * communes of one name, the one in the territory, else in one of its départements; else the cell must tell which.
 */
export function communesFor(communeCodes: readonly string[]): ReadingContext['findCommune'] {
  const own = new Set(communeCodes);
  const departements = new Set(communeCodes.map((code) => findCommune(code)?.departementCode));
  const known = new Map<string, ReturnType<ReadingContext['findCommune']>>();
  return (text) => {
    const found = known.get(text) ?? find(text, own, departements);
    known.set(text, found);
    return found;
  };
}

function find(text: string, own: ReadonlySet<string>, departements: ReadonlySet<string | undefined>) {
  const code = /(?:^|\()\s*(\d[\dAB]\d{3})\s*\)?$/i.exec(text)?.[1]?.toUpperCase();
  if (code !== undefined) {
    const commune = findCommune(code) ?? onlyOf(listCommunesOfPostcode(code));
    return commune
      ? { code: commune.code }
      : { fault: `« ${code} » n’est le code d’aucune commune, ou de plusieurs.` };
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
  if (named.length === 0) return { fault: `« ${text.slice(0, 40)} » n’est pas une commune.` };
  const choices = named.map((it) => `${it.name} (${it.code})`).join(', ');
  return { fault: `« ${text.slice(0, 40)} » peut être ${choices} : écrivez le code INSEE.` };
}

function onlyOf<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
