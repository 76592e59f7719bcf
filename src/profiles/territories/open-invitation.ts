import { hashSecret } from '#access/secrets.ts';
import { findInvitation, type FoundInvitation } from '#store/invitations.ts';
import type { Database } from '#store/store.ts';

export type { FoundInvitation } from '#store/invitations.ts';

/**
 * Whom a link is for. Only what opens it makes it the only time: programs that look at mail before people do follow links too.
 * @returns undefined when it does not open, any more or at all
 */
export async function openInvitation(
  db: Database,
  token: string,
  { opens }: { opens: boolean },
): Promise<FoundInvitation | undefined> {
  return findInvitation(db, await hashSecret(token.slice(0, 100)), { opens });
}
