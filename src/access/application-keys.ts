import type { Actor, Scope } from '#domain/actor.ts';
import { findKey, insertKey, noteKeyUse } from '#store/application-keys.ts';
import type { Database } from '#store/store.ts';

import { hashSecret, isSameSecret, makeSecret } from './secrets.ts';

const KEY = /^corr_([0-9a-f]{12})_([\w-]{43})$/;
const ID_BYTES = 6;

/**
 * Makes a key. It is given once: only a hash of it is kept.
 * @param name of the application, 1 to 100 characters
 */
export async function createKey(
  db: Database,
  name: string,
  scopes: readonly Scope[],
): Promise<{ id: string; key: string }> {
  const id = [...crypto.getRandomValues(new Uint8Array(ID_BYTES))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  const secret = makeSecret();
  await insertKey(db, { id, name, secretHash: await hashSecret(secret), scopes });
  return { id, key: `corr_${id}_${secret}` };
}

/**
 * Whose key this is. Undefined for what is no key, an unknown one, a revoked one.
 * @throws AppError `store-unavailable`
 */
export async function findApplication(db: Database, key: string): Promise<Actor | undefined> {
  const [, id, secret] = KEY.exec(key) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const known = await findKey(db, id);
  if (!known || !isSameSecret(known.secretHash, await hashSecret(secret))) return undefined;
  if (known.isUseStale) await noteKeyUse(db, id);
  return { kind: 'application', keyId: id, name: known.name, scopes: known.scopes as Scope[] };
}
