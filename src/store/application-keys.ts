import { sql } from 'drizzle-orm';

import { rowsOf, type Database } from './store.ts';
import { textArray } from './text-array.ts';
import { toUtc } from './utc-text.ts';

/** A key as it may be shown: without its secret. Instants are RFC 3339; null: never. */
export interface KnownKey {
  id: string;
  name: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export async function insertKey(
  db: Database,
  {
    id,
    name,
    secretHash,
    scopes,
  }: { id: string; name: string; secretHash: string; scopes: readonly string[] },
): Promise<void> {
  await rowsOf(
    db,
    sql`insert into application_key (id, name, secret_hash, scopes)
      values (${id}, ${name}, ${secretHash}, ${textArray(scopes)})`,
  );
}

/** @returns false when there is no such key, or it was revoked before */
export async function revokeKey(db: Database, id: string): Promise<boolean> {
  const rows = await rowsOf(
    db,
    sql`update application_key set revoked_at = now() where id = ${id} and revoked_at is null returning id`,
  );
  return rows.length > 0;
}

/** The oldest first, revoked ones included. Scopes come as JSON: one of the drivers gives an array as its text. */
export async function listKeys(db: Database): Promise<KnownKey[]> {
  return rowsOf<KnownKey>(
    db,
    sql`select id, name, to_json(scopes) as scopes, ${toUtc(sql`created_at`)} as "createdAt", ${toUtc(sql`last_used_at`)} as "lastUsedAt",
      ${toUtc(sql`revoked_at`)} as "revokedAt" from application_key order by created_at, id`,
  );
}

/** Undefined for an unknown or revoked one. `isUseStale`: its last use, as noted, is more than a minute ago. */
export async function findKey(
  db: Database,
  id: string,
): Promise<{ name: string; secretHash: string; scopes: string[]; isUseStale: boolean } | undefined> {
  const [row] = await rowsOf<{ name: string; secretHash: string; scopes: string[]; isUseStale: boolean }>(
    db,
    sql`select name, secret_hash as "secretHash", to_json(scopes) as scopes,
      coalesce(last_used_at < now() - interval '1 minute', true) as "isUseStale"
      from application_key where id = ${id} and revoked_at is null`,
  );
  return row;
}

export async function noteKeyUse(db: Database, id: string): Promise<void> {
  await rowsOf(
    db,
    sql`update application_key set last_used_at = now()
      where id = ${id} and coalesce(last_used_at < now() - interval '1 minute', true)`,
  );
}
