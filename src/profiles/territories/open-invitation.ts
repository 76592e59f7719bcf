import { hashSecret } from '#access/secrets.ts';
import type { Actor } from '#domain/actor.ts';
import { findInvitation, useInvitation, type FoundInvitation } from '#store/invitations.ts';
import type { Database } from '#store/store.ts';

const TOKEN_LENGTH_MAX = 100;

/**
 * Whom a link is for. Looking at it does not use it up: programs that look at mail before people do follow links too.
 * @returns undefined when it does not open, any more or at all
 */
export async function readInvitation(db: Database, token: string): Promise<FoundInvitation | undefined> {
  return findInvitation(db, await hashSecret(token.slice(0, TOKEN_LENGTH_MAX)));
}

/**
 * Opens a link, which it does once, for whom it was sent to and nobody else: the person has signed in with that RPPS.
 * @returns the RPPS; undefined when it does not open for this actor: then it is as it was
 */
export async function openInvitation(db: Database, token: string, actor: Actor): Promise<string | undefined> {
  if (actor.kind !== 'person' || actor.rpps === null) return undefined;
  const isOpened = await useInvitation(
    db,
    await hashSecret(token.slice(0, TOKEN_LENGTH_MAX)),
    `8${actor.rpps}`,
  );
  return isOpened ? actor.rpps : undefined;
}
