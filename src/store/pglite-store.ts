import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';

import type { Database, Store, StoreSession } from './store.ts';

/**
 * Postgres inside this process. There is one connection for all: sessions share it, so their locks are kept here, and
 * temporary tables of two sessions would clash (the import lock forbids it).
 */
export function openPgliteStore(pglite: PGlite): Store {
  const db = drizzle(pglite) as unknown as Database;
  const locks = new Set<string>();
  return {
    db,
    description: 'embedded Postgres',
    openSession: async () => openSession(pglite, db, locks),
    listen: async (channel, onNotify) => {
      const unlisten = await pglite.listen(channel, onNotify);
      return { [Symbol.asyncDispose]: () => unlisten() };
    },
    [Symbol.asyncDispose]: () => pglite.close(),
  };
}

function openSession(pglite: PGlite, db: Database, locks: Set<string>): StoreSession {
  const held = new Set<string>();
  let hasCopied = false;
  return {
    db,
    copyLines: async (table, columns, lines) => {
      hasCopied = true;
      if (lines.length === 0) return;
      await pglite.query(`copy ${table} (${columns.join(', ')}) from '/dev/blob'`, [], {
        blob: new Blob(lines as string[]),
      });
    },
    settle: async (tables) => {
      // Nothing vacuums or checkpoints in the background here.
      for (const table of tables) await pglite.query(`vacuum analyze ${table}`);
      await pglite.exec('checkpoint');
    },
    tryLock: async (name) => {
      if (locks.has(name)) return false;
      locks.add(name);
      held.add(name);
      return true;
    },
    [Symbol.asyncDispose]: async () => {
      // Temporary tables belong to the connection that all sessions share: those of a session that only locked are another's.
      if (hasCopied && !pglite.closed) await pglite.exec('discard temp');
      for (const name of held) locks.delete(name);
    },
  };
}
