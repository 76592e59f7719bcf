import type { SourceId, SourceLine } from '#domain/source.ts';
import { DIPLOMES_FILE } from './diplomes-file.ts';
import { type FileBytes, openFileBytes } from './file-bytes.ts';
import { findGeneratedAt, openFiness } from './finess/finess-file.ts';
import { MSSANTE_FILE } from './mssante/mssante-file.ts';
import { openPipeSeparated } from './pipe-separated.ts';
import { openPostcodes } from './postcodes-file.ts';
import { parseDateInName } from './publication-date.ts';
import { RPPS_FILE } from './rpps/rpps-file.ts';
import { SAVOIR_FAIRE_FILE } from './savoir-faire-file.ts';
import type { SourceFile } from './source-file.ts';

interface Format {
  /** The entry to take of a zip, in its publishers' several spellings. */
  entryName: RegExp;
  open(bytes: FileBytes): AsyncIterable<SourceLine[]> | Promise<AsyncIterable<SourceLine[]>>;
  findDate?(bytes: FileBytes): string | null;
}

const FORMATS = {
  postcodes: { entryName: /\.csv$/i, open: openPostcodes },
  finess: { entryName: /structures?.*\.json$/i, open: openFiness, findDate: findGeneratedAt },
  rpps: {
    entryName: /personne[-_]?activite/i,
    open: (bytes) => openPipeSeparated('rpps', bytes, RPPS_FILE),
  },
  'savoir-faire': {
    entryName: /savoir[-_]?faire/i,
    open: (bytes) => openPipeSeparated('savoir-faire', bytes, SAVOIR_FAIRE_FILE),
  },
  diplomes: {
    entryName: /dipl[-_]?autexerc/i,
    open: (bytes) => openPipeSeparated('diplomes', bytes, DIPLOMES_FILE),
  },
  mssante: {
    entryName: /correspondance[-_]?mssante/i,
    open: (bytes) => openPipeSeparated('mssante', bytes, MSSANTE_FILE),
  },
} as const satisfies Record<SourceId, Format>;

/**
 * Opens an official file as it is published, plain, zipped or gzipped, and checks that it is the one it should be. No
 * memory beyond a batch and a chunk, whatever the size, and 16 MB for which structures an RPPS or MSSanté file has stated.
 * @throws AppError `source-file-unreadable` (absent, damaged archive, not UTF-8); `source-file-invalid` (empty, header
 *   only, columns missing: all named in `data.missing`; not JSON). An aborted signal rejects with its reason.
 */
export async function openSourceFile(
  source: SourceId,
  path: string,
  signal?: AbortSignal,
): Promise<SourceFile> {
  const format: Format = FORMATS[source];
  const bytes = await openFileBytes(source, path, format.entryName, signal);
  let isConsumed = false;
  try {
    const lines = await format.open(bytes);
    return {
      source,
      path,
      name: bytes.name,
      publishedAt: format.findDate?.(bytes) ?? findDateInNames(bytes.name),
      bytesTotal: bytes.bytesTotal,
      bytesRead: () => bytes.bytesRead(),
      batches() {
        if (isConsumed) throw new Error(`${bytes.name} was read already`);
        isConsumed = true;
        return lines;
      },
      [Symbol.asyncDispose]: () => bytes[Symbol.asyncDispose](),
    };
  } catch (error) {
    await bytes[Symbol.asyncDispose]();
    throw error;
  }
}

/** The archive's own date, else its entry's. */
function findDateInNames(name: string): string | null {
  const [outer = '', inner = ''] = name.split('/');
  return parseDateInName(outer) ?? parseDateInName(inner);
}
