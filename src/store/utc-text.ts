import { sql, type SQL } from 'drizzle-orm';

/** An instant as answers give it, whatever the driver: RFC 3339, UTC, to the second. Null stays null. */
export function toUtc(instant: SQL): SQL {
  return sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}
