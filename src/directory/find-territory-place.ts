import { foldText } from '#domain/fold.ts';
import type { UnderstoodPlace } from '#domain/understanding.ts';
import type { PlaceFilter } from '#search/place-filter.ts';
import { findTerritory, listTerritories } from '#store/territories.ts';

import type { Directory } from './directory.ts';

/** What a text that names a territory holds: others cost no statement. */
const TERRITORY_WORD = /(?:^| )(?:cpts|territoire|communaute professionnelle)(?: |$)/;

/** The territory of this id or name, in any spelling. */
export async function findTerritoryPlace(
  { store }: Directory,
  where: string,
): Promise<{ place: UnderstoodPlace; filter: PlaceFilter } | undefined> {
  const folded = foldText(where);
  const named = (await listTerritories(store.db)).find(
    (it) => it.foldedName === folded || it.id === where.trim().toLowerCase(),
  );
  const territory = named && (await findTerritory(store.db, named.id));
  if (territory === undefined) return undefined;
  return {
    place: { kind: 'territory', code: territory.id, label: territory.name },
    filter: { communeCodes: territory.communeCodes },
  };
}

/** Whether a text says that it is about a territory. */
export function saysTerritory(text: string): boolean {
  return TERRITORY_WORD.test(foldText(text));
}

/** The longest name of a territory within a text, and the text without it: "kiné cpts du velay". Undefined where there is none. */
export async function findTerritoryWithin(
  { store }: Directory,
  text: string,
): Promise<{ where: string; rest: string } | undefined> {
  if (!saysTerritory(text)) return undefined;
  const words = ` ${foldText(text)} `;
  const [named] = (await listTerritories(store.db))
    .filter((it) => words.includes(` ${it.foldedName} `))
    .toSorted((a, b) => b.foldedName.length - a.foldedName.length);
  if (named === undefined) return undefined;
  return { where: named.name, rest: words.replace(` ${named.foldedName} `, ' ').trim() };
}
