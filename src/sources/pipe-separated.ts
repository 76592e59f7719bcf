import { AppError } from '#domain/errors.ts';
import type { SourceId, SourceLine } from '#domain/source.ts';
import { type ColumnIndexes, type ColumnNames, matchColumns } from './columns.ts';
import type { FileBytes } from './file-bytes.ts';
import { CELL_SEPARATOR, LineCells } from './line-cells.ts';
import { findPatientAddress } from './patient-address.ts';
import {
  type LinePosition,
  showValue,
  toPatientAddressRejection,
  toRejection,
  VALUE_LENGTH_MAX,
} from './rejection.ts';
import { BATCH_LENGTH } from './source-file.ts';
import { decodeHead, readLines } from './text-lines.ts';

/**
 * A file of the Annuaire Santé: UTF-8, one header line, `|` between cells, neither quoting nor escaping (a quote or a
 * backslash is data), with or without an empty cell after the last `|`.
 */
export interface PipeSeparatedFormat<Key extends string = string> {
  names: ColumnNames<Key>;
  /** Called once for a file. */
  createReader(at: ColumnIndexes<Key>): LineReader;
}

/** @param cells of this line: they are those of the next one when it has returned */
type LineReader = (cells: LineCells, position: LinePosition) => SourceLine;

/**
 * Checks the header, and that something follows it.
 * @throws AppError `source-file-invalid`
 */
export function openPipeSeparated<Key extends string>(
  source: SourceId,
  bytes: FileBytes,
  format: PipeSeparatedFormat<Key>,
): AsyncIterable<SourceLine[]> {
  const where = { source, file: bytes.name };
  const head = decodeHead(bytes.head, where);
  if (head.trim() === '') throw invalid(where, 'it is empty');
  const endOfHeader = head.indexOf('\n');
  const headerText = endOfHeader === -1 ? head : head.slice(0, endOfHeader);
  // Names of columns are repeated in errors and reports.
  if (findPatientAddress(headerText) !== -1) throw invalid(where, 'a patient address stands in its header');
  const header = splitHeader(headerText);
  const at = matchColumns(format.names, header, where);
  if (bytes.isHeadAll && (endOfHeader === -1 || head.slice(endOfHeader).trim() === '')) {
    throw invalid(where, 'it holds a header and not one line');
  }
  return readBatches(where, bytes, header, format.createReader(at));
}

async function* readBatches(
  where: { source: SourceId; file: string },
  bytes: FileBytes,
  header: readonly string[],
  readLine: LineReader,
): AsyncGenerator<SourceLine[]> {
  const cells = new LineCells(header.length);
  let batch: SourceLine[] = [];
  let line = 0;
  for await (const texts of readLines(bytes.chunks(), where)) {
    for (const text of texts) {
      line += 1;
      if (line === 1 || text === '') continue;
      const position = { source: where.source, file: where.file, line };
      cells.take(text);
      batch.push(findFault(text, cells, header, position) ?? readLine(cells, position));
      if (batch.length === BATCH_LENGTH) {
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
}

/** What no line may be, whatever its columns mean. */
function findFault(
  text: string,
  cells: LineCells,
  header: readonly string[],
  position: LinePosition,
): SourceLine | undefined {
  const patientIndex = findPatientAddress(text);
  if (patientIndex !== -1) return toPatientAddressRejection(position, header[patientIndex] ?? null);
  if (text.includes('\0')) {
    const detail = 'The line holds a NUL or is cut within a character: it is damaged.';
    return toRejection(position, 'wrong-column-count', null, detail);
  }
  const hasTrailingCell = cells.count === header.length + 1 && cells.read(header.length) === null;
  if (cells.count !== header.length && !hasTrailingCell) {
    const detail = `The line has ${cells.count} cells where the header has ${header.length}: ${showValue(text)}`;
    return toRejection(position, 'wrong-column-count', null, detail);
  }
  return text.length > VALUE_LENGTH_MAX ? findTooLong(cells, header, position) : undefined;
}

function findTooLong(
  cells: LineCells,
  header: readonly string[],
  position: LinePosition,
): SourceLine | undefined {
  const published = cells.listAll();
  const index = published.findIndex((cell) => cell.length > VALUE_LENGTH_MAX);
  if (index === -1) return undefined;
  const detail = `${published[index]!.length} characters where ${VALUE_LENGTH_MAX} are allowed: ${showValue(published[index]!)}`;
  return toRejection(position, 'too-long', header[index] ?? null, detail);
}

function splitHeader(line: string): string[] {
  const names = line.split(CELL_SEPARATOR).map((name) => name.trim());
  return names.at(-1) === '' ? names.slice(0, -1) : names;
}

function invalid(where: { source: SourceId; file: string }, what: string): AppError {
  return new AppError(
    'source-file-invalid',
    `${where.file} is not the ${where.source} file that was expected: ${what}`,
    { ...where, missing: [] },
  );
}
