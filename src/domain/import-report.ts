import type { ThresholdBreach } from './errors.ts';
import type { Rejection, RejectionReason, SourceId } from './source.ts';

/** Rows of one kind of record, against what the source stated before. */
export interface EntityCounts {
  created: number;
  changed: number;
  deactivated: number;
  unchanged: number;
}

export interface SourceReport {
  source: SourceId;
  fileName: string;
  sha256: string;
  /** Of the data; null when the file does not say. */
  publishedAt: string | null;
  /** The very file of the last run: it was not read again, and its numbers are those of that run. */
  isSameFile: boolean;
  /** Lines of data, or elements for JSON. `lines` = `accepted` + `ignored` + `rejected`. */
  lines: number;
  accepted: number;
  ignored: number;
  rejected: number;
  rejectedBy: Partial<Record<RejectionReason, number>>;
  /** By table. */
  entities: Record<string, EntityCounts>;
  durationMs: number;
}

export type ImportState = 'running' | 'succeeded' | 'refused' | 'failed' | 'interrupted';

export interface ImportReport {
  runId: number;
  state: ImportState;
  startedAt: string;
  finishedAt: string;
  durationMs: number;
  sources: SourceReport[];
  /** Correspondents as a search shows them; `removed` ones have left it. */
  correspondents: { created: number; changed: number; removed: number };
  /** Why the run was refused; empty otherwise. */
  breaches: ThresholdBreach[];
  /** The first ones of each source and reason. */
  rejections: Rejection[];
}
