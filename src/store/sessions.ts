import { sql } from 'drizzle-orm';

import { keptRowsOf, rowsOf, type Database } from './store.ts';
import { textArray } from './text-array.ts';

/** Half a day's work; unseen for two hours, it is over. */
const AGE_MAX = sql`interval '12 hours'`;
const IDLE_MAX = sql`interval '2 hours'`;
/** Between leaving for a provider and coming back. */
const ATTEMPT_MAX = sql`interval '15 minutes'`;

/** Somebody as a provider of identities stated. */
export interface KnownPerson {
  /** Issuer and subject, parted by a space. */
  subject: string;
  name: string;
  /** 11 digits. */
  rpps: string | null;
  /** Under what roles may have been granted. */
  knownAs: string[];
}

export interface SignInAttempt {
  stateHash: string;
  browserHash: string;
  providerId: string;
  nonce: string;
  codeVerifier: string;
}

/** Those that are over are removed with it. */
export async function insertAttempt(db: Database, it: SignInAttempt): Promise<void> {
  await rowsOf(db, sql`delete from sign_in_attempt where started_at < now() - ${ATTEMPT_MAX}`);
  await rowsOf(
    db,
    sql`insert into sign_in_attempt (state_hash, browser_hash, provider_id, nonce, code_verifier)
      values (${it.stateHash}, ${it.browserHash}, ${it.providerId}, ${it.nonce}, ${it.codeVerifier})`,
  );
}

/** Once: whoever asks second finds none. Undefined also for one of another browser, and for one that is over. */
export async function takeAttempt(
  db: Database,
  stateHash: string,
  browserHash: string,
): Promise<SignInAttempt | undefined> {
  const [row] = await rowsOf<SignInAttempt>(
    db,
    sql`delete from sign_in_attempt where state_hash = ${stateHash} and browser_hash = ${browserHash}
        and started_at > now() - ${ATTEMPT_MAX}
      returning state_hash as "stateHash", browser_hash as "browserHash", provider_id as "providerId", nonce,
        code_verifier as "codeVerifier"`,
  );
  return row;
}

/** Those that are over are removed with it. */
export async function insertSession(db: Database, tokenHash: string, person: KnownPerson): Promise<void> {
  await rowsOf(
    db,
    sql`delete from session where created_at < now() - ${AGE_MAX} or last_seen_at < now() - ${IDLE_MAX}`,
  );
  await rowsOf(
    db,
    sql`insert into session (token_hash, subject, name, rpps, known_as)
      values (${tokenHash}, ${person.subject}, ${person.name}, ${person.rpps}, ${textArray(person.knownAs)})`,
  );
}

/** Undefined for one that is unknown, ended or over. `isUseStale`: it was last noted as seen more than a minute ago. */
export async function findSession(
  db: Database,
  tokenHash: string,
): Promise<(KnownPerson & { isUseStale: boolean }) | undefined> {
  const [row] = await keptRowsOf<KnownPerson & { isUseStale: boolean }>(
    db,
    sql`select subject, name, rpps, to_json(known_as) as "knownAs",
        last_seen_at < now() - interval '1 minute' as "isUseStale"
      from session where token_hash = ${tokenHash} and created_at > now() - ${AGE_MAX} and last_seen_at > now() - ${IDLE_MAX}`,
  );
  return row;
}

export async function noteSessionUse(db: Database, tokenHash: string): Promise<void> {
  await rowsOf(db, sql`update session set last_seen_at = now() where token_hash = ${tokenHash}`);
}

export async function deleteSession(db: Database, tokenHash: string): Promise<void> {
  await rowsOf(db, sql`delete from session where token_hash = ${tokenHash}`);
}
