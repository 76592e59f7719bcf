import type { Correspondent } from './correspondent.ts';

/**
 * A place in the change log: the transaction that wrote (`xid`, Postgres xid8 as decimal text) and the order within it.
 * Entries are ordered by `(xid, seq)` and read only below the oldest running transaction, so that no reader ever skips a
 * late commit.
 */
export interface LogPosition {
  xid: string;
  seq: string;
}

export const LOG_START: LogPosition = { xid: '0', seq: '0' };

/** The last change of one correspondent: a later one replaces it. */
export interface ChangeLogEntry {
  /** A correspondent's id. */
  id: string;
  position: LogPosition;
  isDeleted: boolean;
  /** The transaction in which it was created, or created again after a removal. */
  createdXid: string;
}

/**
 * What an indexer needs of the store. Withheld people (red list, opposition) are never given by any of these.
 */
export interface CorrespondentLog {
  /** Entries strictly after `after`, oldest first, at most `limit`. Empty: nothing more for now. */
  listChangesAfter(after: LogPosition, limit: number): Promise<ChangeLogEntry[]>;
  /** The position up to which everything committed is readable now; a walk begun after this call misses nothing before it. */
  readPosition(): Promise<LogPosition>;
  /** In no particular order; an id that is unknown, inactive or withheld is absent. */
  loadCorrespondents(ids: string[]): Promise<Correspondent[]>;
  /** Every active correspondent once, in batches; not one snapshot: changes made meanwhile are in the log. */
  walkCorrespondents(batchSize: number): AsyncIterable<Correspondent[]>;
  countCorrespondents(): Promise<number>;
  /** Of one incarnation of an index (see `search/`); undefined when it was never filled from this store. */
  findCursor(incarnation: string): Promise<{ position: LogPosition; documentVersion: string } | undefined>;
  saveCursor(incarnation: string, cursor: { position: LogPosition; documentVersion: string }): Promise<void>;
  deleteCursor(incarnation: string): Promise<void>;
  /** Calls `wake` soon after a change was committed (LISTEN/NOTIFY); a hint only, may miss or repeat. */
  onChange(wake: () => void): Promise<AsyncDisposable>;
  /** Runs `work` while holding the right to write to that index; undefined, without running it, when another process holds it. */
  withIndexLock<T>(incarnation: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>;
}
