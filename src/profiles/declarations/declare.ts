import type { AuditContext } from '#domain/audit-event.ts';
import { toDeclaredId } from '#domain/correspondent-id.ts';
import {
  diffDeclarations,
  type Declaration,
  type DeclarationContent,
  type DeclarationFieldChange,
  type DeclarationOwner,
  type DeclaredKind,
} from '#domain/declaration.ts';
import { AppError } from '#domain/errors.ts';
import { recordAudit } from '#store/audit.ts';
import { findDeclaration, insertDeclaration, listDeclarationChanges } from '#store/declarations.ts';
import type { Database } from '#store/store.ts';

import { authorizeDeclaration, authorOf, OPERATION_OF, toAuditTarget } from './authorize-declaration.ts';
import { checkReferences, refusePatientIdentityIn, refuseTooMany } from './check-declaration.ts';
import { makeDeclarationKey } from './declaration-key.ts';

/** A declaration to be made. */
interface NewDeclaration<K extends DeclaredKind> {
  owner: DeclarationOwner;
  /** As the schema of its kind gives it. */
  content: DeclarationContent[K];
  /** The caller's own name for the request: one that comes again makes nothing more. Undefined: each makes one. */
  requestKey?: string | undefined;
}

/**
 * Declares an expertise or a team: found by searches within seconds.
 * @returns for a request that comes again, what the first one made, as it stands now
 * @throws AppError `key-needed`, `not-allowed`, `request-invalid`, `patient-address-refused`, `idempotency-key-reused` for a request
 *   key that came with something else, `limit-reached`, `store-unavailable`
 */
export async function declare<K extends DeclaredKind>(
  db: Database,
  kind: K,
  { owner, content, requestKey }: NewDeclaration<K>,
  audit: AuditContext,
): Promise<Declaration<K>> {
  authorizeDeclaration(audit.actor, kind, owner);
  refusePatientIdentityIn(content);
  const key = await makeDeclarationKey(kind, audit.actor, requestKey);
  const changes = diffDeclarations(kind, {}, content);
  const made = await findMade(db, { kind, key, owner }, changes);
  if (made) return made;
  await checkReferences(db, owner, content);
  const author = authorOf(audit.actor, owner);
  await db.transaction(async (tx) => {
    await refuseTooMany(tx, owner);
    if (!(await insertDeclaration(tx, { kind, key, owner, content }, { author, changes }))) return;
    const details = { version: 1 };
    const target = toAuditTarget(kind, key);
    await recordAudit(tx, { ...audit, operation: OPERATION_OF[kind], target, outcome: 'done', details });
  });
  // Made by this call, or by another of the same request just before.
  return (await findMade(db, { kind, key, owner }, changes))!;
}

/** What was declared under this key; undefined when nothing was. @throws AppError `idempotency-key-reused` when it said something else */
async function findMade<K extends DeclaredKind>(
  db: Database,
  { kind, key, owner }: Pick<Declaration<K>, 'kind' | 'key' | 'owner'>,
  changes: readonly DeclarationFieldChange[],
): Promise<Declaration<K> | undefined> {
  const made = await findDeclaration(db, kind, key);
  if (made === undefined) return undefined;
  const [first] = await listDeclarationChanges(db, key, 2, 1);
  const ownerOf = ({ practitionerId, organizationId, territoryId }: DeclarationOwner) =>
    [practitionerId, organizationId, territoryId].join(' ');
  if (ownerOf(made.owner) === ownerOf(owner) && JSON.stringify(first?.changes) === JSON.stringify(changes))
    return made;
  const id = toDeclaredId(kind, key);
  throw new AppError(
    'idempotency-key-reused',
    `This Idempotency-Key came with something else before, which made ${id}. Give each declaration one of its own.`,
    { id },
  );
}
