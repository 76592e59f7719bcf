import type { AuditContext } from '#domain/audit-event.ts';
import { AppError, type RequestFault } from '#domain/errors.ts';
import { parseRpps } from '#domain/identifiers.ts';
import { refusePatientAddress } from '#domain/refuse-patient-address.ts';
import { ROLES, type Role } from '#domain/role.ts';
import { recordAudit } from '#store/audit.ts';
import { deleteRole, insertRole, listRoles } from '#store/roles.ts';
import type { Database } from '#store/store.ts';

/** A role for somebody, as it is asked for. */
export interface RoleRequest {
  /** An RPPS; or an issuer, a space, and the e-mail address (verified by it) or the subject of the person there. */
  who: string;
  role: string;
  /** Id of a territory or of an organization; undefined for an administrator. */
  target: string | undefined;
}

/**
 * Grants a role, at once, also to whom is signed in.
 * @returns false when it was granted already
 * @throws AppError `request-invalid`, `patient-address-refused`, `store-unavailable`
 */
export function grantRole(db: Database, request: RoleRequest, audit: AuditContext): Promise<boolean> {
  const grant = parseRoleRequest(request);
  return db.transaction(async (tx) => {
    const isNew = await insertRole(tx, { ...grant, grantedBy: nameOf(audit) });
    await recordAudit(tx, { ...audit, operation: 'grant-role', ...toEvent(grant) });
    return isNew;
  });
}

/**
 * Takes a role back, at once, also from whom is signed in.
 * @returns false when it was not granted
 * @throws AppError `request-invalid`, `patient-address-refused`, `store-unavailable`
 */
export function revokeRole(db: Database, request: RoleRequest, audit: AuditContext): Promise<boolean> {
  const grant = parseRoleRequest(request);
  return db.transaction(async (tx) => {
    const wasGranted = await deleteRole(tx, grant);
    await recordAudit(tx, { ...audit, operation: 'revoke-role', ...toEvent(grant) });
    return wasGranted;
  });
}

/** A role that was given. `who` as it is asked for; `target` null for administrators; `grantedAt` RFC 3339. */
export interface GivenRole {
  who: string;
  role: Role;
  target: string | null;
  grantedAt: string;
  grantedBy: string;
}

/** All of them. @throws AppError `store-unavailable` */
export async function readRoles(db: Database): Promise<GivenRole[]> {
  const roles = await listRoles(db);
  return roles.map(({ holder, target, ...role }) => ({
    ...role,
    who: holder.replace(/^\w+:/, ''),
    target: target === '*' ? null : target,
  }));
}

interface ParsedGrant {
  holder: string;
  role: Role;
  target: string;
}

function parseRoleRequest({ who, role, target }: RoleRequest): ParsedGrant {
  refusePatientAddress([who, target]);
  const faults: RequestFault[] = [];
  const holder = toHolder(who);
  if (holder === undefined) {
    faults.push({
      pointer: 'who',
      detail: 'It is an RPPS, or an issuer, a space, and an e-mail address or a subject there.',
    });
  }
  const known = ROLES.find((it) => it === role);
  if (known === undefined) faults.push({ pointer: 'role', detail: `It is one of ${ROLES.join(', ')}.` });
  else if (known === 'administrator' && target !== undefined)
    faults.push({ pointer: 'target', detail: 'An administrator has none.' });
  else if (known !== 'administrator' && !/^[\w.-]{1,100}$/.test(target ?? '')) {
    const what = known === 'coordinator' ? 'territory' : 'organization';
    faults.push({ pointer: 'target', detail: `It is the id of a ${what}.` });
  }
  if (faults.length > 0 || holder === undefined || known === undefined)
    throw new AppError('request-invalid', faults.map((it) => it.detail).join(' '), { faults });
  return { holder, role: known, target: target ?? '*' };
}

/** As sessions have them in `knownAs`. */
function toHolder(who: string): string | undefined {
  const rpps = parseRpps(who);
  if (rpps !== undefined) return `rpps:${rpps}`;
  const [, issuer, name] = /^(https?:\/\/\S{1,300}) (\S{1,255})$/.exec(who.trim()) ?? [];
  if (issuer === undefined || name === undefined) return undefined;
  return name.includes('@') ? `email:${issuer} ${name.toLowerCase()}` : `subject:${issuer} ${name}`;
}

/** Holders may be e-mail addresses: the event names an RPPS only. */
function toEvent({ holder, role, target }: ParsedGrant) {
  const rpps = /^rpps:(.*)/.exec(holder)?.[1];
  return {
    outcome: 'done',
    target: { kind: 'role', id: target === '*' ? role : `${role} ${target}` },
    details: rpps === undefined ? {} : { rpps },
  } as const;
}

function nameOf({ actor }: AuditContext): string {
  return 'name' in actor ? actor.name : actor.kind;
}
