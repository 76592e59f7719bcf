import type { AuditContext, AuditEvent } from '#domain/audit-event.ts';
import { recordAudit } from '#store/audit.ts';
import type { Database } from '#store/store.ts';

/** Writes down what was done with the import of a territory. */
export async function recordImport(
  tx: Database,
  operation: 'preview-import' | 'amend-import' | 'confirm-import' | 'undo-import' | 'give-up-import',
  territoryId: string,
  audit: AuditContext,
  details: NonNullable<AuditEvent['details']>,
): Promise<void> {
  const target = { kind: 'territory', id: territoryId } as const;
  await recordAudit(tx, { ...audit, operation, target, outcome: 'done', details });
}
