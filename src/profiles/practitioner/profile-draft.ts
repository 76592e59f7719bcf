import { AppError } from '#domain/errors.ts';
import { deleteDraft, findDraft, saveDraft, type ProfileDraft } from '#store/profile-drafts.ts';
import type { Database } from '#store/store.ts';

import { refusePatientIdentities } from './check-profile.ts';
import { getProfile } from './profile-page.ts';

/** Of one page, by one person: each has a draft of their own. */
export interface DraftKey {
  practitionerId: string;
  editor: string;
}

/** @throws AppError `draft-not-found`, `correspondent-not-found` as the page itself */
export async function readDraft(db: Database, { practitionerId, editor }: DraftKey): Promise<ProfileDraft> {
  await getProfile(db, practitionerId);
  const draft = await findDraft(db, practitionerId, editor);
  if (draft === undefined) throw new AppError('draft-not-found', 'Nothing is being typed.', {});
  return draft;
}

/**
 * Keeps what is being typed, in the place of what was; it need not be right yet.
 * @throws AppError `patient-address-refused`, `correspondent-not-found`
 */
export async function keepDraft(
  db: Database,
  { practitionerId, editor }: DraftKey,
  draft: Pick<ProfileDraft, 'content' | 'baseVersion'>,
): Promise<void> {
  refusePatientIdentities(draft.content);
  await getProfile(db, practitionerId);
  await saveDraft(db, practitionerId, editor, draft);
}

/** There is none afterwards, whether there was one or not. */
export async function forgetDraft(db: Database, { practitionerId, editor }: DraftKey): Promise<void> {
  await deleteDraft(db, practitionerId, editor);
}
