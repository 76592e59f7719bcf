import type { AuditContext } from '#domain/audit-event.ts';
import type { Actor } from '#domain/actor.ts';
import type { Declaration, DeclarationChange, DeclaredKind } from '#domain/declaration.ts';
import { isAppError } from '#domain/errors.ts';
import { recordAudit } from '#store/audit.ts';
import { findDeclaration, listDeclarationChanges, listDeclarations } from '#store/declarations.ts';
import type { Database } from '#store/store.ts';

import { authorizeDeclaration, toAuditTarget } from './authorize-declaration.ts';
import { notFound } from './edit-declaration.ts';

/**
 * A declaration as it is edited, and whether the caller may. Whether everybody may see it is not checked here.
 * @throws AppError `correspondent-not-found`, `store-unavailable`
 */
export async function getDeclaration<K extends DeclaredKind>(
  db: Database,
  kind: K,
  key: string,
  actor: Actor,
): Promise<{ declaration: Declaration<K>; mayEdit: boolean }> {
  const declaration = await findDeclaration(db, kind, key);
  if (declaration === undefined || declaration.isDeleted) throw notFound(kind, key);
  return { declaration, mayEdit: mayEdit(actor, declaration) };
}

function mayEdit(actor: Actor, { kind, owner }: Declaration): boolean {
  try {
    authorizeDeclaration(actor, kind, owner);
    return true;
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

/**
 * Who changed what, the latest first, also of a deleted one; for those who may change it.
 * @throws AppError `correspondent-not-found`, `key-needed`, `not-allowed`, `store-unavailable`
 */
export async function readDeclarationHistory(
  db: Database,
  kind: DeclaredKind,
  key: string,
  { before, limit }: { before: number; limit: number },
  audit: AuditContext,
): Promise<DeclarationChange[]> {
  const declaration = await findDeclaration(db, kind, key);
  authorizeDeclaration(audit.actor, kind, declaration?.owner ?? {});
  if (declaration === undefined) throw notFound(kind, key);
  const target = toAuditTarget(kind, key);
  await recordAudit(db, { ...audit, operation: 'read-history', target, outcome: 'done' });
  return listDeclarationChanges(db, key, before, limit);
}

/**
 * What the caller answers for as a person, by their RPPS, their structures and their territories: by key, after a key.
 * @returns `next`: the key to go on after; null after the last
 */
export async function listMyDeclarations<K extends DeclaredKind>(
  db: Database,
  kind: K,
  actor: Actor,
  { after, limit }: { after: string; limit: number },
): Promise<{ declarations: Declaration<K>[]; next: string | null }> {
  if (actor.kind !== 'person') return { declarations: [], next: null };
  const page = await listDeclarations(db, kind, {
    after,
    limit: limit + 1,
    mine: {
      practitionerId: actor.rpps === null ? null : `8${actor.rpps}`,
      organizationIds: actor.organizations,
      territoryIds: actor.territories,
    },
  });
  const declarations = page.slice(0, limit);
  return { declarations, next: page.length > limit ? declarations.at(-1)!.key : null };
}
