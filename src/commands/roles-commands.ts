import { grantRole, readRoles, revokeRole, type RoleRequest } from '#access/roles.ts';

import type { Services } from '../services.ts';
import { OPERATOR, type CommandIo } from './command-io.ts';

export async function rolesGrantCommand({ store }: Services, request: RoleRequest, io: CommandIo) {
  const isNew = await grantRole(store.db, request, OPERATOR);
  io.out(isNew ? 'Granted: it counts from now on.\n' : 'It was granted already.\n');
  return 0;
}

/** @returns the exit code: 2 when there was nothing to revoke */
export async function rolesRevokeCommand({ store }: Services, request: RoleRequest, io: CommandIo) {
  const wasGranted = await revokeRole(store.db, request, OPERATOR);
  io.out(wasGranted ? 'Revoked: it counts no more.\n' : 'It was not granted.\n');
  return wasGranted ? 0 : 2;
}

export async function rolesListCommand({ store }: Services, io: CommandIo) {
  for (const { who, role, target, grantedAt, grantedBy } of await readRoles(store.db))
    io.out(`${role}\t${target ?? ''}\t${who}\t${grantedAt} by ${grantedBy}\n`);
  return 0;
}
