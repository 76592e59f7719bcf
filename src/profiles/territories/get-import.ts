import { AppError } from '#domain/errors.ts';
import type { ImportState, TerritoryImport } from '#domain/territory-import.ts';
import type { Database } from '#store/store.ts';
import { findImport } from '#store/territory-imports.ts';

/** @throws AppError `import-not-found`, `store-unavailable` */
export async function getImport(db: Database, territoryId: string, id: string): Promise<TerritoryImport> {
  return found(await findImport(db, territoryId, id), id);
}

/**
 * An import that nobody else changes during the transaction.
 * @param expectedVersion undefined: any
 * @throws AppError `import-not-found`, `import-state`, `import-changed`, `store-unavailable`
 */
export async function lockImport(
  tx: Database,
  territoryId: string,
  id: string,
  state: ImportState,
  expectedVersion: number | undefined,
): Promise<TerritoryImport> {
  const locked = found(await findImport(tx, territoryId, id, true), id);
  if (locked.state !== state)
    throw new AppError('import-state', `This import is ${locked.state}, not ${state}.`, {
      state: locked.state,
    });
  if (expectedVersion !== undefined && locked.version !== expectedVersion)
    throw new AppError('import-changed', 'Somebody has changed this import since: look at it again.', {
      version: locked.version,
    });
  return locked;
}

function found(it: TerritoryImport | undefined, id: string): TerritoryImport {
  if (it === undefined)
    throw new AppError('import-not-found', 'The territory has no import of this id.', { id });
  return it;
}
