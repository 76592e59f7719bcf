import type { TerritoryBoard } from '#domain/territory.ts';
import type { Database } from '#store/store.ts';
import { listTerritories } from '#store/territories.ts';
import {
  countErrorReports,
  countInvitations,
  countTerritory,
  countTerritoryBy,
  listSnapshots,
  saveSnapshot,
} from '#store/territory-board.ts';

import { getTerritory } from './get-territory.ts';

/**
 * Who practises in a territory now, by profession and by commune, how far their pages are, who has no mailbox, what was reported
 * wrong, and the same numbers of the days before.
 * @throws AppError `territory-not-found`, `store-unavailable`
 */
export async function readBoard(db: Database, id: string): Promise<TerritoryBoard> {
  const territory = await getTerritory(db, id);
  const [numbers, errorReports, invitations, professions, communes, progress] = await Promise.all([
    countTerritory(db, id),
    countErrorReports(db, id),
    countInvitations(db, id),
    countTerritoryBy(db, id, 'profession'),
    countTerritoryBy(db, id, 'commune'),
    listSnapshots(db, id),
  ]);
  return { territory, ...numbers, errorReports, invitations, professions, communes, progress };
}

/** Keeps the numbers of every territory for the progress of its board: one a UTC day, the last call of the day counts. */
export async function takeSnapshots(db: Database, now: Date): Promise<void> {
  const day = now.toISOString().slice(0, 10);
  for (const { id } of await listTerritories(db)) {
    const [numbers, errorReports] = await Promise.all([countTerritory(db, id), countErrorReports(db, id)]);
    await saveSnapshot(db, id, day, { ...numbers, errorReports });
  }
}
