import {
  deleteDeclarationDraft,
  findDeclarationDraft,
  saveDeclarationDraft,
  type DeclarationDraft,
  type DeclarationDraftKey,
} from '#store/declaration-drafts.ts';
import type { Database } from '#store/store.ts';

import { refusePatientIdentityIn } from './check-declaration.ts';

/** Undefined when nothing is being typed. */
export function findTypedDeclaration(
  db: Database,
  key: DeclarationDraftKey,
): Promise<DeclarationDraft | undefined> {
  return findDeclarationDraft(db, key);
}

/** Keeps what is being typed, which need not be right yet. @throws AppError `patient-address-refused` */
export async function keepTypedDeclaration(
  db: Database,
  key: DeclarationDraftKey,
  draft: Pick<DeclarationDraft, 'values' | 'baseVersion'>,
): Promise<void> {
  refusePatientIdentityIn(draft.values);
  await saveDeclarationDraft(db, key, draft);
}

/** There is none afterwards, whether there was one or not. */
export async function forgetTypedDeclaration(db: Database, key: DeclarationDraftKey): Promise<void> {
  await deleteDeclarationDraft(db, key);
}
