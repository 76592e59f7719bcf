import { AppError } from '#domain/errors.ts';
import type { Rejection, RejectionReason, UnlistedCode } from '#domain/source.ts';
import type { SourceFile } from '#sources/source-file.ts';
import { toCopyLine } from '#store/copy-text.ts';
import { stagedColumns, type FedTableId } from '#store/fed-tables.ts';
import { createStaging, stagedName, type Feed } from '#store/merge-staged.ts';
import type { StoreSession } from '#store/store.ts';

import type { ImportProgress } from '#domain/import-progress.ts';
import { feedsOf, toStagedRows } from './staged-rows.ts';

/** What a reading of a file gave, beside the staged rows. */
export interface Staged {
  lines: number;
  accepted: number;
  ignored: number;
  rejected: number;
  rejectedBy: Partial<Record<RejectionReason, number>>;
  rejections: Rejection[];
  unlistedCodes: UnlistedCode[];
}

const LINES_PER_COPY = 5000;
const REJECTIONS_KEPT_PER_REASON = 100;

/** Reads a whole file into the staging tables of its source. Nothing else is written. */
export async function stageSource(
  session: StoreSession,
  file: SourceFile,
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<Staged> {
  const stagers = new Map<FedTableId, Stager>();
  for (const feed of feedsOf(file.source)) {
    await createStaging(session.db, feed);
    stagers.set(feed.id, new Stager(session, feed));
  }
  const staged: Staged = {
    lines: 0,
    accepted: 0,
    ignored: 0,
    rejected: 0,
    rejectedBy: {},
    rejections: [],
    unlistedCodes: [],
  };
  const unlisted = new Map<string, UnlistedCode>();
  for await (const batch of file.batches()) {
    signal.throwIfAborted();
    for (const line of batch) {
      staged.lines += 1;
      if ('ignored' in line) {
        staged.ignored += 1;
      } else if ('rejection' in line) {
        countRejection(staged, line.rejection);
      } else {
        staged.accepted += 1;
        for (const [table, row] of toStagedRows(line.record)) stagers.get(table)!.add(row);
        for (const code of line.record.unlistedCodes ?? []) unlisted.set(`${code.list}|${code.code}`, code);
      }
    }
    for (const stager of stagers.values()) await stager.copyIfFull();
    const { source, bytesTotal } = file;
    onProgress({ step: 'read', source, lines: staged.lines, bytesRead: file.bytesRead(), bytesTotal });
  }
  for (const stager of stagers.values()) await stager.finish();
  if (staged.lines === 0) {
    throw new AppError('source-file-unreadable', `${file.name} holds no line of data: is the file whole?`, {
      source: file.source,
      file: file.name,
    });
  }
  staged.unlistedCodes = [...unlisted.values()];
  return staged;
}

function countRejection(staged: Staged, rejection: Rejection): void {
  staged.rejected += 1;
  const count = (staged.rejectedBy[rejection.reason] ?? 0) + 1;
  staged.rejectedBy[rejection.reason] = count;
  if (count <= REJECTIONS_KEPT_PER_REASON) staged.rejections.push(rejection);
}

/** Collects the rows of one table, and has one batch copied while the file is read on. */
class Stager {
  readonly #session: StoreSession;
  readonly #table: string;
  readonly #columns: string[];
  #lines: string[] = [];
  #last = '';
  #copying: Promise<void> = Promise.resolve();

  constructor(session: StoreSession, feed: Feed) {
    this.#session = session;
    this.#table = stagedName(feed);
    this.#columns = stagedColumns(feed.table);
  }

  add(row: Parameters<typeof toCopyLine>[0]): void {
    const line = toCopyLine(row);
    // The official files repeat a person on neighbouring lines.
    if (line === this.#last) return;
    this.#last = line;
    this.#lines.push(line);
  }

  async copyIfFull(): Promise<void> {
    if (this.#lines.length >= LINES_PER_COPY) await this.#copy();
  }

  async finish(): Promise<void> {
    await this.#copy();
    await this.#copying;
  }

  async #copy(): Promise<void> {
    await this.#copying;
    const lines = this.#lines;
    this.#lines = [];
    this.#copying = this.#session.copyLines(this.#table, this.#columns, lines);
    // A failure is met at the next batch or at the end, never unhandled in between.
    this.#copying.catch(() => undefined);
  }
}
