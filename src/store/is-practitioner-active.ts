import { sql } from 'drizzle-orm';

import { rowOf, type Database } from './store.ts';

/** Whether the last import still knew somebody. @param id the national identifier, `8` and the RPPS */
export async function isPractitionerActive(db: Database, id: string): Promise<boolean> {
  const { isActive } = await rowOf<{ isActive: boolean }>(
    db,
    sql`select exists (select 1 from practitioner where id = ${id} and is_active) as "isActive"`,
  );
  return isActive;
}
