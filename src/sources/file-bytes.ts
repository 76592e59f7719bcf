import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { addAbortSignal, pipeline, type Readable } from 'node:stream';
import { crc32, createGunzip } from 'node:zlib';
import { type Entry, openPromise as openZip, type ZipFile } from 'yauzl';
import { AppError, isAppError } from '#domain/errors.ts';
import type { SourceId } from '#domain/source.ts';

/** Bytes of one official file once out of its zip or gzip. What it is packed in is told by its first bytes. */
export interface FileBytes extends AsyncDisposable {
  /** The file's own name; `archive.zip/entry.txt` for a zip. */
  name: string;
  /** For a zip: of the entry, once inflated; else of the file as it is on the disk. */
  bytesTotal: number;
  bytesRead(): number;
  /** From the start, at most 256 kB. */
  head: Buffer;
  /** Whether `head` is all there is. */
  isHeadAll: boolean;
  /** All bytes, from the start. @throws AppError `source-file-unreadable` */
  chunks(): AsyncIterable<Buffer>;
}

interface Opened {
  name: string;
  bytesTotal: number;
  openStream(): Promise<{ stream: Readable; bytesRead: () => number; crc32Expected?: number }>;
  close(): void;
}

const HEAD_LENGTH_MAX = 256 * 1024;
const CHUNK_LENGTH = 256 * 1024;

/**
 * @param entryName which entry of a zip is meant, by its own name
 * @throws AppError `source-file-unreadable`; `source-file-invalid` for a zip without such an entry
 */
export async function openFileBytes(
  source: SourceId,
  path: string,
  entryName: RegExp,
  signal?: AbortSignal,
): Promise<FileBytes> {
  const where = { source, file: basename(path) };
  const opened = await openPacking(path, where, entryName).catch((error: unknown) => {
    throw toUnreadable(error, where, signal);
  });
  let bytesRead = () => 0;
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      signal?.throwIfAborted();
      const reading = await opened.openStream();
      bytesRead = reading.bytesRead;
      if (signal) addAbortSignal(signal, reading.stream);
      let crc = 0;
      for await (const chunk of reading.stream as AsyncIterable<Buffer>) {
        if (reading.crc32Expected !== undefined) crc = crc32(chunk, crc);
        yield chunk;
      }
      if (reading.crc32Expected !== undefined && crc !== reading.crc32Expected) {
        throw new Error('the archive entry does not have the checksum that the archive gives');
      }
    } catch (error) {
      throw toUnreadable(error, { source, file: opened.name }, signal);
    }
  }
  try {
    const { head, isHeadAll } = await readHead(chunks());
    return {
      name: opened.name,
      bytesTotal: opened.bytesTotal,
      bytesRead: () => bytesRead(),
      head,
      isHeadAll,
      chunks,
      async [Symbol.asyncDispose]() {
        opened.close();
      },
    };
  } catch (error) {
    opened.close();
    throw error;
  }
}

async function openPacking(
  path: string,
  where: { source: SourceId; file: string },
  entryName: RegExp,
): Promise<Opened> {
  const handle = await open(path, 'r');
  let magic: Buffer;
  let bytesTotal: number;
  try {
    magic = (await handle.read(Buffer.alloc(4), 0, 4, 0)).buffer;
    bytesTotal = (await handle.stat()).size;
  } finally {
    await handle.close();
  }
  if (magic.readUInt32BE() === 0x504b0304 || magic.readUInt32BE() === 0x504b0506) {
    return openZipEntry(path, where, entryName);
  }
  const isGzip = magic.readUInt16BE() === 0x1f8b;
  return {
    name: where.file,
    bytesTotal,
    async openStream() {
      const file = createReadStream(path, { highWaterMark: CHUNK_LENGTH });
      const bytesRead = () => file.bytesRead;
      if (!isGzip) return { stream: file, bytesRead };
      const stream = pipeline(file, createGunzip({ chunkSize: CHUNK_LENGTH }), () => {});
      return { stream, bytesRead };
    },
    close() {},
  };
}

async function openZipEntry(
  path: string,
  where: { source: SourceId; file: string },
  entryName: RegExp,
): Promise<Opened> {
  const zip = await openZip(path, { lazyEntries: true, autoClose: false });
  try {
    const entry = await findEntry(zip, where, entryName);
    const innerName = basename(entry.fileName);
    return {
      name: `${where.file}/${innerName}`,
      bytesTotal: entry.uncompressedSize,
      async openStream() {
        const stream = await zip.openReadStreamPromise(entry);
        let inflated = 0;
        stream.on('data', (chunk: Buffer) => (inflated += chunk.length)).pause();
        return { stream, bytesRead: () => inflated, crc32Expected: entry.crc32 };
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** The entry by its name, else the only file there is (its columns will tell). */
async function findEntry(
  zip: ZipFile,
  { source, file }: { source: SourceId; file: string },
  entryName: RegExp,
): Promise<Entry> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith('/')) entries.push(entry);
  const found =
    entries.find((entry) => entryName.test(basename(entry.fileName))) ??
    (entries.length === 1 ? entries[0] : undefined);
  if (found) return found;
  const names = entries.map((entry) => entry.fileName).join(', ') || 'nothing';
  throw new AppError(
    'source-file-invalid',
    `${file} holds no ${source} file: in it ${entries.length === 0 ? 'is' : 'are'} ${names.slice(0, 500)}`,
    { source, file, missing: [] },
  );
}

async function readHead(chunks: AsyncIterable<Buffer>): Promise<{ head: Buffer; isHeadAll: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length > HEAD_LENGTH_MAX) break;
  }
  return {
    head: Buffer.concat(parts).subarray(0, HEAD_LENGTH_MAX),
    isHeadAll: length <= HEAD_LENGTH_MAX,
  };
}

function toUnreadable(
  error: unknown,
  where: { source: SourceId; file: string },
  signal: AbortSignal | undefined,
): unknown {
  if (signal?.aborted) return signal.reason;
  if (isAppError(error)) return error;
  const cause = error instanceof Error ? error.message : String(error);
  return new AppError('source-file-unreadable', `${where.file} cannot be read: ${cause}`, where, {
    cause: error,
  });
}
