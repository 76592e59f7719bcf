import { inject } from 'vitest';
import { openSearchEngine, type SearchEngine } from '#search/engine.ts';
import { INDEX_SETTINGS } from '#search/index-settings.ts';
import { waitForTask } from '#search/wait-for-task.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { toDocumentLine } from '#search/correspondent-document.ts';

let opened = 0;

/** An index name of its own on the tests' engine; its indexes are deleted at the end. */
export function openTestEngine(options: { fetch?: typeof fetch } = {}): SearchEngine & AsyncDisposable {
  opened += 1;
  const indexName = `test-${process.pid}-${Date.now()}-${opened}`;
  const { url, key } = inject('engine');
  const engine = openSearchEngine({ url, key, indexName, timeoutMs: 10_000, ...options });
  return {
    ...engine,
    async [Symbol.asyncDispose]() {
      const plain = openSearchEngine({ url, key, indexName, timeoutMs: 10_000 });
      await plain.deleteIndex(indexName);
      await plain.deleteIndex(`${indexName}-next`);
    },
  };
}

const never = new AbortController().signal;

/** Creates the live index by hand and fills it. */
export async function fillIndex(engine: SearchEngine, correspondents: Correspondent[]): Promise<void> {
  const { indexName } = engine;
  await engine.createIndex(indexName);
  await engine.updateSettings(indexName, INDEX_SETTINGS);
  const lines = correspondents.map((correspondent) => toDocumentLine(correspondent).line);
  await waitForTask(engine, await engine.sendDocuments(indexName, lines.join('\n')), never);
}
