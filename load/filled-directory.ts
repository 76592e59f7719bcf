import { createReadStream } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { openSearchEngine, type SearchEngine } from '#search/engine.ts';
import { isStoreEmpty } from '#store/is-store-empty.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { migrateStore } from '#store/migrate-store.ts';
import { openPostgresStore } from '#store/postgres-store.ts';
import type { Store } from '#store/store.ts';

import { runCli, startServer, type ServerProcess } from './child-program.ts';
import { ensureCorpus, toImportArguments } from './corpus.ts';
import { ensurePages } from './ensure-pages.ts';
import { openKeptServers, type KeptServers } from './kept-servers.ts';
import { untilIndexed } from './until-indexed.ts';

export interface FilledDirectory extends AsyncDisposable {
  servers: KeptServers;
  store: Store;
  engine: SearchEngine;
  server: ServerProcess;
  documents: number;
}

export interface FilledDirectoryOptions {
  /** Of the kept servers; what `national.ts --keep` left, or an empty one, which is then filled. */
  folder: string;
  /** How many documents to make when it is empty, about. */
  documents: number;
  engineMemory: string;
  nodeOptions?: readonly string[];
  /** Further settings of the server. */
  env?: Readonly<Record<string, string>>;
  signal: AbortSignal;
  onLog?: (line: string) => void;
}

/** The servers of a folder with the true server in front of them, its index up to date. */
export async function openFilledDirectory(options: FilledDirectoryOptions): Promise<FilledDirectory> {
  await using stack = new AsyncDisposableStack();
  const { folder, signal } = options;
  const servers = stack.use(await openKeptServers(folder, options.engineMemory, signal));
  const store = stack.use(openPostgresStore({ url: servers.databaseUrl, poolMax: 4 }));
  await migrateStore(store);
  if (await isStoreEmpty(store.db)) await fill(servers, options);
  const engine = openSearchEngine({ ...servers.engine, indexName: 'correspondents', timeoutMs: 30_000 });
  const server = stack.use(
    await startServer({ ...servers.env, ...options.env }, signal, options.onLog, options.nodeOptions),
  );
  const log = openCorrespondentLog(store);
  await ensurePages(store, log, signal);
  await untilIndexed(log, engine, signal);
  await readIndexes(join(folder, 'engine'), signal);
  const documents = await engine.countDocuments(engine.indexName);
  const owned = stack.move();
  return { servers, store, engine, server, documents, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** So that the system has them in memory, as on a machine that has served for a while, whatever has run here meanwhile. */
async function readIndexes(folder: string, signal: AbortSignal): Promise<void> {
  for await (const file of glob(join(folder, 'meilisearch/indexes/*/data.mdb'))) {
    const bytes = createReadStream(file, { highWaterMark: 1 << 20 });
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    await pipeline(bytes, nowhere, { signal });
  }
}

/** In the proportions of the national files. */
async function fill(
  servers: KeptServers,
  { folder, documents, signal }: FilledDirectoryOptions,
): Promise<void> {
  const corpus = join(folder, 'corpus');
  const share = documents / 1_982_000;
  const sizes = {
    '--practitioners': 1_900_000,
    '--personal-mailboxes': 455_000,
    '--service-mailboxes': 80_000,
    '--establishments': 170_000,
  };
  const scaled = Object.entries(sizes).flatMap(([option, size]) => [
    option,
    String(Math.round(size * share)),
  ]);
  ensureCorpus(corpus, 'national', scaled);
  const run = await runCli(['import', ...toImportArguments(corpus)], servers.env, signal);
  if (run.exitCode !== 0) throw new Error(`the import ended with ${run.exitCode}: ${run.output}`);
}
