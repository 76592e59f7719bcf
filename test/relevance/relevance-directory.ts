import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { PRESETS } from '#demo/presets.ts';
import { writeOfficialFiles } from '#demo/write-official-files.ts';
import type { OfficialFiles } from '#demo/official-files.ts';
import type { Directory } from '#directory/directory.ts';
import { isAppError } from '#domain/errors.ts';
import { openSearchEngine, type EngineIndex, type SearchEngine } from '#search/engine.ts';
import { DOCUMENT_VERSION } from '#search/index-settings.ts';
import { rebuildIndex } from '#search/rebuild-index.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { migrateStore } from '#store/migrate-store.ts';
import { openPgliteStore } from '#store/pglite-store.ts';
import type { Store } from '#store/store.ts';
import { checkWithheldInStore } from '#store/withheld.ts';
import { openPromMetrics } from '#telemetry/prom-metrics.ts';

import { createApp } from '../../src/app.ts';
import { checkHealth } from '../../src/check-health.ts';
import { lockDataDir, type DataDirLock } from '../../src/embedded/data-dir.ts';
import { openEmbeddedEngine } from '../../src/embedded/engine.ts';
import { openPglite } from '../../src/embedded/pglite.ts';
import { importFiles } from '../support/import-files.ts';
import { digestSources } from './source-digest.ts';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/correspondants-relevance/', import.meta.url));

/** How many states of the cache are kept: corpora, stores and, in each store's engine, indexes. */
const KEPT_MAX = 3;

/** The application over the relevance corpus, asked in process. */
export interface RelevanceDirectory extends AsyncDisposable {
  paths: OfficialFiles['paths'];
  engine: SearchEngine;
  /** @param path begins with `/` */
  ask(path: string): Promise<Response>;
}

/** Told as each part begins, with the time since the beginning. */
export type OnStep = (step: string) => void;

/**
 * Makes what it needs the first time, and keeps it under `node_modules/.cache`: the files and the store until a source of the
 * generator or of the import changes, the index until what makes documents changes. One process at a time: the others wait.
 */
export async function openRelevanceDirectory(
  signal: AbortSignal,
  onStep: OnStep,
): Promise<RelevanceDirectory> {
  await using stack = new AsyncDisposableStack();
  stack.use(await waitForCache(signal, onStep));
  const corpusDigest = await digestSources(['src/demo/presets.ts', 'src/demo/write-official-files.ts']);
  const paths = await ensureCorpus(`corpus-${corpusDigest}`, onStep);
  const importDigest = await digestSources(['src/ingest/run-import.ts', 'src/store/migrate-store.ts']);
  const folder = `data-${corpusDigest}-${importDigest}`;
  const store = stack.use(await openFilledStore(folder, paths, onStep));
  const embedded = await openEmbeddedEngine({
    dataDir: join(CACHE, folder, 'engine'),
    signal,
    log: { info: () => undefined, warning: () => undefined },
  });
  stack.use(embedded);
  const documentDigest = await digestSources([
    'src/search/correspondent-document.ts',
    'src/store/correspondent-log.ts',
  ]);
  const indexName = `relevance-${documentDigest}-${DOCUMENT_VERSION}`;
  const engine = openSearchEngine({ url: embedded.url, key: embedded.key, indexName, timeoutMs: 30_000 });
  const log = openCorrespondentLog(store);
  const onEvent = ({ type }: { type: string }) => type === 'rebuild-started' && onStep('building the index');
  await removeOldestIndexes(engine);
  await rebuildIndex({ engine, log, signal, onEvent });
  const withheld = checkWithheldInStore(store.db);
  const directory: Directory = { store, log, engine, withheld, now: () => new Date() };
  const app = createApp({
    openDirectory: () => directory,
    reading: () => 'open',
    checkHealth: () => checkHealth(directory, true),
    metrics: openPromMetrics({ indexLag: async () => 0, sourceAges: async () => [] }),
  });
  onStep('ready');
  const owned = stack.move();
  return {
    paths,
    engine,
    ask: async (path) => app.fetch(new Request(`http://relevance.invalid${path}`)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function removeOldestIndexes(engine: SearchEngine): Promise<void> {
  const { results } = await engine.request<{ results: EngineIndex[] }>('GET', '/indexes?limit=100', {});
  const others = results.filter(({ uid }) => uid !== engine.indexName);
  const oldest = others.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).slice(KEPT_MAX - 1);
  for (const { uid } of oldest) await engine.deleteIndex(uid);
}

async function waitForCache(signal: AbortSignal, onStep: OnStep): Promise<DataDirLock> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await lockDataDir(CACHE);
    } catch (error) {
      if (!isAppError(error) || error.code !== 'store-in-use') throw error;
      if (attempt === 0) onStep('waiting for another run');
      await delay(200, undefined, { signal });
    }
  }
}

async function ensureCorpus(name: string, onStep: OnStep): Promise<OfficialFiles['paths']> {
  const folder = join(CACHE, name);
  const done = join(folder, 'paths.json');
  const known = await readFile(done, 'utf8').catch(() => undefined);
  if (known !== undefined) {
    const paths = Object.entries(JSON.parse(known) as OfficialFiles['paths']);
    // The folder of the project may have been moved since.
    return Object.fromEntries(
      paths.map(([file, path]) => [file, join(folder, basename(path))]),
    ) as OfficialFiles['paths'];
  }
  onStep('making the files');
  await removeOldest('corpus-');
  const { paths } = await writeOfficialFiles({ ...PRESETS.relevance, directory: folder });
  await writeFile(done, JSON.stringify(paths));
  return paths;
}

async function openFilledStore(name: string, paths: OfficialFiles['paths'], onStep: OnStep): Promise<Store> {
  const folder = join(CACHE, name);
  const done = join(folder, 'imported');
  const isFilled = (await readFile(done, 'utf8').catch(() => undefined)) !== undefined;
  if (!isFilled) {
    await removeOldest('data-');
    // What a run that was killed left half filled.
    await rm(folder, { recursive: true, force: true });
  }
  await mkdir(folder, { recursive: true });
  const store = openPgliteStore(await openPglite(folder));
  if (isFilled) return store;
  onStep('importing the files');
  await migrateStore(store);
  const report = await importFiles(store, [
    { source: 'postcodes', path: paths.postcodes },
    { source: 'finess', path: paths.finess },
    { source: 'rpps', path: paths.activity },
    { source: 'savoir-faire', path: paths.savoirFaire },
    { source: 'mssante', path: paths.mailboxes },
  ]);
  if (report.state !== 'succeeded') throw new Error(`the import was ${report.state}`);
  await writeFile(done, '');
  return store;
}

/** Those last made stay, so that going back and forth between two states of the sources costs nothing. */
async function removeOldest(prefix: string): Promise<void> {
  const names = (await readdir(CACHE)).filter((name) => name.startsWith(prefix));
  const made = await Promise.all(
    names.map(async (name) => ({ name, atMs: (await stat(join(CACHE, name))).mtimeMs })),
  );
  const oldest = made.toSorted((a, b) => b.atMs - a.atMs).slice(KEPT_MAX - 1);
  for (const { name } of oldest) await rm(join(CACHE, name), { recursive: true, force: true });
}
