import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { once } from 'node:events';

/** How a delimited file is laid out on disk; the defaults are those of data.gouv.fr. */
export interface PhysicalFormat {
  /** The extractions of the agency itself end each line with a separator; the copies on data.gouv.fr do not. */
  trailingSeparator?: boolean;
  byteOrderMark?: boolean;
  lineEnd?: '\n' | '\r\n';
}

const CHUNK_CHARACTERS = 1 << 18;

/** A text file written line by line, in UTF-8, with memory that does not grow. */
export class LineFile {
  readonly path: string;
  lineCount = 0;
  readonly #stream: WriteStream;
  readonly #end: string;
  #pending: string;
  #failure: Error | undefined;

  constructor(path: string, format: PhysicalFormat = {}, separator = '|') {
    this.path = path;
    this.#stream = createWriteStream(path, { highWaterMark: 1 << 20 });
    this.#stream.on('error', (error) => {
      this.#failure = error;
    });
    this.#end = (format.trailingSeparator ? separator : '') + (format.lineEnd ?? '\n');
    this.#pending = format.byteOrderMark ? '\ufeff' : '';
  }

  /** Kept until the next {@link drain}. */
  write(line: string): void {
    this.#pending += line + this.#end;
    this.lineCount += 1;
  }

  /** As it is, without a line end. */
  writeRaw(text: string): void {
    this.#pending += text;
  }

  get isFull(): boolean {
    return this.#pending.length >= CHUNK_CHARACTERS;
  }

  async drain(): Promise<void> {
    if (this.#failure) throw this.#failure;
    const isReady = this.#stream.write(this.#pending);
    this.#pending = '';
    if (!isReady) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    await this.drain();
    this.#stream.end();
    if (!this.#stream.closed) await once(this.#stream, 'close');
    if (this.#failure) throw this.#failure;
  }
}
