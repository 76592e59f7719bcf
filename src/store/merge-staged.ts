import { sql, type SQL } from 'drizzle-orm';

import type { SourceId } from '#domain/source.ts';

import { stagedColumns, type FedTable } from './fed-tables.ts';
import { rowOf, rowsOf, type Database } from './store.ts';

/** Counts of rows; `active` is what the source stated before. */
export interface MergeCounts {
  staged: number;
  active: number;
  created: number;
  changed: number;
  removed: number;
}

const ids = (names: readonly string[], prefix = ''): SQL =>
  sql.join(
    names.map((name) =>
      prefix === '' ? sql.identifier(name) : sql`${sql.raw(prefix)}.${sql.identifier(name)}`,
    ),
    sql`, `,
  );

/** What one source states for one table, during one run. */
export interface Feed {
  table: FedTable;
  source: SourceId;
}

export const stagedName = ({ table, source }: Feed) => `staged_${table.name}_${source.replace('-', '_')}`;
const staged = (feed: Feed) => sql.identifier(stagedName(feed));
const merged = (feed: Feed) => sql.identifier(`merged_${feed.table.name}_${feed.source.replace('-', '_')}`);
export const diffOf = (feed: Feed) =>
  sql.identifier(`diff_${feed.table.name}_${feed.source.replace('-', '_')}`);
const live = ({ table }: Feed) => sql.identifier(table.name);

/** The server's own housekeeping of tables that live for minutes would hold up their end, a second each. */
const UNWATCHED = sql`with (autovacuum_enabled = false)`;

/**
 * The table that COPY fills. It and those made from it are ordinary ones without a log, so that one connection may fill the next
 * while another compares the last; what a killed run leaves of them, the next one drops.
 * @throws AppError `store-rights-missing` when the tables belong to another role
 */
export async function createStaging(db: Database, feed: Feed): Promise<void> {
  const { table } = feed;
  const columns = stagedColumns(table).map(
    (name) => sql`${sql.identifier(name)} ${sql.raw(table.types?.[name] ?? 'text collate "C"')}`,
  );
  await dropStaging(db, [feed]);
  await rowsOf(db, sql`create unlogged table ${staged(feed)} (${sql.join(columns, sql`, `)}) ${UNWATCHED}`);
}

export async function dropStaging(db: Database, feeds: readonly Feed[]): Promise<void> {
  const tables = feeds.flatMap((feed) => [staged(feed), merged(feed), diffOf(feed)]);
  await db.execute(sql`drop table if exists ${sql.join(tables, sql`, `)}`);
}

/**
 * Compares what was staged with what the source stated before, and writes nothing but tables of its own. Of staged rows that
 * share a key, the one that states most wins, then the first in the order of its values (so the order of lines never matters).
 */
export async function compareStaged(db: Database, feed: Feed): Promise<MergeCounts> {
  const { table, source } = feed;
  const values = ids(table.values);
  const rank = table.values.length === 0 ? sql`` : sql`, num_nonnulls(${values}) desc, ${values}`;
  const key = table.digest
    ? sql`md5(row(${ids(table.digest)})::text)::uuid as ${ids(table.key)}, ${values}`
    : ids(stagedColumns(table));
  if (table.digest && table.digest.length === table.values.length) {
    await db.execute(sql`create unlogged table ${merged(feed)} ${UNWATCHED} as
      select ${key} from (select distinct ${values} from ${staged(feed)}) s`);
  } else {
    await db.execute(sql`create unlogged table ${merged(feed)} ${UNWATCHED} as
      select distinct on (${ids(table.key)}) * from (select ${key} from ${staged(feed)}) s
      order by ${ids(table.key)}${rank}`);
  }
  await db.execute(sql`drop table ${staged(feed)}`);
  await db.execute(sql`analyze ${merged(feed)}`);
  const sameKey = sql.join(
    table.key.map((name) => sql`s.${sql.identifier(name)} = t.${sql.identifier(name)}`),
    sql` and `,
  );
  const anyKey = sql.identifier(table.key[0]!);
  const coalesced = sql.join(
    table.key.map(
      (name) =>
        sql`coalesce(s.${sql.identifier(name)}, t.${sql.identifier(name)}) as ${sql.identifier(name)}`,
    ),
    sql`, `,
  );
  const differs =
    table.digest?.length === table.values.length || table.values.length === 0
      ? sql`false`
      : sql`(${ids(table.values, 's')}) is distinct from (${ids(table.values, 't')})`;
  await db.execute(sql`create unlogged table ${diffOf(feed)} ${UNWATCHED} as
    select ${coalesced},
      case when t.${anyKey} is null then 'created' when s.${anyKey} is null then 'removed'
        when not t.is_active then 'created' else 'changed' end as operation,
      t.${anyKey} is not null as is_known
    from ${merged(feed)} s
    full join (select * from ${live(feed)} ${ofSource(table, source)}) t on ${sameKey}
    where t.${anyKey} is null
      or (s.${anyKey} is null and t.is_active)
      or (s.${anyKey} is not null and (not t.is_active or ${differs}))`);
  await db.execute(sql`analyze ${diffOf(feed)}`);
  return rowOf<MergeCounts>(
    db,
    sql`select (select count(*)::int from ${merged(feed)}) as staged,
      (select count(*)::int from ${live(feed)} ${ofSource(table, source, sql`is_active`)}) as active,
      count(*) filter (where operation = 'created')::int as created,
      count(*) filter (where operation = 'changed')::int as changed,
      count(*) filter (where operation = 'removed')::int as removed
      from ${diffOf(feed)}`,
  );
}

