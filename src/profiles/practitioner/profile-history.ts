import type { ProfileChange } from '#domain/profile.ts';
import { listProfileChanges } from '#store/profiles.ts';
import type { Database } from '#store/store.ts';

import { loadProfessional } from './profile-page.ts';

const CHANGES_MAX = 50;

/**
 * Who changed what on a page, the latest first.
 * @param before only changes before this version; undefined: from the last one
 * @throws AppError `correspondent-not-found`
 */
export async function readProfileHistory(
  db: Database,
  practitionerId: string,
  before: number | undefined,
): Promise<ProfileChange[]> {
  await loadProfessional(db, practitionerId);
  return listProfileChanges(db, practitionerId, { before, limit: CHANGES_MAX });
}
