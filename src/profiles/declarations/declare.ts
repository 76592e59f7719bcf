import type { AuditContext } from '#domain/audit-event.ts';
import {
  diffDeclarations,
  type Declaration,
  type DeclarationContent,
  type DeclarationOwner,
  type DeclaredKind,
} from '#domain/declaration.ts';
import { recordAudit } from '#store/audit.ts';
import { findDeclaration, insertDeclaration } from '#store/declarations.ts';
import type { Database } from '#store/store.ts';

import { authorizeDeclaration, authorOf, OPERATION_OF, toAuditTarget } from './authorize-declaration.ts';
import { checkReferences, refusePatientIdentityIn } from './check-declaration.ts';

const KEY_LENGTH = 12;
/** Without vowels, so that no key is a word. */
const KEY_LETTERS = 'bcdfghjklmnpqrstvwxz0123456789';

/**
 * Declares an expertise or a team: found by searches within seconds.
 * @param content as the schema of its kind gives it
 * @throws AppError `key-needed`, `not-allowed`, `request-invalid`, `patient-address-refused`, `store-unavailable`
 */
export async function declare<K extends DeclaredKind>(
  db: Database,
  kind: K,
  { owner, content }: { owner: DeclarationOwner; content: DeclarationContent[K] },
  audit: AuditContext,
): Promise<Declaration<K>> {
  authorizeDeclaration(audit.actor, kind, owner);
  refusePatientIdentityIn(content);
  await checkReferences(db, owner, content);
  const key = makeKey();
  const author = authorOf(audit.actor, owner);
  await db.transaction(async (tx) => {
    const changes = diffDeclarations(kind, {}, content);
    await insertDeclaration(tx, { kind, key, owner, content }, { author, changes });
    const details = { version: 1 };
    const target = toAuditTarget(kind, key);
    await recordAudit(tx, { ...audit, operation: OPERATION_OF[kind], target, outcome: 'done', details });
  });
  return (await findDeclaration(db, kind, key))!;
}

function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_LENGTH));
  return Array.from(bytes, (byte) => KEY_LETTERS[byte % KEY_LETTERS.length]).join('');
}
