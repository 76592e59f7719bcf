import type { SourceId, SourceLine } from '#domain/source.ts';

/** An official file, opened and recognised: its header, or the head of its JSON, has been checked. */
export interface SourceFile extends AsyncDisposable {
  source: SourceId;
  path: string;
  /** As its rejections name it: the file's own name, and for a zip the entry's (`archive.zip/entry.txt`). */
  name: string;
  /**
   * When the publisher made it. ISO 8601: an instant (UTC) when the minute is known, else a date (Paris).
   * Null when neither the names nor the content say.
   */
  publishedAt: string | null;
  /** For progress, with `bytesRead`: of the file as it is on the disk; for a zip, of its entry once inflated. */
  bytesTotal: number;
  bytesRead(): number;
  /**
   * The lines in file order, about 1,000 at a time, read as they are consumed. Can be called once.
   * @throws AppError `source-file-unreadable` when the bytes cannot be read to their end (disk, archive, encoding);
   *   `source-file-invalid` when a JSON file turns out to be broken. Aborting the signal rejects with its reason.
   */
  batches(): AsyncIterable<SourceLine[]>;
}

/** Lines handed over at a time. */
export const BATCH_LENGTH = 1000;
