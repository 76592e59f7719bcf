import type { MemberFilter, TerritoryMember } from '#domain/territory.ts';
import type { Database } from '#store/store.ts';
import { listMembers } from '#store/territory-board.ts';

import { getTerritory } from './get-territory.ts';

/**
 * Who practises in a territory and how far their pages are, by name.
 * @returns `nextOffset`: where more follow; undefined at the end
 * @throws AppError `territory-not-found`, `store-unavailable`
 */
export async function listTerritoryMembers(
  db: Database,
  territoryId: string,
  filter: MemberFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ members: TerritoryMember[]; nextOffset: number | undefined }> {
  await getTerritory(db, territoryId);
  const members = await listMembers(db, territoryId, filter, { offset, limit: limit + 1 });
  return {
    members: members.slice(0, limit),
    nextOffset: members.length > limit ? offset + limit : undefined,
  };
}
