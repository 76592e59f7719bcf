import type { AuditContext, AuditEvent } from '#domain/audit-event.ts';
import { refusePatientAddress } from '#domain/refuse-patient-address.ts';
import { recordAudit } from '#store/audit.ts';
import type { Database } from '#store/store.ts';
import { listWithheld as listWithheldKeys, release, withhold, type Withheld } from '#store/withheld.ts';

import { parseWithheldKey } from './parse-withheld-key.ts';

export type { Withheld };

/**
 * Hides a person (by RPPS) or a mailbox (by address) from every channel at once.
 * @returns false when it was hidden already
 * @throws AppError `request-invalid`, `patient-address-refused`, `store-unavailable`
 */
export async function withholdCorrespondent(
  db: Database,
  who: string,
  reason: string,
  audit: AuditContext,
): Promise<boolean> {
  const key = parseWithheldKey(who);
  refusePatientAddress([reason]);
  return db.transaction(async (tx) => {
    const isNew = await withhold(tx, key, reason);
    await recordAudit(tx, { ...audit, operation: 'withhold', target: toTarget(key), outcome: 'done' });
    return isNew;
  });
}

/**
 * Shows again what was withheld.
 * @returns false when it was not
 * @throws AppError `request-invalid`, `patient-address-refused`, `store-unavailable`
 */
export function releaseCorrespondent(db: Database, who: string, audit: AuditContext): Promise<boolean> {
  const key = parseWithheldKey(who);
  return db.transaction(async (tx) => {
    const wasWithheld = await release(tx, key);
    await recordAudit(tx, { ...audit, operation: 'release', target: toTarget(key), outcome: 'done' });
    return wasWithheld;
  });
}

/** Who is withheld, by key. */
export function listWithheld(db: Database): Promise<Withheld[]> {
  return listWithheldKeys(db);
}

function toTarget(key: string): NonNullable<AuditEvent['target']> {
  return key.includes('@') ? { kind: 'mailbox', id: key } : { kind: 'practitioner', id: key.slice(1) };
}
