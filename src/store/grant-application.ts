import { sql } from 'drizzle-orm';

import { rowsOf, type Database } from './store.ts';

/**
 * Gives a role of the database what a server needs, and no more: it can add to the audit and read it, but neither change it nor undo
 * what protects it, since nothing belongs to it. Also of tables that later versions add. Whoever calls owns the tables.
 * @returns `absent` when there is no such role; `mighty` when the role could do all of it anyway, so that nothing was given
 */
export async function grantApplication(db: Database, role: string): Promise<'granted' | 'absent' | 'mighty'> {
  const [known] = await rowsOf<{ isMighty: boolean }>(
    db,
    sql`select rolsuper or pg_has_role(oid, (select relowner from pg_class where oid = 'audit_event'::regclass), 'member')
        as "isMighty" from pg_roles where rolname = ${role}`,
  );
  if (!known) return 'absent';
  if (known.isMighty) return 'mighty';
  const name = sql.identifier(role);
  const [here] = await rowsOf<{ database: string; schema: string }>(
    db,
    sql`select current_database() as database, current_schema() as schema`,
  );
  const [database, schema] = [sql.identifier(here!.database), sql.identifier(here!.schema)];
  await db.transaction(async (tx) => {
    for (const statement of [
      sql`grant connect, temporary on database ${database} to ${name}`,
      sql`grant usage on schema ${schema} to ${name}`,
      sql`grant select, insert, update, delete on all tables in schema ${schema} to ${name}`,
      sql`grant usage, select on all sequences in schema ${schema} to ${name}`,
      sql`alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${name}`,
      sql`alter default privileges in schema ${schema} grant usage, select on sequences to ${name}`,
      sql`revoke all on audit_event, schema_migration from ${name}`,
      sql`grant select, insert on audit_event to ${name}`,
      sql`grant select on schema_migration to ${name}`,
    ])
      await tx.execute(statement);
  });
  return 'granted';
}
