import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { migrateStore } from '#store/migrate-store.ts';
import { openPostgresStore } from '#store/postgres-store.ts';
import { sql } from 'drizzle-orm';

import { openEmbeddedEngine } from '../../src/embedded/engine.ts';
import { findPostgresBinaries, startPostgresServer } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Undefined when no Postgres server is installed: tests then run on PGlite alone. */
    postgresUrl: string | undefined;
    engine: { url: string; key: string };
  }
}

export const TEMPLATE_DATABASE = 'correspondants_template';

/** One Postgres server, with a migrated template database, and one engine for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await using stack = new AsyncDisposableStack();
  const binaries = await findPostgresBinaries();
  if (binaries === undefined) {
    if (process.env['CI']) throw new Error('no Postgres server is installed: it must be for CI');
    console.warn('No Postgres server is installed: tests run on the embedded one only (see the README).');
    project.provide('postgresUrl', undefined);
  } else {
    const server = await startPostgresServer(binaries, ['fsync=off', 'max_connections=200']);
    stack.use(server);
    await makeTemplate(server.url);
    project.provide('postgresUrl', server.url);
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'correspondants-engine-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const log = { info: () => undefined, warning: () => undefined };
  const engine = await openEmbeddedEngine({ dataDir, signal: new AbortController().signal, log });
  stack.use(engine);
  project.provide('engine', { url: engine.url, key: engine.key });
  const owned = stack.move();
  return () => owned.disposeAsync();
}

async function makeTemplate(url: string): Promise<void> {
  await using server = openPostgresStore({ url, poolMax: 1 });
  await server.db.execute(sql`create database ${sql.identifier(TEMPLATE_DATABASE)}`);
  const template = new URL(url);
  template.pathname = `/${TEMPLATE_DATABASE}`;
  await using store = openPostgresStore({ url: template.href, poolMax: 1 });
  await migrateStore(store);
}
