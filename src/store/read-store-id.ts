import { sql } from 'drizzle-orm';

import { rowOf, type Database } from './store.ts';

const cache = new WeakMap<Database, string>();

/** Which directory this is: a UUID made when its tables were. */
export async function readStoreId(db: Database): Promise<string> {
  const known = cache.get(db);
  if (known !== undefined) return known;
  const { id } = await rowOf<{ id: string }>(db, sql`select id::text as id from store_identity`);
  cache.set(db, id);
  return id;
}
