import type { AuditContext, AuditEvent } from '#domain/audit-event.ts';
import { OPERATIONS, type Operation, type OperationRule, type OperationSubject } from '#domain/operations.ts';
import { recordAudit } from '#store/audit.ts';
import type { Database } from '#store/store.ts';

/** An operation that a request asked for, and what became of it. */
export interface AskedOperation {
  operation: Operation;
  subject: OperationSubject;
  outcome: AuditEvent['outcome'];
  /** Whether it may change something. */
  isWrite: boolean;
}

/**
 * Writes down a write, a privileged read or a refusal that no use case wrote down itself. What anybody may read leaves no trace, nor
 * does what people read of themselves.
 * @throws AppError `store-unavailable`
 */
export async function recordRequest(
  db: Database,
  audit: AuditContext,
  { operation, subject, outcome, isWrite }: AskedOperation,
): Promise<void> {
  const rule: OperationRule = OPERATIONS[operation];
  const isPublicRead = rule.isReading && !isWrite;
  if (isPublicRead || (!isWrite && isOwn(audit.actor, rule, subject) && outcome !== 'refused')) return;
  const details = isWrite ? undefined : { isRead: true };
  await recordAudit(db, { ...audit, operation, target: targetOf(subject), outcome, details });
}

function isOwn(actor: AuditContext['actor'], rule: OperationRule, { owner }: OperationSubject): boolean {
  const isOnlyOwn = rule.allows.every((party) => party === 'owner' || party === 'person');
  return isOnlyOwn || (owner !== undefined && rppsOf(actor) === owner);
}

function rppsOf(actor: AuditContext['actor']): string | null {
  return actor.kind === 'person' ? actor.rpps : null;
}

function targetOf({ owner, territories, organizations }: OperationSubject): AuditEvent['target'] {
  if (owner !== undefined) return { kind: 'practitioner', id: owner };
  const [territory] = territories ?? [];
  if (territory !== undefined) return { kind: 'territory', id: territory };
  const [organization] = organizations ?? [];
  return organization === undefined ? undefined : { kind: 'organization', id: organization };
}
