import { CsvError, parse } from 'csv-parse/sync';
import { closest } from 'fastest-levenshtein';

import { foldText } from '#domain/fold.ts';
import type { ImportFaultCode } from '#domain/territory-import.ts';

import {
  CELL_LENGTH_MAX,
  SPREADSHEET_COLUMNS,
  type Column,
  type SpreadsheetCells,
} from './spreadsheet-columns.ts';

/** What is wrong with a cell, and what would be right, in French: coordinators read it. */
export interface CellFault {
  /** As a spreadsheet numbers them: 1 is the line of headers. */
  line: number;
  /** Header of the column; null for the line as a whole. */
  column: string | null;
  detail: string;
}

export interface SpreadsheetLine {
  line: number;
  cells: SpreadsheetCells;
  /** Of the line as a whole: cells beyond the columns. */
  faults: LineFault[];
}

export interface LineFault {
  column: Column | null;
  detail: string;
  code?: ImportFaultCode | undefined;
}

/** Control characters but breaks of lines and tabs, and halves of surrogate pairs: Postgres keeps neither these nor NUL. */
const UNWRITABLE = /(?![\n\t])[\p{Cc}\p{Cs}]/gu;
const BYTES_MAX = 10_000_000;
const LINES_MAX = 20_000;
/** Several times as many as there are to be read; empty headers count. */
const COLUMNS_MAX = 200;
const ORDINARY_LENGTH_MAX = 400;

/**
 * Takes a coordinator's CSV file apart: UTF-8, UTF-16 or Windows-1252, parted by `;`, `,` or tabs, columns in any order under the headers
 * of {@link SPREADSHEET_COLUMNS} in any spelling. What the cells say is not read yet.
 * @returns faults: why the file cannot be read; then there is no line
 */
export function readSpreadsheet(bytes: Uint8Array): { lines: SpreadsheetLine[]; faults: CellFault[] } {
  const whole = (detail: string) => ({ lines: [], faults: [{ line: 1, column: null, detail }] });
  if (bytes.length > BYTES_MAX) return whole('Le fichier dépasse 10 Mo\u00a0: partagez-le.');
  const text = decode(bytes);
  const [header = ''] = text.split(/\r?\n/, 1);
  const delimiter = [';', ',', '\t'].toSorted((a, b) => header.split(b).length - header.split(a).length)[0]!;
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      delimiter,
      info: true,
      // One more than may be: ten megabytes of short lines would fill the memory.
      to: LINES_MAX + 2,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as never;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error['lines'] ?? 1);
    return {
      lines: [],
      faults: [{ line, column: null, detail: 'Un guillemet (") ouvert n’est pas fermé.' }],
    };
  }
  const [first, ...rows] = records;
  if (first === undefined)
    return whole('Le fichier est vide\u00a0: la première ligne porte les titres des colonnes.');
  if (rows.length > LINES_MAX) return whole(`Le fichier dépasse ${LINES_MAX} lignes\u00a0: partagez-le.`);
  if (first.record.length > COLUMNS_MAX)
    return whole(`Le tableau dépasse ${COLUMNS_MAX} colonnes\u00a0: retirez celles qui ne servent pas.`);
  const { columns, faults } = readHeader(first.record);
  if (faults.length > 0) return { lines: [], faults };
  const lines = rows
    .filter(({ record }) => record.some((cell) => cell.trim() !== ''))
    .map(({ record, info }) => toLine(record, info.lines, columns));
  return { lines, faults };
}

/** What of a cell may be kept: trimmed, without the apostrophe that keeps a spreadsheet from running it, and what no page can hold. */
export function toCell(written: string): string {
  const cell = written.replace(UNWRITABLE, '').trim();
  return /^'+[=+\-@]/.test(cell) ? cell.slice(1) : cell;
}

/** @returns what is wrong with the length of a cell; undefined: nothing */
export function describeLength(column: Column, cell: string): string | undefined {
  const max = CELL_LENGTH_MAX[column] ?? ORDINARY_LENGTH_MAX;
  return cell.length > max ? `Cette cellule tient en ${max} caractères.` : undefined;
}

/** UTF-16 too, as the "Unicode text" of spreadsheets. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const BY_FOLDED_HEADER = new Map(
  Object.entries(SPREADSHEET_COLUMNS).map(([column, header]) => [foldText(header), column as Column]),
);

/** The column that a header names, in any spelling. */
export function findColumn(header: string): Column | undefined {
  return BY_FOLDED_HEADER.get(foldText(header));
}

function readHeader(cells: readonly string[]): { columns: (Column | undefined)[]; faults: CellFault[] } {
  const faults: CellFault[] = [];
  const add = (column: string | null, detail: string) => faults.push({ line: 1, column, detail });
  const columns = cells.map((cell) => {
    const header = cell.trim().slice(0, 60);
    if (header === '') return undefined;
    const column = findColumn(header);
    if (column === undefined) {
      const nearest = closest(foldText(header), [...BY_FOLDED_HEADER.keys()]);
      add(
        header,
        `Colonne inconnue. La plus proche\u00a0: «\u00a0${SPREADSHEET_COLUMNS[BY_FOLDED_HEADER.get(nearest)!]}\u00a0».`,
      );
    }
    return column;
  });
  for (const column of new Set(columns.filter((it) => it !== undefined))) {
    if (columns.filter((it) => it === column).length > 1)
      add(SPREADSHEET_COLUMNS[column], 'Colonne présente deux fois\u00a0: gardez-en une.');
  }
  const isNamed = columns.includes('familyName');
  const isPlaced = columns.includes('commune') || columns.includes('communeCode');
  if (!columns.includes('rpps') && !(isNamed && isPlaced))
    add(
      null,
      'Il faut une colonne «\u00a0RPPS\u00a0», ou les colonnes «\u00a0Nom\u00a0» et «\u00a0Commune\u00a0».',
    );
  return { columns, faults };
}

/** A line ends where the next begins, so one with breaks in its cells is named by its last. */
function toLine(
  record: readonly string[],
  line: number,
  columns: readonly (Column | undefined)[],
): SpreadsheetLine {
  const cells: SpreadsheetCells = {};
  const faults: LineFault[] = [];
  if (record.slice(columns.length).some((cell) => cell.trim() !== ''))
    faults.push({
      column: null,
      code: 'too-many-cells',
      detail: `La ligne a ${record.length} cellules pour ${columns.length} colonnes.`,
    });
  for (const [index, column] of columns.entries()) {
    const cell = toCell(record[index] ?? '');
    if (column !== undefined && cell !== '') cells[column] = cell.slice(0, LONGEST_CELL);
  }
  return { line, cells, faults };
}

/** More than any column takes, so that it is told and not cut. */
const LONGEST_CELL = Math.max(...Object.values(CELL_LENGTH_MAX)) + 1;
