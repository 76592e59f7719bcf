import type { InvitationNumbers, SentInvitation } from '#domain/territory.ts';
import { listInvitations } from '#store/invitations.ts';
import type { Database } from '#store/store.ts';
import { countInvitations } from '#store/territory-board.ts';

import { getTerritory } from './get-territory.ts';

/**
 * Whom a territory has invited, the latest first, and what became of it.
 * @returns `nextOffset`: where more follow; undefined at the end
 * @throws AppError `territory-not-found`, `store-unavailable`
 */
export async function listTerritoryInvitations(
  db: Database,
  territoryId: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ invitations: SentInvitation[]; nextOffset: number | undefined }> {
  await getTerritory(db, territoryId);
  const found = await listInvitations(db, territoryId, { offset, limit: limit + 1 });
  return {
    invitations: found.slice(0, limit),
    nextOffset: found.length > limit ? offset + limit : undefined,
  };
}

/** As the board counts them. @throws AppError `store-unavailable` */
export function countInvitationsOf(db: Database, territoryId: string): Promise<InvitationNumbers> {
  return countInvitations(db, territoryId);
}
