import type { AuditActor } from '#domain/audit-event.ts';
import {
  deleteDeclarationDraft,
  findDeclarationDraft,
  saveDeclarationDraft,
  type DeclarationDraft,
  type DeclarationDraftKey,
} from '#store/declaration-drafts.ts';
import { findDeclaration } from '#store/declarations.ts';
import type { Database } from '#store/store.ts';

import { refusePatientIdentityIn } from './check-declaration.ts';
import { makeDeclarationKey } from './declaration-key.ts';

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

/**
 * Forgets what was being typed when that very request has already declared something: what a page sends by itself while one types
 * may arrive after what one has published. To be called after {@link keepTypedDeclaration}, so that no order of the two leaves any.
 */
export async function forgetWhenDeclared(
  db: Database,
  key: DeclarationDraftKey,
  actor: AuditActor,
  requestKey: string,
): Promise<void> {
  const made = await findDeclaration(db, key.kind, await makeDeclarationKey(key.kind, actor, requestKey));
  if (made !== undefined) await deleteDeclarationDraft(db, key);
}
