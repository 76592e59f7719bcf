import { createKey } from '#access/application-keys.ts';
import { parseScope } from '#access/parse-scope.ts';
import type { Scope } from '#domain/actor.ts';
import { AppError } from '#domain/errors.ts';
import { listKeys, revokeKey } from '#store/application-keys.ts';

import type { Services } from '../services.ts';
import type { CommandIo } from './command-io.ts';

const NAME_LENGTH_MAX = 100;

export async function keysCreateCommand({ store }: Services, name: string, scopes: string[], io: CommandIo) {
  const faults = scopes
    .filter((scope) => parseScope(scope) === undefined)
    .map((scope) => ({
      pointer: 'scope',
      detail: `"${scope.slice(0, 80)}" is none of search, export, admin, mailbox-activity:DOMAIN, territory:ID.`,
    }));
  if (name.trim() === '' || name.length > NAME_LENGTH_MAX)
    faults.push({ pointer: 'name', detail: `It has 1 to ${NAME_LENGTH_MAX} characters.` });
  if (faults.length > 0)
    throw new AppError('request-invalid', faults.map((it) => it.detail).join(' '), { faults });
  const { id, key } = await createKey(store.db, name.trim(), scopes as Scope[]);
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
  const wasRevoked = await revokeKey(store.db, id);
  io.out(wasRevoked ? 'Revoked: it opens nothing from now on.\n' : 'There is no such key in force.\n');
  return wasRevoked ? 0 : 2;
}
