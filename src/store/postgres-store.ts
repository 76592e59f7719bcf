import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

import { isAppError } from '#domain/errors.ts';

import type { Database, Store, StoreSession } from './store.ts';
import { toStoreError } from './store-error.ts';

export interface PostgresSettings {
  url: string;
  poolMax: number;
  /** False on Workers, where a connection does not outlive a request and prepared statements go through a pooler. */
  isLongLived?: boolean;
}

const LISTEN_AGAIN_AFTER_S = 0.5;

/** A Postgres server, version 14 or later. Connects at the first statement. */
export function openPostgresStore(settings: PostgresSettings): Store {
  const isLongLived = settings.isLongLived ?? true;
  const connect = (max: number, onclose?: () => void) =>
    postgres(settings.url, {
      max,
      // Nobody would catch the failure of that question of the driver's own: it would end the process.
      fetch_types: false,
      ...(isLongLived ? {} : { prepare: false }),
      connect_timeout: 10,
      // A caller is told at once that the database is away; the next one tries again.
      backoff: false,
      idle_timeout: isLongLived && onclose === undefined ? 60 : 0,
      max_lifetime: null,
      onnotice: () => undefined,
      ...(onclose === undefined ? {} : { onclose }),
      connection: { application_name: 'correspondants' },
    });
  const pool = connect(settings.poolMax);
  const listener = connectListener(settings.url);
  return {
    db: toDatabase(pool),
    description: describeUrl(settings.url),
    openSession: (onLost) => openSession(connect, onLost),
    listen: async (channel, onNotify) => {
      const { unlisten } = await listener.listen(channel, onNotify, onNotify);
      // A connection that is gone does not listen either: its error must not hide the one that ended the listening.
      return { [Symbol.asyncDispose]: () => unlisten().catch(() => undefined) };
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([pool.end({ timeout: 5 }), listener.end({ timeout: 5 })]);
    },
  };
}

/** Listens again by itself, for as long as the database is away: not without a pause. */
function connectListener(url: string): postgres.Sql {
  return postgres(url, {
    fetch_types: false,
    connect_timeout: 10,
    backoff: () => LISTEN_AGAIN_AFTER_S,
    onnotice: () => undefined,
    connection: { application_name: 'correspondants' },
  });
}

async function openSession(
  connect: (max: number, onclose: () => void) => postgres.Sql,
  onLost: (() => void) | undefined,
): Promise<StoreSession> {
  let isDisposed = false;
  const client = connect(1, () => {
    if (!isDisposed) onLost?.();
  });
  try {
    await client`select 1`;
  } catch (cause) {
    throw toStoreError(cause);
  }
  // Else the locks of a program that was killed are held until its statement ends. Servers on some systems cannot.
  await client`select set_config('client_connection_check_interval', '1000', false)`.catch(() => undefined);
  let copying: Promise<void> = Promise.resolve();
  return {
    db: toDatabase(client),
    copyLines: (table, columns, lines) => {
      const statement = `copy ${table} (${columns.join(', ')}) from stdin`;
      // The driver sends statements ahead of their turn, which the protocol forbids during a COPY: one after the other.
      const copied = copying.then(() => copyText(client, statement, lines));
      copying = copied.catch(() => undefined);
      return copied;
    },
    settle: async (tables) => {
      for (const table of tables) await client.unsafe(`analyze ${table}`);
    },
    tryLock: async (name) => {
      const [row] = await client`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as taken`;
      return row?.['taken'] === true;
    },
    [Symbol.asyncDispose]: async () => {
      isDisposed = true;
      await client.end({ timeout: 5 });
    },
  };
}

/**
 * When the connection is lost, the driver rejects the transaction by itself; were its work rejected too, it would roll back on
 * the connection that is gone, which ends the process (the bug is in 3.4.9). So the work is left unsettled then.
 * @see https://github.com/porsager/postgres/issues/1208
 */
function toDatabase(client: postgres.Sql): Database {
  const db = drizzle(client) as unknown as Database;
  const transaction = db.transaction.bind(db);
  db.transaction = (work, config) =>
    transaction(async (tx) => {
      try {
        return await work(tx);
      } catch (error) {
        if (!isConnectionLost(error)) throw error;
        return await new Promise<never>(() => undefined);
      }
    }, config);
  return db;
}

function isConnectionLost(error: unknown): boolean {
  const storeError = toStoreError(error);
  return isAppError(storeError) && storeError.code === 'store-unavailable';
}

async function copyText(client: postgres.Sql, statement: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const stream = await client.unsafe(statement).writable();
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject);
    stream.once('finish', resolve);
    stream.end(lines.join(''));
  });
}

function describeUrl(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `Postgres at ${hostname}:${port || '5432'}${pathname}`;
}
