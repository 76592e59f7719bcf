import type { CorrespondentLog, LogPosition } from '#domain/change-log.ts';
import type { EngineIndex, SearchEngine } from './engine.ts';
import { DOCUMENT_VERSION } from './index-settings.ts';

/**
 * The incarnation of an index is its content's, `<name>@<instant of creation>`: a swap gives the live name another
 * incarnation, and an engine that lost its data has none. Cursors and locks go by it.
 */
export interface LiveIndex {
  incarnation: string;
  /** Undefined when this store never filled it, or when it holds documents of another version. */
  position: LogPosition | undefined;
  /** Why there is no position. */
  rebuildReason: RebuildReason | undefined;
}

export type RebuildReason = 'no-index' | 'unknown-index' | 'other-version' | 'asked';

export function toIncarnation(engine: SearchEngine, index: EngineIndex): string {
  return `${engine.indexName}@${index.createdAt}`;
}

/** Where a rebuild writes. */
export function nextIndexOf(engine: SearchEngine): string {
  return `${engine.indexName}-next`;
}

/** Of what is to be locked, when nothing is there yet. */
export function absentIncarnationOf(engine: SearchEngine): string {
  return `${engine.indexName}@none`;
}

export async function getLiveIndex(
  engine: SearchEngine,
  log: Pick<CorrespondentLog, 'findCursor'>,
  signal: AbortSignal,
): Promise<LiveIndex> {
  const index = await engine.findIndex(engine.indexName, signal);
  if (!index) {
    return { incarnation: absentIncarnationOf(engine), position: undefined, rebuildReason: 'no-index' };
  }
  const incarnation = toIncarnation(engine, index);
  const cursor = await log.findCursor(incarnation);
  if (!cursor) return { incarnation, position: undefined, rebuildReason: 'unknown-index' };
  if (cursor.documentVersion !== DOCUMENT_VERSION) {
    return { incarnation, position: undefined, rebuildReason: 'other-version' };
  }
  return { incarnation, position: cursor.position, rebuildReason: undefined };
}
