import { AppError } from '#domain/errors.ts';
import type { TerritoryBoard } from '#domain/territory.ts';
import type { Database } from '#store/store.ts';
import {
  countTerritory,
  countTerritoryProfessions,
  findTerritory,
  listSnapshots,
  listTerritories,
  saveSnapshot,
} from '#store/territories.ts';

/**
 * Who practises in a territory now, by profession, how many have no mailbox, and the same numbers of the days before.
 * @throws AppError `territory-not-found`, `store-unavailable`
 */
export async function readBoard(db: Database, id: string): Promise<TerritoryBoard> {
  const territory = await findTerritory(db, id);
  if (territory === undefined) {
    throw new AppError('territory-not-found', 'There is no territory of this id.', { id });
  }
  const [numbers, professions, progress] = await Promise.all([
    countTerritory(db, id),
    countTerritoryProfessions(db, id),
    listSnapshots(db, id),
  ]);
  return { territory, ...numbers, professions, progress };
}

/** Keeps the numbers of every territory for the progress of its board: one a UTC day, the last call of the day counts. */
export async function takeSnapshots(db: Database, now: Date): Promise<void> {
  const day = now.toISOString().slice(0, 10);
  for (const { id } of await listTerritories(db)) {
    await saveSnapshot(db, id, day, await countTerritory(db, id));
  }
}
