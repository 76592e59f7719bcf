import { randomUUID } from 'node:crypto';

import { sql } from 'drizzle-orm';
import { inject } from 'vitest';

import { migrateStore } from '#store/migrate-store.ts';
import { openPgliteStore } from '#store/pglite-store.ts';
import { openPostgresStore } from '#store/postgres-store.ts';
import type { Store } from '#store/store.ts';

import { openPglite } from '../../src/embedded/pglite.ts';

export type StoreKind = 'Postgres server' | 'PGlite';

/** The kinds of store to run a test on: both where a server is installed. */
export const STORE_KINDS: StoreKind[] =
  inject('postgresUrl') === undefined ? ['PGlite'] : ['Postgres server', 'PGlite'];
/** A migrated, empty store of its own. `url` is that of the server's database, if it is one. */
export async function openTestStore(kind: StoreKind): Promise<Store & { url: string | undefined }> {
  return kind === 'PGlite' ? openInMemory() : openOnServer();
}

let template: Promise<Blob> | undefined;

async function openInMemory(): Promise<Store & { url: undefined }> {
  template ??= makeTemplate();
  return { ...openPgliteStore(await openPglite(undefined, { template: await template })), url: undefined };
}

async function makeTemplate(): Promise<Blob> {
  const pglite = await openPglite(undefined);
  await migrateStore(openPgliteStore(pglite));
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  return dump;
}

async function openOnServer(): Promise<Store & { url: string }> {
  const url = new URL(inject('postgresUrl')!);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = openPostgresStore({ url: url.href, poolMax: 1 });
  await admin.db.execute(sql`create database ${sql.identifier(name)} template correspondants_template`);
  url.pathname = `/${name}`;
  const store = openPostgresStore({ url: url.href, poolMax: 4 });
  return {
    ...store,
    url: url.href,
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      await admin.db.execute(sql`drop database ${sql.identifier(name)} with (force)`);
      await admin[Symbol.asyncDispose]();
    },
  };
}
