import type { SourceId } from './source.ts';

/** How far a run has got, for people who wait for it. */
export type ImportProgress =
  | { step: 'read'; source: SourceId; lines: number; bytesRead: number; bytesTotal: number }
  | { step: 'compare'; source: SourceId; table: string }
  | { step: 'write'; source: SourceId; table: string }
  | { step: 'log' };
