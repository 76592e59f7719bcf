import { sql } from 'drizzle-orm';

import { createAffected } from './list-affected.ts';
import { anyOf } from './read-facts.ts';
import { rowOf, rowsOf, type Database, type Store } from './store.ts';
import { logAffected } from './write-change-log.ts';
import { toUtc } from './utc-text.ts';

/** Tells which of these keys (practitioner ids, mailbox addresses) must not be shown now. */
export type WithheldCheck = (keys: readonly string[]) => Promise<ReadonlySet<string>>;

const CHANNEL = 'withheld_changed';

export interface Withheld {
  /** A practitioner's id (`8` + RPPS) or a mailbox address. */
  key: string;
  reason: string;
  since: string;
}

/**
 * Hides a person or a mailbox from every channel, in one transaction with its trace in the change log.
 * @returns false when it was hidden already
 */
export async function withhold(db: Database, key: string, reason: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const added = await rowsOf(
      tx,
      sql`insert into withheld (key, reason) values (${key}, ${reason}) on conflict do nothing returning key`,
    );
    if (added.length > 0) await logWithheld(tx, key);
    return added.length > 0;
  });
}

/** Shows again what was withheld. @returns false when it was not */
export async function release(db: Database, key: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const removed = await rowsOf(tx, sql`delete from withheld where key = ${key} returning key`);
    if (removed.length > 0) await logWithheld(tx, key);
    return removed.length > 0;
  });
}

export async function listWithheld(db: Database): Promise<Withheld[]> {
  return rowsOf<Withheld>(
    db,
    sql`select key, reason, ${toUtc(sql`since`)} as since
      from withheld order by key`,
  );
}

/** Which of these keys of correspondents are withheld: people, mailboxes, and what withheld people or mailboxes declare. */
export async function listWithheldAmong(db: Database, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await rowsOf<{ key: string }>(
    db,
    sql`select key from withheld where key = ${anyOf(keys)}
      union select d.key from declaration d join withheld w on w.key in (d.practitioner_id, d.mailbox)
        where d.key = ${anyOf(keys)}`,
  );
  return new Set(rows.map((row) => row.key));
}

async function logWithheld(tx: Database, key: string): Promise<void> {
  await createAffected(tx);
  await tx.execute(sql`insert into affected
    select 'professional', ${key}::text union select 'service', ${key}::text
    union select 'professional', coalesce(practitioner_id, address) from mailbox_holder
      where address = ${key} or practitioner_id = ${key}
    union select 'service', address from mailbox_holder where practitioner_id = ${key}
    union select kind, key from declaration where practitioner_id = ${key} or mailbox = ${key}`);
  await logAffected(tx);
  await tx.execute(sql`select pg_notify(${CHANNEL}, '')`);
}

/** Asks the store each time: for programs that keep nothing between two requests. */
export function checkWithheldInStore(db: Database): WithheldCheck {
  return async (keys) => {
    if (keys.length === 0) return new Set();
    const values = sql.join(
      keys.map((key) => sql`${key}`),
      sql`, `,
    );
    const rows = await rowsOf<{ key: string }>(db, sql`select key from withheld where key in (${values})`);
    return new Set(rows.map((row) => row.key));
  };
}

const RELOAD_MS = 1000;

/**
 * Keeps the withheld set in memory, so that a search costs no statement: reloaded at each notification, and every second in
 * case one was lost. While the database does not answer, the last set known goes on serving.
 */
export async function openWithheldSet(store: Store): Promise<{ check: WithheldCheck } & AsyncDisposable> {
  let known: ReadonlySet<string> = new Set();
  let version = '';
  const reload = async () => {
    const { now } = await rowOf<{ now: string }>(
      store.db,
      sql`select count(*)::text || ' ' || coalesce(max(since)::text, '') as now from withheld`,
    );
    if (now === version) return;
    known = new Set(
      (await rowsOf<{ key: string }>(store.db, sql`select key from withheld`)).map((row) => row.key),
    );
    version = now;
  };
  await reload();
  const quietly = () => void reload().catch(() => undefined);
  const subscription = await store.listen(CHANNEL, quietly);
  const timer = setInterval(quietly, RELOAD_MS);
  return {
    check: async () => known,
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await subscription[Symbol.asyncDispose]();
    },
  };
}
