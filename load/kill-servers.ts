import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { sql } from 'drizzle-orm';

import { getEngineBinary } from '#embedded/engine-binary.ts';
import {
  engineUrl,
  findFreePort,
  startEngineProcess,
  waitUntilHealthy,
  type EnginePlan,
} from '#embedded/engine-process.ts';
import { openSearchEngine, type SearchEngine } from '#search/engine.ts';
import { openPostgresStore } from '#store/postgres-store.ts';
import { rowOf, rowsOf, type Store } from '#store/store.ts';

import {
  findPostgresBinaries,
  startPostgresServer,
  type PostgresServer,
} from '../test/support/postgres-server.ts';
import { startProgram, type Program } from './kill-program.ts';
import { Hopeless, until } from './kill-trial.ts';

/** A thing that can be killed hard and started again on the same data and port. */
export interface Part {
  kill(): Promise<void>;
  /** Resolves when it was started; the server itself becomes ready later. */
  restart(): Promise<void>;
}

/** Postgres, Meilisearch and the project's server, each a process of its own. */
export interface Servers extends AsyncDisposable {
  url: string;
  env: Record<string, string>;
  store: Store;
  engine: SearchEngine;
  postgres: PostgresServer;
  meilisearch: Part;
  server: Part;
  /** What the project's server said last. */
  serverOutput(): string;
  /** Waits until the running server says that it is ready and that no change waits for its index. */
  untilIndexed(): Promise<void>;
}

/** Orphaned temporary tables of a crash are autovacuum's to remove: here it looks every second. */
const POSTGRES_SETTINGS = ['max_connections=100', 'autovacuum_naptime=1s', 'autovacuum_max_workers=1'];

/** @param settings further ones of the project's server */
export async function openServers(
  folder: string,
  database: string,
  signal: AbortSignal,
  settings: Readonly<Record<string, string>> = {},
): Promise<Servers> {
  await using stack = new AsyncDisposableStack();
  const binaries = await findPostgresBinaries();
  if (binaries === undefined) throw new Error('no Postgres server is installed');
  const postgres = stack.use(await startPostgresServer(binaries, POSTGRES_SETTINGS));
  const databaseUrl = await createDatabase(postgres.url, database);
  const store = stack.use(openPostgresStore({ url: databaseUrl, poolMax: 1 }));
  const meilisearch = stack.use(await startMeilisearch(join(folder, 'engine'), signal));
  const env = {
    DATABASE_URL: databaseUrl,
    MEILI_URL: meilisearch.url,
    MEILI_KEY: meilisearch.key,
    DATA_DIR: join(folder, 'data'),
    DEMO: 'off',
    PORT: String(await findFreePort()),
    ...settings,
  };
  let program = startProgram('server', [], env);
  stack.defer(() => program[Symbol.asyncDispose]());
  const url = `http://127.0.0.1:${env.PORT}`;
  const engine = openSearchEngine({
    url: meilisearch.url,
    key: meilisearch.key,
    indexName: 'correspondents',
    timeoutMs: 10_000,
  });
  const owned = stack.move();
  return {
    url,
    env,
    store,
    engine,
    postgres,
    meilisearch,
    server: {
      kill: () => program.kill(),
      restart: async () => {
        program = startProgram('server', [], env);
      },
    },
    serverOutput: () => program.output(),
    untilIndexed: () => untilIndexed(url, () => program, signal),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** As `/health/ready` and `/metrics` tell, the public ways. */
export function untilIndexed(url: string, program: () => Program, signal: AbortSignal): Promise<void> {
  return until('the server says that its index has everything', signal, async () => {
    if (program().hasExited()) throw new Hopeless(`the server ended: ${program().output().slice(-2000)}`);
    const ready = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(10_000) });
    await ready.text();
    if (!ready.ok) return false;
    const metrics = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(10_000) });
    return /^correspondants_index_lag_entries 0$/m.test(await metrics.text());
  });
}

export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  await using admin = openPostgresStore({ url: serverUrl, poolMax: 1 });
  await admin.db.execute(sql`create database ${sql.identifier(name)}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function startMeilisearch(dataDir: string, signal: AbortSignal) {
  await mkdir(dataDir, { recursive: true });
  const plan: EnginePlan = {
    dataDir,
    binary: await getEngineBinary({ dataDir, binary: process.env['MEILI_BINARY'] }),
    key: 'a key that is long enough and guards nothing at all'.replaceAll(' ', '-'),
    maxIndexingMemory: '1GiB',
  };
  const port = await findFreePort();
  let engine = await startEngineProcess(plan, port);
  await waitUntilHealthy(engine, plan, signal);
  const kill = async () => {
    process.kill(engine.pid, 'SIGKILL');
    await engine.exited;
  };
  return {
    url: engineUrl(port),
    key: plan.key,
    kill,
    restart: async () => {
      engine = await startEngineProcess(plan, port);
      await waitUntilHealthy(engine, plan, signal);
    },
    // Its data go with the folder.
    [Symbol.asyncDispose]: kill,
  };
}

export type PostgresDeath = 'all processes' | 'first process' | 'one connection';
export const POSTGRES_DEATHS: readonly PostgresDeath[] = ['all processes', 'first process', 'one connection'];

/** `kill -9` of Postgres as it may happen (the machine's end, the out-of-memory killer, a bug of one backend), and its return. */
export async function killPostgres(
  { postgres, store }: Servers,
  death: PostgresDeath,
  signal: AbortSignal,
): Promise<void> {
  // Rather a session that works than one that waits; Postgres then ends all the others, ours too, and recovers by itself.
  const { own, busiest } = await rowOf<{ own: number; busiest: number }>(
    store.db,
    sql`select pg_backend_pid() as own, pid as busiest from pg_stat_activity
      where backend_type = 'client backend' and datname = current_database()
      order by (pid <> pg_backend_pid() and state <> 'idle') desc limit 1`,
  );
  if (death === 'all processes') await postgres.kill();
  else process.kill(death === 'first process' ? postgres.pid : busiest, 'SIGKILL');
  if (death !== 'one connection') await postgres.restart();
  await until('Postgres answers a new session', signal, async () => {
    const { pid } = await rowOf<{ pid: number }>(store.db, sql`select pg_backend_pid() as pid`);
    return pid !== own;
  });
}

/** Whether a session of this database holds the lock of imports. */
export async function isImportLocked({ db }: Store): Promise<boolean> {
  const { count } = await rowOf<{ count: number }>(
    db,
    sql`select count(*)::int as count from pg_locks l join pg_database d on d.oid = l.database
      where d.datname = current_database() and l.locktype = 'advisory'
        and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('import', 0)`,
  );
  return count > 0;
}

/** What is still there that should not be, once nothing is going on. */
export async function listLeftovers({ db }: Store): Promise<string[]> {
  const rows = await rowsOf<{ what: string }>(
    db,
    sql`select 'temporary table ' || relname as what from pg_class where relpersistence = 't' and relkind = 'r'
      union all select 'advisory lock of ' || pid from pg_locks where locktype = 'advisory'
      union all select 'prepared transaction ' || gid from pg_prepared_xacts
      union all select 'session in a transaction ' || pid from pg_stat_activity
        where state like 'idle in transaction%' and datname = current_database()
      union all select 'run ' || id || ' still running' from import_run where state = 'running'`,
  );
  return rows.map((row) => row.what);
}
