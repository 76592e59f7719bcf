import type { Scope } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-event.ts';
import { AppError, type RequestFault } from '#domain/errors.ts';
import { refusePatientAddress } from '#domain/refuse-patient-address.ts';
import { listKeys, revokeKey, type KnownKey } from '#store/application-keys.ts';
import { recordAudit } from '#store/audit.ts';
import type { Database } from '#store/store.ts';

import { createKey } from './application-keys.ts';
import { parseScope } from './parse-scope.ts';

const NAME_LENGTH_MAX = 100;

/**
 * Makes a key, which is shown this once.
 * @throws AppError `request-invalid` with every fault of the name and of the scopes, `patient-address-refused`, `store-unavailable`
 */
export async function grantKey(
  db: Database,
  { name, scopes }: { name: string; scopes: readonly string[] },
  audit: AuditContext,
): Promise<{ id: string; key: string }> {
  refusePatientAddress([name, ...scopes]);
  const faults: RequestFault[] = scopes
    .filter((scope) => parseScope(scope) === undefined)
    .map((scope) => ({
      pointer: 'scope',
      detail: `"${scope.slice(0, 80)}" is none of search, export, admin, mailbox-activity:DOMAIN, territory:ID.`,
    }));
  if (scopes.length === 0) faults.push({ pointer: 'scope', detail: 'At least one is needed.' });
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > NAME_LENGTH_MAX)
    faults.push({ pointer: 'name', detail: `It has 1 to ${NAME_LENGTH_MAX} characters.` });
  if (faults.length > 0)
    throw new AppError('request-invalid', faults.map((it) => it.detail).join(' '), { faults });
  return db.transaction(async (tx) => {
    const made = await createKey(tx, trimmed, scopes as Scope[]);
    const target = { kind: 'key', id: made.id } as const;
    await recordAudit(tx, {
      ...audit,
      operation: 'create-key',
      target,
      outcome: 'done',
      details: { scopes },
    });
    return made;
  });
}

/** @returns false when there is no such key in force */
export function withdrawKey(db: Database, id: string, audit: AuditContext): Promise<boolean> {
  return db.transaction(async (tx) => {
    const wasRevoked = await revokeKey(tx, id);
    const target = { kind: 'key', id } as const;
    const outcome = wasRevoked ? 'done' : 'refused';
    await recordAudit(tx, { ...audit, operation: 'revoke-key', target, outcome });
    return wasRevoked;
  });
}

export type { KnownKey };

/** All of them, without their secrets, the latest first. */
export async function listKnownKeys(db: Database): Promise<KnownKey[]> {
  return (await listKeys(db)).toReversed();
}
