import { grantKey, withdrawKey } from '#access/manage-keys.ts';
import { listKeys } from '#store/application-keys.ts';

import type { Services } from '../services.ts';
import { OPERATOR, type CommandIo } from './command-io.ts';

export async function keysCreateCommand({ store }: Services, name: string, scopes: string[], io: CommandIo) {
  const { id, key } = await grantKey(store.db, { name, scopes }, OPERATOR);
  io.err(`Key ${id} of ${name.trim()}. It is shown this once:\n`);
  io.out(`${key}\n`);
  return 0;
}

export async function keysListCommand({ store }: Services, io: CommandIo) {
  for (const { id, name, scopes, lastUsedAt, revokedAt } of await listKeys(store.db)) {
    const state = revokedAt ? `revoked ${revokedAt}` : `last used ${lastUsedAt ?? 'never'}`;
    io.out(`${id}\t${name}\t${scopes.join(' ')}\t${state}\n`);
  }
  return 0;
}

/** @returns the exit code: 2 when there was nothing to revoke */
export async function keysRevokeCommand({ store }: Services, id: string, io: CommandIo) {
  const wasRevoked = await withdrawKey(store.db, id, OPERATOR);
  io.out(wasRevoked ? 'Revoked: it opens nothing from now on.\n' : 'There is no such key in force.\n');
  return wasRevoked ? 0 : 2;
}
