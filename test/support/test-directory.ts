import { randomUUID } from 'node:crypto';

import { sql } from 'drizzle-orm';
import { inject } from 'vitest';

import type { ImportFile } from '#ingest/run-import.ts';
import { openSearchEngine, type SearchEngine } from '#search/engine.ts';
import { followChangeLog } from '#search/follow-change-log.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { rowsOf, type Store } from '#store/store.ts';
import type { CorrespondentLog } from '#domain/change-log.ts';

import { importFiles } from './import-files.ts';
import { openTestStore, type StoreKind } from './test-store.ts';

type TestStore = Awaited<ReturnType<typeof openTestStore>>;

/** A store and an index of its own, kept up to date. */
export interface TestDirectory extends AsyncDisposable {
  store: TestStore;
  log: CorrespondentLog;
  engine: SearchEngine;
  import(files: readonly ImportFile[]): Promise<void>;
  /** Resolves once the index holds all that was committed before the call. */
  untilIndexed(): Promise<void>;
}

export async function openTestDirectory(
  kind: StoreKind,
  open: (kind: StoreKind) => Promise<TestStore> = openTestStore,
): Promise<TestDirectory> {
  await using stack = new AsyncDisposableStack();
  const store = stack.use(await open(kind));
  const log = openCorrespondentLog(store);
  const engine = openSearchEngine({
    ...inject('engine'),
    indexName: `test-${randomUUID()}`,
    timeoutMs: 10_000,
  });
  stack.defer(async () => {
    await engine.deleteIndex(engine.indexName);
  });
  const stopping = new AbortController();
  const following = followChangeLog({
    engine,
    log,
    signal: stopping.signal,
    pollIntervalMs: 50,
  });
  stack.defer(async () => {
    stopping.abort();
    await following;
  });
  const owned = stack.move();
  return {
    store,
    log,
    engine,
    import: async (files) => {
      const report = await importFiles(store, files);
      if (report.state !== 'succeeded') throw new Error(`the import was ${report.state}`);
    },
    untilIndexed: () => untilIndexed(store, log, engine),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/**
 * What other tests on the same server still have open keeps the end of the log from being read, so the log is asked what it holds,
 * not how far it may be read.
 */
async function untilIndexed(store: Store, log: CorrespondentLog, engine: SearchEngine): Promise<void> {
  const [last] = await rowsOf<{ xid: string }>(
    store.db,
    // Qualified: else it would be ordered as text.
    sql`select l.xid::text as xid from change_log l order by l.xid desc limit 1`,
  );
  for (;;) {
    const index = await engine.findIndex(engine.indexName);
    const cursor = index && (await log.findCursor(`${engine.indexName}@${index.createdAt}`));
    if (cursor && (!last || BigInt(cursor.position.xid) >= BigInt(last.xid))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
