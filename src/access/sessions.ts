import type { PersonActor } from '#domain/actor.ts';
import {
  deleteSession,
  findSession,
  insertSession,
  noteSessionUse,
  type KnownPerson,
} from '#store/sessions.ts';
import type { Database } from '#store/store.ts';

import { toPersonActor } from './known-person.ts';
import { hashSecret, makeSecret } from './secrets.ts';

const TOKEN = /^[\w-]{43}$/;

/** @returns the token for the cookie: a new one at each sign-in, and only its hash is kept */
export async function startSession(db: Database, person: KnownPerson): Promise<string> {
  const token = makeSecret();
  await insertSession(db, await hashSecret(token), person);
  return token;
}

/**
 * Whose session this is, and what forms of its pages must carry. Undefined for what is no session, or one that is over.
 * @throws AppError `store-unavailable`
 */
export async function findPerson(
  db: Database,
  token: string,
): Promise<{ actor: PersonActor; csrfToken: string } | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const tokenHash = await hashSecret(token);
  const person = await findSession(db, tokenHash);
  if (!person) return undefined;
  if (person.isUseStale) await noteSessionUse(db, tokenHash);
  return { actor: await toPersonActor(db, person, null), csrfToken: await hashSecret(`csrf ${token}`) };
}

export async function endSession(db: Database, token: string): Promise<void> {
  await deleteSession(db, await hashSecret(token));
}
