import type { AuditActor, AuditEvent } from '#domain/audit-event.ts';
import { toDeclaredId } from '#domain/correspondent-id.ts';
import type { DeclarationAuthor, DeclarationOwner, DeclaredKind } from '#domain/declaration.ts';
import { authorize, type Operation, type OperationSubject } from '#domain/operations.ts';

export const OPERATION_OF = {
  expert: 'edit-expertise',
  team: 'edit-team',
} as const satisfies Record<DeclaredKind, Operation>;

/** @throws AppError `key-needed`, `not-allowed` */
export function authorizeDeclaration(actor: AuditActor, kind: DeclaredKind, owner: DeclarationOwner): void {
  if (actor.kind !== 'operator') authorize(actor, OPERATION_OF[kind], 'keys', toSubject(owner));
}

function toSubject({ practitionerId, organizationId, territoryId }: DeclarationOwner): OperationSubject {
  return {
    owner: practitionerId?.slice(1),
    organizations: organizationId === undefined ? [] : [organizationId],
    territories: territoryId === undefined ? [] : [territoryId],
  };
}

/** As the history names whoever may change what has this owner. */
export function authorOf(actor: AuditActor, owner: DeclarationOwner): DeclarationAuthor {
  const name = 'name' in actor ? actor.name : 'Exploitant';
  if (actor.kind === 'person') {
    if (actor.rpps !== null && owner.practitionerId === `8${actor.rpps}`) return { kind: 'owner', name };
    const { organizationId, territoryId } = owner;
    if (organizationId !== undefined && actor.organizations.includes(organizationId))
      return { kind: 'manager', name };
    if (territoryId !== undefined && actor.territories.includes(territoryId))
      return { kind: 'coordinator', name };
  }
  const isAdmin = actor.kind !== 'application' || actor.scopes.includes('admin');
  return { kind: isAdmin ? 'administrator' : 'coordinator', name };
}

export function toAuditTarget(kind: DeclaredKind, key: string): NonNullable<AuditEvent['target']> {
  return { kind: kind === 'expert' ? 'expertise' : 'team', id: toDeclaredId(kind, key) };
}
