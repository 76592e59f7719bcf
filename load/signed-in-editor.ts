import { hashSecret } from '#access/secrets.ts';
import { startSession } from '#access/sessions.ts';
import type { Database } from '#store/store.ts';

/** Names a provider that nobody signs in with here: sessions are what the server is asked about. */
export const SIGN_IN = {
  OIDC_ISSUER: 'http://127.0.0.1:1',
  OIDC_CLIENT_ID: 'load',
  OIDC_CLIENT_SECRET: 'load',
};

/** What the page of somebody who signed in sends. */
export interface SignedIn {
  cookie: string;
  csrfToken: string;
}

/** A professional with a session, as a sign-in leaves it. */
export async function signIn(
  db: Database,
  { rpps, name }: { rpps: string; name: string },
): Promise<SignedIn> {
  const subject = `${SIGN_IN.OIDC_ISSUER} ${rpps}`;
  const person = { subject, name, rpps, knownAs: [`subject:${subject}`, `rpps:${rpps}`] };
  const token = await startSession(db, person);
  return { cookie: `correspondants-session=${token}`, csrfToken: await hashSecret(`csrf ${token}`) };
}
