import type { AuditContext } from '#domain/audit-event.ts';
import { AppError } from '#domain/errors.ts';
import type { BillingNumber } from '#domain/expertise.ts';
import { recordAudit } from '#store/audit.ts';
import { readBillingNumbers, writeBillingNumbers } from '#store/billing-numbers.ts';
import { findDeclaration } from '#store/declarations.ts';
import type { Database } from '#store/store.ts';

import { authorizeDeclaration, toAuditTarget } from './authorize-declaration.ts';
import { refusePatientIdentityIn } from './check-declaration.ts';
import { notFound } from './edit-declaration.ts';

/** Private, with its version: 0 while nothing was ever said. */
export interface Billing {
  numbers: BillingNumber[];
  version: number;
}

/**
 * Under which numbers the opinions of an expertise are billed, for those who manage it alone.
 * @throws AppError `correspondent-not-found`, `key-needed`, `not-allowed`, `store-unavailable`
 */
export async function readBilling(db: Database, key: string, audit: AuditContext): Promise<Billing> {
  await openExpertise(db, key, audit);
  const target = toAuditTarget('expert', key);
  await recordAudit(db, { ...audit, operation: 'read-billing', target, outcome: 'done' });
  return readBillingNumbers(db, key);
}

/**
 * Replaces them. Neither the history nor the audit holds the numbers, only that they were changed.
 * @throws AppError as `readBilling`, and `version-outdated`
 */
export async function writeBilling(
  db: Database,
  key: string,
  numbers: readonly BillingNumber[],
  readVersion: () => number,
  audit: AuditContext,
): Promise<Billing> {
  await openExpertise(db, key, audit);
  refusePatientIdentityIn(numbers);
  const version = readVersion();
  await db.transaction(async (tx) => {
    const by = 'name' in audit.actor ? audit.actor.name : audit.actor.kind;
    if (!(await writeBillingNumbers(tx, key, numbers, { version, by })))
      throw new AppError('version-outdated', 'The numbers were changed since you read them.', {});
    const target = toAuditTarget('expert', key);
    const details = { count: numbers.length };
    await recordAudit(tx, { ...audit, operation: 'write-billing', target, outcome: 'done', details });
  });
  return readBillingNumbers(db, key);
}

async function openExpertise(db: Database, key: string, { actor }: AuditContext): Promise<void> {
  const declaration = await findDeclaration(db, 'expert', key);
  authorizeDeclaration(actor, 'expert', declaration?.owner ?? {});
  if (declaration === undefined || declaration.isDeleted) throw notFound('expert', key);
}
