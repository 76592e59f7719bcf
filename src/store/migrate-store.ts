import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';

import { AppError } from '#domain/errors.ts';

import { toStoreError } from './store-error.ts';
import { rowOf, type Database, type Store } from './store.ts';

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../drizzle', import.meta.url));

/**
 * Brings the tables up to this program's version, in one transaction. Safe to call from several processes at once.
 * Tables that are up to date are left alone, so that a role which does not own them can call it too.
 * @throws AppError `store-newer` when a later version of the program has migrated it, `store-rights-missing` when they are not up to
 *   date and belong to another role, `store-unavailable`
 */
export async function migrateStore(store: Store): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER });
  try {
    await store.db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('correspondants:migrate', 0))`);
      const storeVersion = await readStoreVersion(tx);
      if (storeVersion > migrations.length) throw storeNewer(storeVersion, migrations.length);
      if (storeVersion === migrations.length) return;
      await tx.execute(sql`create table if not exists schema_migration (
        position integer primary key, name text not null, hash text not null, applied_at timestamptz not null default now())`);
      const names = await readMigrationNames();
      for (const [index, migration] of migrations.entries()) {
        if (index < storeVersion) continue;
        for (const statement of migration.sql) await tx.execute(sql.raw(statement));
        await tx.execute(sql`insert into schema_migration (position, name, hash)
          values (${index + 1}, ${names[index] ?? ''}, ${migration.hash})`);
      }
      await tx.execute(sql`insert into store_identity (id)
        select gen_random_uuid() where not exists (select 1 from store_identity)`);
    });
  } catch (cause) {
    throw toStoreError(cause);
  }
}

/** 0 for a database without tables. */
async function readStoreVersion(db: Pick<Database, 'execute'>): Promise<number> {
  const { exists } = await rowOf<{ exists: boolean }>(
    db,
    sql`select to_regclass('schema_migration') is not null as exists`,
  );
  if (!exists) return 0;
  const { version } = await rowOf<{ version: number }>(
    db,
    sql`select coalesce(max(position), 0)::int as version from schema_migration`,
  );
  return version;
}

function storeNewer(storeVersion: number, supportedVersion: number): AppError {
  return new AppError(
    'store-newer',
    `The directory was written by a later version of this program (its tables are at version ${storeVersion}, this program knows ${supportedVersion}): install that version or a later one.`,
    { storeVersion, supportedVersion },
  );
}

async function readMigrationNames(): Promise<string[]> {
  const journal = JSON.parse(await readFile(`${MIGRATIONS_FOLDER}/meta/_journal.json`, 'utf8')) as {
    entries: { tag: string }[];
  };
  return journal.entries.map((entry) => entry.tag);
}
