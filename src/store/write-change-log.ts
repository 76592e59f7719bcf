import { sql, type SQL } from 'drizzle-orm';

import { withShown } from './shown-correspondent.ts';
import { rowOf, type Database } from './store.ts';

export const CHANGE_CHANNEL = 'correspondents_changed';

/**
 * Logs what became of the correspondents named in the table `affected (kind, key)`, which the caller filled, each once, in this
 * very transaction, together with the change itself. One row a correspondent: the last change replaces the one before; one that
 * was never shown and is not now leaves no row.
 * @param areFew see `withShown`
 */
export async function logAffected(tx: Database, areFew = false): Promise<void> {
  await tx.execute(sql`analyze affected`);
  // Two million rows cannot conflict with none: the plain insert takes half the time.
  await logRelation(tx, sql`affected`, (await isLogEmpty(tx)) ? sql`` : TAKE_THE_PLACE, areFew);
}

const TAKE_THE_PLACE = sql`on conflict (key, kind) do update set
  xid = excluded.xid,
  seq = excluded.seq,
  is_deleted = excluded.is_deleted,
  created_xid = case when l.is_deleted then excluded.created_xid else l.created_xid end`;

/** Logs the correspondents of a relation `(kind, key)`, each once, as `logAffected` does. */
export async function logRelation(
  tx: Database,
  relation: SQL,
  onConflict = TAKE_THE_PLACE,
  areFew = false,
): Promise<void> {
  await tx.execute(logging(relation, onConflict, areFew));
  await tx.execute(sql`select pg_notify(${CHANGE_CHANNEL}, '')`);
}

/** What `logRelation` writes, as part of a statement that makes the change too, and that must notify `CHANGE_CHANNEL`. */
export function logging(relation: SQL, onConflict = TAKE_THE_PLACE, areFew = false): SQL {
  return sql`
    insert into change_log as l (kind, key, xid, seq, is_deleted, created_xid)
    select a.kind, a.key, pg_current_xact_id(), nextval('change_log_seq'), not a.is_shown, pg_current_xact_id()
    from (select * from ${withShown(relation, areFew)} s offset 0) a
    left join change_log e on e.key = a.key and e.kind = a.kind
    where a.is_shown or not e.is_deleted
    order by a.key
    ${onConflict}`;
}

/** Whether nothing was ever logged: the store is new. */
export async function isLogEmpty(db: Database): Promise<boolean> {
  const { isEmpty } = await rowOf<{ isEmpty: boolean }>(
    db,
    sql`select not exists (select 1 from change_log) as "isEmpty"`,
  );
  return isEmpty;
}

/** What this transaction has logged so far. */
export async function countLogged(
  tx: Database,
): Promise<{ created: number; changed: number; removed: number }> {
  return rowOf(
    tx,
    sql`select count(*) filter (where is_deleted)::int as removed,
      count(*) filter (where not is_deleted and created_xid = xid)::int as created,
      count(*) filter (where not is_deleted and created_xid <> xid)::int as changed
      from change_log where xid = pg_current_xact_id()`,
  );
}
