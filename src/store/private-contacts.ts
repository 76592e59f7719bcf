import { sql } from 'drizzle-orm';

import { rowsOf, type Database } from './store.ts';

export type ContactKind = 'email' | 'phone';

/** Private: never composed into a correspondent. */
export interface PrivateContact {
  kind: ContactKind;
  address: string;
  isVerified: boolean;
}

export async function listPrivateContacts(db: Database, practitionerId: string): Promise<PrivateContact[]> {
  return rowsOf<PrivateContact>(
    db,
    sql`select kind, address, verified_at is not null as "isVerified" from private_contact
      where practitioner_id = ${practitionerId} order by kind`,
  );
}

/**
 * Keeps an address that waits for its code, in the place of the one before.
 * @returns false when a code was sent less than a minute ago
 */
export async function putUnverifiedContact(
  db: Database,
  practitionerId: string,
  { kind, address, codeHash }: { kind: ContactKind; address: string; codeHash: string },
): Promise<boolean> {
  const rows = await rowsOf(
    db,
    sql`insert into private_contact as c (practitioner_id, kind, address, code_hash, code_sent_at)
      values (${practitionerId}, ${kind}, ${address}, ${codeHash}, now())
      on conflict (practitioner_id, kind) do update set address = excluded.address, verified_at = null,
        code_hash = excluded.code_hash, code_sent_at = now(), attempts = 0
        where c.code_sent_at is null or c.code_sent_at < now() - interval '1 minute'
      returning kind`,
  );
  return rows.length > 0;
}

/** Counts an attempt. Undefined when no code is awaited: none was sent, it is 15 minutes old, or five were wrong. */
export async function takeAttempt(
  db: Database,
  practitionerId: string,
  kind: ContactKind,
): Promise<{ codeHash: string } | undefined> {
  const [row] = await rowsOf<{ codeHash: string }>(
    db,
    sql`update private_contact set attempts = attempts + 1
      where practitioner_id = ${practitionerId} and kind = ${kind} and code_hash is not null and attempts < 5
        and code_sent_at > now() - interval '15 minutes'
      returning code_hash as "codeHash"`,
  );
  return row;
}

export async function markVerified(db: Database, practitionerId: string, kind: ContactKind): Promise<void> {
  await rowsOf(
    db,
    sql`update private_contact set verified_at = now(), code_hash = null
      where practitioner_id = ${practitionerId} and kind = ${kind}`,
  );
}

/** @returns false when there was none */
export async function deletePrivateContact(
  db: Database,
  practitionerId: string,
  kind: ContactKind,
): Promise<boolean> {
  const rows = await rowsOf(
    db,
    sql`delete from private_contact where practitioner_id = ${practitionerId} and kind = ${kind} returning kind`,
  );
  return rows.length > 0;
}
