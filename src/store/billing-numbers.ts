import { sql } from 'drizzle-orm';

import type { BillingNumber } from '#domain/expertise.ts';

import { rowsOf, type Database } from './store.ts';

/** What is private of an expertise, at version 0 while nothing was ever said. Nothing else reads it. */
export async function readBillingNumbers(
  db: Database,
  key: string,
): Promise<{ numbers: BillingNumber[]; version: number }> {
  const [row] = await rowsOf<{ numbers: string; version: number }>(
    db,
    sql`select numbers, version from expertise_billing where key = ${key}`,
  );
  if (row === undefined) return { numbers: [], version: 0 };
  return { numbers: JSON.parse(row.numbers) as BillingNumber[], version: row.version };
}

/** @returns false when it is no longer at the version given: another has changed it, nothing is done */
export async function writeBillingNumbers(
  db: Database,
  key: string,
  numbers: readonly BillingNumber[],
  { version, by }: { version: number; by: string },
): Promise<boolean> {
  const text = JSON.stringify(numbers);
  const written = await rowsOf(
    db,
    version === 0
      ? sql`insert into expertise_billing (key, numbers, version, changed_by) values (${key}, ${text}, 1, ${by})
          on conflict do nothing returning key`
      : sql`update expertise_billing set numbers = ${text}, version = version + 1, changed_at = now(), changed_by = ${by}
          where key = ${key} and version = ${version} returning key`,
  );
  return written.length > 0;
}
