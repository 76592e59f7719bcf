import { sql } from 'drizzle-orm';

import { anyOf } from './read-facts.ts';
import { rowsOf, type Database } from './store.ts';
import { toUtc } from './utc-text.ts';

export interface Delegation {
  id: string;
  /** An RPPS number, or an e-mail address in small letters. */
  delegate: string;
  name: string;
  /** Last day, included; null: until revoked. */
  until: string | null;
  createdAt: string;
}

export async function insertDelegation(
  db: Database,
  practitionerId: string,
  { id, delegate, name, until }: Omit<Delegation, 'createdAt'>,
): Promise<void> {
  await rowsOf(
    db,
    sql`insert into delegation (id, practitioner_id, delegate, name, until)
      values (${id}, ${practitionerId}, ${delegate}, ${name}, ${until})`,
  );
}

/** Those that hold on this day, the oldest first. */
export async function listDelegations(
  db: Database,
  practitionerId: string,
  day: string,
): Promise<Delegation[]> {
  return rowsOf<Delegation>(
    db,
    sql`select id, delegate, name, until,
      ${toUtc(sql`created_at`)} as "createdAt"
      from delegation where practitioner_id = ${practitionerId} and ${holdsOn(day)} order by created_at, id`,
  );
}

/** @returns false when there is none, or it was revoked before */
export async function revokeDelegation(db: Database, practitionerId: string, id: string): Promise<boolean> {
  const rows = await rowsOf(
    db,
    sql`update delegation set revoked_at = now()
      where id = ${id} and practitioner_id = ${practitionerId} and revoked_at is null returning id`,
  );
  return rows.length > 0;
}

/**
 * Practitioner ids of those who named the person their delegate, as it stands on this day.
 * @param names what the person's provider states: RPPS number, verified e-mail address in small letters
 */
export async function listDelegators(db: Database, names: readonly string[], day: string): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = await rowsOf<{ id: string }>(
    db,
    sql`select distinct practitioner_id as id from delegation where delegate = ${anyOf(names)} and ${holdsOn(day)}
      order by practitioner_id`,
  );
  return rows.map((row) => row.id);
}

function holdsOn(day: string) {
  return sql`revoked_at is null and coalesce(until >= ${day}, true)`;
}
