import type { Database } from '#store/store.ts';
import { listProfiles } from '#store/profiles.ts';
import { listTerritoryProfessionals } from '#store/territories.ts';
import { listHeldMailboxes, listPracticePlaces } from '#store/territory-imports.ts';

import { communesFor } from './find-commune-cell.ts';
import { getTerritory } from './get-territory.ts';
import { groupPeople } from './people.ts';
import type { PreviewContext } from './preview-lines.ts';

/**
 * Everybody of a territory with their pages, as a preview looks at them.
 * @throws AppError `territory-not-found`, `store-unavailable`
 */
export async function readPreviewContext(db: Database, territoryId: string): Promise<PreviewContext> {
  const territory = await getTerritory(db, territoryId);
  const people = groupPeople(await listTerritoryProfessionals(db, territoryId));
  const ids = [...people.byId.keys()];
  const [known, places, mailboxes] = await Promise.all([
    listProfiles(db, ids),
    listPracticePlaces(db, ids),
    listHeldMailboxes(db, ids),
  ]);
  return {
    people,
    profiles: new Map([...known].map(([id, { profile }]) => [id, profile])),
    places,
    mailboxes,
    findCommune: communesFor(territory.communeCodes),
  };
}
