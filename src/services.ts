import type { Config } from './config.ts';
import type { CorrespondentLog } from '#domain/change-log.ts';
import { lockDataDir } from './embedded/data-dir.ts';
import { openEmbeddedEngine } from './embedded/engine.ts';
import { openPglite } from './embedded/pglite.ts';
import { openSearchEngine, type SearchEngine } from '#search/engine.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { migrateStore } from '#store/migrate-store.ts';
import { openPgliteStore } from '#store/pglite-store.ts';
import { openPostgresStore } from '#store/postgres-store.ts';
import type { Store } from '#store/store.ts';
import { getLogger } from '@logtape/logtape';

import { createKeepAliveFetch } from './keep-alive-fetch.ts';
import { sendWithoutDelay } from './send-without-delay.ts';

export interface Services extends AsyncDisposable {
  config: Config;
  store: Store;
  log: CorrespondentLog;
  /** Undefined when the command does not need it. */
  engine: SearchEngine | undefined;
  /** Folder of the embedded parts, held by this process; undefined when there are none. */
  heldDataDir: string | undefined;
  /** Aborted, with its reason, when a part can go on no more. */
  failed: AbortSignal;
}

const ENGINE_TIMEOUT_MS = 10_000;

/**
 * Connects what the settings name, starting the embedded parts that replace the missing ones. The tables are brought up to date.
 * @throws AppError `store-in-use`, `store-unavailable`, `store-newer`, `disk-full`, and those of the embedded engine
 */
export async function openServices(
  config: Config,
  needs: { engine: boolean },
  signal: AbortSignal,
): Promise<Services> {
  await using stack = new AsyncDisposableStack();
  stack.use(sendWithoutDelay());
  const isHeld = usesEmbedded(config, needs);
  const heldDataDir = isHeld ? stack.use(await lockDataDir(config.dataDir)).dataDir : undefined;
  const engine = needs.engine ? await connectEngine(config, heldDataDir, stack, signal) : undefined;
  const { store, failed } = await connectStore(config, heldDataDir);
  stack.use(store);
  await migrateStore(store);
  const owned = stack.move();
  return {
    config,
    store,
    log: openCorrespondentLog(store),
    engine,
    heldDataDir,
    failed,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Whether these needs are met by parts that live in the data folder, which one process at a time may hold. */
export function usesEmbedded(config: Config, needs: { engine: boolean }): boolean {
  return config.databaseUrl === undefined || (needs.engine && config.meiliUrl === undefined);
}

async function connectStore(config: Config, heldDataDir: string | undefined) {
  if (config.databaseUrl !== undefined) {
    const store = openPostgresStore({ url: config.databaseUrl, poolMax: config.databasePoolMax });
    return { store, failed: new AbortController().signal };
  }
  const pglite = await openPglite(heldDataDir);
  return { store: openPgliteStore(pglite), failed: pglite.failed };
}

async function connectEngine(
  config: Config,
  heldDataDir: string | undefined,
  stack: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<SearchEngine> {
  const shared = {
    indexName: config.meiliIndex,
    timeoutMs: ENGINE_TIMEOUT_MS,
    fetch: createKeepAliveFetch(),
  };
  if (config.meiliUrl !== undefined) {
    return openSearchEngine({ url: config.meiliUrl, key: config.meiliKey, ...shared });
  }
  const embedded = await openEmbeddedEngine({
    dataDir: heldDataDir!,
    binary: config.meiliBinary,
    signal,
    log: getLogger(['correspondants', 'engine']),
  });
  stack.use(embedded);
  return openSearchEngine({ url: embedded.url, key: embedded.key, ...shared });
}
