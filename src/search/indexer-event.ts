import type { LogPosition } from '#domain/change-log.ts';
import type { RebuildReason } from './live-index.ts';

/** What an indexer does, for logs, metrics and progress bars. Durations are of the whole step. */
export type IndexerEvent =
  | { type: 'changes-indexed'; sent: number; deleted: number; position: LogPosition; durationMs: number }
  | { type: 'rebuild-started'; reason: RebuildReason; documentsTotal: number }
  /** Sent is not yet indexed: the engine works behind. */
  | { type: 'rebuild-progress'; documentsSent: number; documentsTotal: number }
  | { type: 'rebuild-catching-up'; documentsSent: number }
  | { type: 'rebuild-finished'; documents: number; durationMs: number }
  /** Another process writes to the index, or rebuilds it; this one asks again later. */
  | { type: 'busy-elsewhere'; incarnation: string }
  /** Nothing is skipped: the same is tried again. */
  | { type: 'indexing-failed'; error: unknown; failures: number; retryInMs: number };

export type OnIndexerEvent = (event: IndexerEvent) => void;