/**
 * Writes what {@link compareStaged} found. Into an empty table rows go before its indexes are made: entries added at random to the
 * indexes of two million rows took most of the time of a first import.
 */
export async function applyStaged(tx: Database, feed: Feed, statedAt: string): Promise<void> {
  const { table, source } = feed;
  const key = ids(table.key);
  const columns = [...table.key, ...table.values];
  const joined = sql.join(
    table.key.map((name) => sql`s.${sql.identifier(name)} = d.${sql.identifier(name)}`),
    sql` and `,
  );
  const sourceColumn = table.hasSource ? sql`source, ` : sql``;
  const sourceValue = table.hasSource ? sql`${source}, ` : sql``;
  const restoreIndexes = await dropIndexesIfEmpty(tx, table);
  await tx.execute(sql`insert into ${live(feed)} (${sourceColumn}${ids(columns)}, stated_at)
    select ${sourceValue}${ids(columns, 's')}, ${statedAt}::timestamptz
    from ${merged(feed)} s join ${diffOf(feed)} d on ${joined}
    where d.operation = 'created' and not d.is_known order by ${ids(table.neighbours ?? table.key, 's')}`);
  await restoreIndexes();
  const setters = table.values.map((name) => sql`${sql.identifier(name)} = s.${sql.identifier(name)}, `);
  const onLive = sql.join(
    table.key.map((name) => sql`t.${sql.identifier(name)} = d.${sql.identifier(name)}`),
    sql` and `,
  );
  const sourceMatch = table.hasSource ? sql` and t.source = ${source}` : sql``;
  await tx.execute(sql`update ${live(feed)} t set ${sql.join(setters, sql``)} is_active = true,
      stated_at = ${statedAt}::timestamptz, changed_at = now()
    from ${diffOf(feed)} d join ${merged(feed)} s on ${joined}
    where ${onLive}${sourceMatch} and (d.operation = 'changed' or (d.operation = 'created' and d.is_known))`);
  await tx.execute(sql`update ${live(feed)} t set is_active = false, stated_at = ${statedAt}::timestamptz,
      changed_at = now()
    from (select ${key} from ${diffOf(feed)} where operation = 'removed') d
    where ${onLive}${sourceMatch}`);
}

/** @returns what makes the indexes again */
async function dropIndexesIfEmpty(tx: Database, { name }: FedTable): Promise<() => Promise<void>> {
  const table = sql.identifier(name);
  const { isEmpty } = await rowOf<{ isEmpty: boolean }>(
    tx,
    sql`select not exists (select 1 from ${table}) as "isEmpty"`,
  );
  if (!isEmpty) return async () => undefined;
  const indexes = await rowsOf<{ index: string; definition: string }>(
    tx,
    sql`select i.indexrelid::regclass::text as index, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i where i.indrelid = ${name}::regclass and not i.indisprimary`,
  );
  const { key, definition } = await rowOf<{ key: string; definition: string }>(
    tx,
    sql`select conname as key, pg_get_constraintdef(oid) as definition
      from pg_constraint where conrelid = ${name}::regclass and contype = 'p'`,
  );
  for (const { index } of indexes) await tx.execute(sql`drop index ${sql.raw(index)}`);
  await tx.execute(sql`alter table ${table} drop constraint ${sql.identifier(key)}`);
  return async () => {
    const primaryKey = sql`${sql.identifier(key)} ${sql.raw(definition)}`;
    await tx.execute(sql`alter table ${table} add constraint ${primaryKey}`);
    for (const index of indexes) await tx.execute(sql.raw(index.definition));
  };
}

/**
 * Memory for the sorts and joins of two million rows; a plan is compiled in less time than it takes to optimise it. Queries use one
 * process: further ones took cores from searches, and an import did not end sooner, since files are read meanwhile.
 */
export async function prepareForMerge(db: Database): Promise<void> {
  await db.execute(sql`set work_mem = '128MB'`);
  await db.execute(sql`set max_parallel_workers_per_gather = 0`);
  await db.execute(sql`set jit = off`);
}

function ofSource(table: FedTable, source: string, condition?: SQL): SQL {
  const conditions = [table.hasSource ? sql`source = ${source}` : undefined, condition].filter(
    (it) => it !== undefined,
  );
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
}
