import { setTimeout as delay } from 'node:timers/promises';

import type { CorrespondentLog } from '#domain/change-log.ts';
import type { SearchEngine } from '#search/engine.ts';
import { DOCUMENT_VERSION } from '#search/index-settings.ts';

const POLL_MS = 50;

/** Resolves once the live index holds all that the change log says. */
export async function untilIndexed(
  log: CorrespondentLog,
  engine: SearchEngine,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const index = await engine.findIndex(engine.indexName);
    const cursor = index && (await log.findCursor(`${engine.indexName}@${index.createdAt}`));
    // One of an earlier version is being replaced.
    const isCurrent = cursor?.documentVersion === DOCUMENT_VERSION;
    if (cursor && isCurrent && (await log.listChangesAfter(cursor.position, 1)).length === 0) return;
    await delay(POLL_MS, undefined, { signal });
  }
}
