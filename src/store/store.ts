import { sql, type SQL } from 'drizzle-orm';
import { PgDialect, type PgDatabase, type PgQueryResultHKT } from 'drizzle-orm/pg-core';

import { toStoreError } from './store-error.ts';

export type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;

export type Cell = string | number | boolean | null;

/** Postgres, a server or PGlite, with the same tables and the same SQL. */
export interface Store extends AsyncDisposable {
  /** For short statements, on any connection of the pool. */
  db: Database;
  /** What it is, for logs: never holds a password. */
  description: string;
  /**
   * One connection of its own, for temporary tables, bulk copies and locks that live as long as it.
   * @param onLost called once when the connection ends before it is disposed of
   */
  openSession(onLost?: () => void): Promise<StoreSession>;
  /** Calls `onNotify` after a notification on `channel` was committed; a hint that may be lost with the connection. */
  listen(channel: string, onNotify: () => void): Promise<AsyncDisposable>;
}

export interface StoreSession extends AsyncDisposable {
  db: Database;
  /**
   * Appends lines (see `toCopyLine`) to a table in one COPY. Table and columns are names of the code, never of a request.
   */
  copyLines(table: string, columns: readonly string[], lines: readonly string[]): Promise<void>;
  /**
   * Housekeeping after bulk writes to these tables: the planner learns their new sizes, and what a server does by itself in
   * the background is done at once where there is no server. Not within a transaction.
   */
  settle(tables: readonly string[]): Promise<void>;
  /** False when another session holds the lock. Held until the session is disposed of. */
  tryLock(name: string): Promise<boolean>;
}

/**
 * The rows of a raw statement, whichever driver ran it. Columns keep the names and the types that the statement gives.
 * @throws AppError `store-unavailable`, `disk-full`
 */
export async function rowsOf<Row extends object>(
  db: Pick<Database, 'execute'>,
  statement: SQL,
): Promise<Row[]> {
  return toRows(db.execute(statement));
}

const DIALECT = new PgDialect();
/** The drivers give the plans that they keep names of their own: any will do. */
const ANY_NAME = 'kept';

/**
 * As `rowsOf`, for what is asked many times a second: a server plans it once for each connection, where it keeps plans. For
 * statements of one text, whose best plan does not depend on the values.
 */
export async function keptRowsOf<Row extends object>(db: Database, statement: SQL): Promise<Row[]> {
  const query = DIALECT.sqlToQuery(statement);
  return toRows(db._.session.prepareQuery(query, undefined, ANY_NAME, false).execute());
}

/**
 * Several of these at once, as one statement: each of its own takes a connection and a millisecond of its own. Only for rows of
 * texts, booleans and numbers, and for few of them.
 */
export async function keptRowsTogether<Rows extends Record<string, object>>(
  db: Database,
  statements: { [Name in keyof Rows]: SQL },
): Promise<{ [Name in keyof Rows]: Rows[Name][] }> {
  const entries = Object.entries(statements) as [string, SQL][];
  const columns = entries.map(
    ([name, statement]) =>
      sql`(select json_agg(row_to_json(it))::text from (${statement}) it) as ${sql.identifier(name)}`,
  );
  const [row] = await keptRowsOf<Record<string, string | null>>(
    db,
    sql`select ${sql.join(columns, sql`, `)}`,
  );
  const read = entries.map(([name]) => [name, JSON.parse(row![name] ?? '[]')]);
  return Object.fromEntries(read) as { [Name in keyof Rows]: Rows[Name][] };
}

async function toRows<Row extends object>(asked: PromiseLike<unknown>): Promise<Row[]> {
  const result = await Promise.resolve(asked).catch((error: unknown) => {
    throw toStoreError(error);
  });
  if (Array.isArray(result)) return result as Row[];
  return (result as { rows: Row[] }).rows;
}

/** @returns the only row; a statement that gives none is a bug. */
export async function rowOf<Row extends object>(db: Pick<Database, 'execute'>, statement: SQL): Promise<Row> {
  const [row] = await rowsOf<Row>(db, statement);
  if (row === undefined) throw new Error('a statement that always gives a row gave none');
  return row;
}
