import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { openEmbeddedEngine } from '#embedded/engine.ts';

import { preferChildren, preferProcess } from './machine.ts';
import { findPostgresBinaries, startPostgresServer } from '../test/support/postgres-server.ts';

/** A Postgres server and a Meilisearch of our own, on loopback, whose data outlives them. */
export interface KeptServers extends AsyncDisposable {
  databaseUrl: string;
  engine: { url: string; key: string; pid: number };
  /** For a child process of the project: the settings that name these servers. */
  env: Record<string, string>;
}

/** Ordinary ones of a small server; nothing that a crash could turn into a loss. */
export const POSTGRES_SETTINGS = [
  'shared_buffers=512MB',
  'max_wal_size=4GB',
  'maintenance_work_mem=256MB',
  'checkpoint_timeout=15min',
] as const;

const PREFER_INTERVAL_MS = 500;
/** Statements that take longer are in the server's own log, in the folder. */
const SLOW_STATEMENT_MS = 1000;

/**
 * Starts both on a folder; data that an earlier run left there is taken up again.
 * @param engineMemory what the engine may use for indexing, such as `4GiB`
 */
export async function openKeptServers(
  folder: string,
  engineMemory: string,
  signal: AbortSignal,
): Promise<KeptServers> {
  await using stack = new AsyncDisposableStack();
  const home = resolve(folder);
  await mkdir(home, { recursive: true });
  const binaries = await findPostgresBinaries();
  if (binaries === undefined) throw new Error('no Postgres server is installed');
  const settings = [
    ...POSTGRES_SETTINGS,
    'logging_collector=on',
    'log_filename=postgres.log',
    'log_directory=.',
    `log_min_duration_statement=${SLOW_STATEMENT_MS}`,
    'log_checkpoints=on',
  ];
  const postgres = stack.use(await startPostgresServer(binaries, settings, join(home, 'postgres')));
  const preferring = setInterval(() => preferChildren(postgres.pid), PREFER_INTERVAL_MS);
  stack.defer(() => clearInterval(preferring));
  const engine = stack.use(
    await openEmbeddedEngine({
      dataDir: join(home, 'engine'),
      signal,
      maxIndexingMemory: engineMemory,
      log: { info: () => undefined, warning: (message, facts) => console.warn(message, facts) },
    }),
  );
  preferProcess(engine.pid);
  const owned = stack.move();
  return {
    databaseUrl: postgres.url,
    engine,
    env: { DATABASE_URL: postgres.url, MEILI_URL: engine.url, MEILI_KEY: engine.key },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
