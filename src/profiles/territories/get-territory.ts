import { closest } from 'fastest-levenshtein';

import { AppError } from '#domain/errors.ts';
import type { Territory } from '#domain/territory.ts';
import type { Database } from '#store/store.ts';
import { findTerritory, listTerritories } from '#store/territories.ts';

/** @throws AppError `territory-not-found`, `store-unavailable` */
export async function getTerritory(db: Database, id: string): Promise<Territory> {
  const territory = await findTerritory(db, id);
  if (territory === undefined) {
    const ids = (await listTerritories(db)).map((it) => it.id);
    const advice = ids.length === 0 ? 'None is known yet.' : `The nearest is "${closest(id, ids)}".`;
    throw new AppError('territory-not-found', `There is no territory of the id "${id}". ${advice}`, { id });
  }
  return territory;
}
