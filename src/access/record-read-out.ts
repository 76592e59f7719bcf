import type { AuditContext } from '#domain/audit-event.ts';
import { recordAudit } from '#store/audit.ts';
import type { Database } from '#store/store.ts';

import type { Caller } from './caller.ts';

/**
 * Writes down that somebody is reading the directory out through its search. Of whoever is not known, the address is kept: without
 * it nobody could be spoken to.
 * @throws AppError `store-unavailable`
 */
export async function recordReadOut(
  db: Database,
  audit: AuditContext,
  { kind, label }: Caller,
  count: number,
): Promise<void> {
  const details = { correspondents: count, ...(kind === 'address' && { address: label }) };
  await recordAudit(db, { ...audit, operation: 'read-out', outcome: 'refused', details });
}
