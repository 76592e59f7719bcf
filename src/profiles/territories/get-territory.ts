import { AppError } from '#domain/errors.ts';
import type { Territory } from '#domain/territory.ts';
import type { Database } from '#store/store.ts';
import { findTerritory } from '#store/territories.ts';

/** @throws AppError `territory-not-found`, `store-unavailable` */
export async function getTerritory(db: Database, id: string): Promise<Territory> {
  const territory = await findTerritory(db, id);
  if (territory === undefined)
    throw new AppError('territory-not-found', 'There is no territory of this id.', { id });
  return territory;
}
