import { sql } from 'drizzle-orm';

import { rowOf, type Database } from './store.ts';

/** Whether nobody was ever imported. */
export async function isStoreEmpty(db: Database): Promise<boolean> {
  const { isEmpty } = await rowOf<{ isEmpty: boolean }>(
    db,
    sql`select not exists (select 1 from practitioner) and not exists (select 1 from mailbox)
      and not exists (select 1 from organization) as "isEmpty"`,
  );
  return isEmpty;
}
