import { sql } from 'drizzle-orm';

import { keptRowsOf, type Database } from './store.ts';

/** National identifiers of the people who hold a personal or shared mailbox, in order; empty for a service. */
export async function readHolderIds(db: Database, address: string): Promise<string[]> {
  const rows = await keptRowsOf<{ id: string }>(
    db,
    sql`select distinct practitioner_id as id from mailbox_holder h join mailbox m on m.address = h.address
      where h.address = ${address} and h.is_active and m.is_active and practitioner_id is not null order by id`,
  );
  return rows.map((row) => row.id);
}
