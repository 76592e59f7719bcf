import type { TerritoryImport } from '#domain/territory-import.ts';
import type { Database } from '#store/store.ts';
import { listImports } from '#store/territory-imports.ts';

import { getTerritory } from './get-territory.ts';

/**
 * The latest first, a hundred at most.
 * @throws AppError `territory-not-found`, `store-unavailable`
 */
export async function listTerritoryImports(db: Database, territoryId: string): Promise<TerritoryImport[]> {
  await getTerritory(db, territoryId);
  return listImports(db, territoryId);
}
