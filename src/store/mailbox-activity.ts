import { sql, type SQL } from 'drizzle-orm';

import type { MailboxChannel } from '#domain/mailbox-channels.ts';

import { createAffected } from './list-affected.ts';
import { keptRowsOf, rowOf, type Database } from './store.ts';
import { textArray } from './text-array.ts';
import { logAffected } from './write-change-log.ts';

/**
 * Each mailbox has one day of these when the day that the index holds is brought forward, by its address: openings of every day
 * cost the index one write in as many days, spread evenly. One that was not opened near its day is written when the day that
 * the index holds is {@link LATE_DAYS} old, two days before it would make an answer wrong.
 */
const REFRESH_DAYS = 28;
const LATE_DAYS = 29;
/** Mailboxes: each is looked at by itself; of more, whole tables are read. */
const FEW = 50_000;

/**
 * Keeps the last opening of each mailbox, whatever the order of arrival, and logs those whose day in the index must change, in
 * one transaction. Repeating a call changes nothing.
 * @param openings at most one an address
 * @returns how many mailboxes' days the index must write
 */
export async function recordOpenings(
  db: Database,
  openings: ReadonlyMap<string, string>,
  now: Date,
): Promise<number> {
  if (openings.size === 0) return 0;
  const addresses = [...openings.keys()];
  return db.transaction(async (tx) => {
    await suitManyRows(tx);
    await lockDays(tx);
    return bringDaysForward(
      tx,
      now,
      sql`insert into mailbox_activity as a (address, opened_at)
        select address, opened_at::timestamptz
          from unnest(${textArray(addresses)}, ${textArray([...openings.values()])}) as o (address, opened_at)
          order by address
        on conflict (address) do update set opened_at = excluded.opened_at
          where excluded.opened_at > a.opened_at
        returning address, opened_at`,
    );
  });
}

/**
 * Logs every mailbox whose day in the index must change by now: those that were opened since, and nobody reported on today; those
 * that an import brought after their operator's report. To be called some times a day.
 * @returns how many
 */
export async function refreshIndexedDays(db: Database, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    await suitManyRows(tx);
    await lockDays(tx);
    return bringDaysForward(tx, now, sql`select address, opened_at from mailbox_activity`);
  });
}

/** Two callers at once would take the same rows in another order. */
async function lockDays(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('mailbox-days', 0))`);
}

/** @param openings gives `(address, opened_at)` of the mailboxes to look at */
async function bringDaysForward(tx: Database, now: Date, openings: SQL): Promise<number> {
  const today = sql`${now.toISOString().slice(0, 10)}::text::date`;
  await tx.execute(sql`create temp table due (address text collate "C" not null) on commit drop`);
  // The slot is asked of `a`: of `m`, its digest is made of every mailbox there is before the two are joined.
  await tx.execute(sql`with a as (${openings}),
    brought as (
      update mailbox m set last_opened_on = (a.opened_at at time zone 'UTC')::date
      from a
      where a.address = m.address and m.is_active
        and (m.last_opened_on is null or (
          m.last_opened_on < (a.opened_at at time zone 'UTC')::date
          and (m.last_opened_on <= ${today} - ${LATE_DAYS}::int
            or (m.last_opened_on <= ${today} - 2 and ${slotOf(sql`a.address`)} = (${today} - date '2000-01-01') % ${REFRESH_DAYS}::int))))
      returning m.address)
    insert into due select address from brought`);
  return logMailboxes(tx);
}

/** Logs the correspondents that show the mailboxes of the temporary table `due`. @returns how many mailboxes there are */
async function logMailboxes(tx: Database): Promise<number> {
  const { count } = await rowOf<{ count: number }>(tx, sql`select count(*)::int as count from due`);
  if (count === 0) return 0;
  // How many there are decides how the next statements are done.
  await tx.execute(sql`analyze due`);
  await createAffected(tx);
  await tx.execute(withAffected(sql`due`));
  await logAffected(tx, count <= FEW);
  return count;
}

/** Compiling the statements takes longer than running them; 50,000 addresses are sorted in memory. */
async function suitManyRows(tx: Database): Promise<void> {
  await tx.execute(sql`select set_config('jit', 'off', true), set_config('work_mem', '32MB', true)`);
}

/** 0 to 27, evenly spread over addresses. */
function slotOf(address: SQL): SQL {
  return sql`(('x' || substr(md5(${address}), 1, 7))::bit(28)::int % ${REFRESH_DAYS}::int)`;
}

/** Names in `affected` the correspondents that show these mailboxes. */
function withAffected(addresses: SQL): SQL {
  return sql`insert into affected
    select 'professional', coalesce(h.practitioner_id, h.address) from mailbox_holder h
      join ${addresses} d on d.address = h.address where h.is_active
    union select 'service', address from ${addresses}
    union select e.kind, e.key from declaration e join ${addresses} d on d.address = e.mailbox`;
}

/**
 * The day of the last opening of these mailboxes, exact, for those that an operator reports on.
 */
export async function readOpenedDays(
  db: Database,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await keptRowsOf<{ address: string; day: string }>(
    db,
    sql`select address, (opened_at at time zone 'UTC')::date::text as day from mailbox_activity
      where address = any(${textArray(addresses)})`,
  );
  return new Map(rows.map(({ address, day }) => [address, day]));
}

/**
 * Replaces what these mailboxes can receive, and logs those for which that is new, in one transaction.
 * @returns how many it is new for
 */
export async function declareChannels(
  db: Database,
  declared: ReadonlyMap<string, readonly MailboxChannel[]>,
): Promise<number> {
  if (declared.size === 0) return 0;
  const lists = [...declared.values()].map((channels) => channels.join(','));
  return db.transaction(async (tx) => {
    await suitManyRows(tx);
    await tx.execute(sql`create temp table due (address text collate "C" not null) on commit drop`);
    await tx.execute(sql`with changed as (
        insert into mailbox_channels as c (address, channels)
        select address, string_to_array(list, ',')
          from unnest(${textArray([...declared.keys()])}, ${textArray(lists)}) as d (address, list)
          order by address
        on conflict (address) do update set channels = excluded.channels, declared_at = now()
          where c.channels <> excluded.channels
        returning address)
      insert into due select address from changed`);
    return logMailboxes(tx);
  });
}
