import { CsvError, parse } from 'csv-parse/sync';
import { closest } from 'fastest-levenshtein';

import { foldText } from '#domain/fold.ts';
import { parseRpps } from '#domain/identifiers.ts';
import { holdsPatientIdentity } from '#domain/patient-address.ts';
import { WAYS_OF_PRACTISING, type WaysOfPractising } from '#domain/practising.ts';

import { SPREADSHEET_COLUMNS } from './spreadsheet-columns.ts';

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
  rpps: string | null;
  /** Folded; null where the cell is empty, as are the others. */
  familyName: string | null;
  givenNames: string | null;
  profession: string | null;
  communeCode: string | null;
  commune: string | null;
  /** What the cells say; a way whose cell is empty is absent, and would not be touched. */
  ways: WaysOfPractising;
}

type Column = keyof typeof SPREADSHEET_COLUMNS;

const BYTES_MAX = 10_000_000;
const LINES_MAX = 20_000;
const CELL_LENGTH_MAX = 300;

/**
 * Reads a coordinator's CSV file: UTF-8 or Windows-1252, parted by `;`, `,` or tabs, columns in any order under the headers of
 * {@link SPREADSHEET_COLUMNS} in any spelling. A line with a fault is not among the lines.
 */
export function readSpreadsheet(bytes: Uint8Array): { lines: SpreadsheetLine[]; faults: CellFault[] } {
  const whole = (detail: string) => ({ lines: [], faults: [{ line: 1, column: null, detail }] });
  if (bytes.length > BYTES_MAX) return whole('Le fichier dépasse 10 Mo : partagez-le.');
  const text = decode(bytes);
  const [header = ''] = text.split(/\r?\n/, 1);
  const delimiter = [';', ',', '\t'].toSorted((a, b) => header.split(b).length - header.split(a).length)[0]!;
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      delimiter,
      info: true,
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
    return whole('Le fichier est vide : la première ligne porte les titres des colonnes.');
  if (rows.length > LINES_MAX) return whole(`Le fichier dépasse ${LINES_MAX} lignes : partagez-le.`);
  const { columns, faults } = readHeader(first.record);
  if (faults.length > 0) return { lines: [], faults };
  const lines: SpreadsheetLine[] = [];
  for (const { record, info } of rows) {
    if (record.every((cell) => cell.trim() === '')) continue;
    const read = readLine(record, info.lines, columns);
    if (read.faults.length > 0) faults.push(...read.faults);
    else lines.push(read.line);
  }
  return { lines, faults };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const BY_FOLDED_HEADER = new Map(
  Object.entries(SPREADSHEET_COLUMNS).map(([column, header]) => [foldText(header), column as Column]),
);

function readHeader(cells: readonly string[]): { columns: (Column | undefined)[]; faults: CellFault[] } {
  const faults: CellFault[] = [];
  const add = (column: string | null, detail: string) => faults.push({ line: 1, column, detail });
  const columns = cells.map((cell) => {
    const header = cell.trim().slice(0, 60);
    if (header === '') return undefined;
    const column = BY_FOLDED_HEADER.get(foldText(header));
    if (column === undefined) {
      const nearest = closest(foldText(header), [...BY_FOLDED_HEADER.keys()]);
      add(
        header,
        `Colonne inconnue. La plus proche : « ${SPREADSHEET_COLUMNS[BY_FOLDED_HEADER.get(nearest)!]} ».`,
      );
    }
    return column;
  });
  for (const column of new Set(columns.filter((it) => it !== undefined))) {
    if (columns.filter((it) => it === column).length > 1)
      add(SPREADSHEET_COLUMNS[column], 'Colonne présente deux fois : gardez-en une.');
  }
  const isNamed = columns.includes('familyName');
  const isPlaced = columns.includes('commune') || columns.includes('communeCode');
  if (!columns.includes('rpps') && !(isNamed && isPlaced))
    add(null, 'Il faut une colonne « RPPS », ou les colonnes « Nom » et « Commune ».');
  return { columns, faults };
}

function readLine(
  record: readonly string[],
  line: number,
  columns: readonly (Column | undefined)[],
): { line: SpreadsheetLine; faults: CellFault[] } {
  const faults: CellFault[] = [];
  const cells = new Map<Column, string>();
  if (record.length > columns.length && record.slice(columns.length).some((cell) => cell.trim() !== ''))
    faults.push({
      line,
      column: null,
      detail: `La ligne a ${record.length} cellules pour ${columns.length} colonnes.`,
    });
  for (const [index, column] of columns.entries()) {
    const cell = (record[index] ?? '').trim();
    if (column === undefined || cell === '') continue;
    const header = SPREADSHEET_COLUMNS[column];
    if (cell.length > CELL_LENGTH_MAX)
      faults.push({ line, column: header, detail: `Une cellule tient en ${CELL_LENGTH_MAX} caractères.` });
    else if (holdsPatientIdentity(cell))
      faults.push({
        line,
        column: header,
        detail: 'L’identité d’un patient n’a pas sa place ici : retirez-la.',
      });
    // The apostrophe that keeps a spreadsheet from running it.
    else cells.set(column, /^'[=+\-@]/.test(cell) ? cell.slice(1) : cell);
  }
  const ways: WaysOfPractising = {};
  for (const way of WAYS_OF_PRACTISING) {
    const cell = cells.get(way);
    if (cell === undefined) continue;
    const said = readYesOrNo(cell);
    if (said === undefined)
      faults.push({
        line,
        column: SPREADSHEET_COLUMNS[way],
        detail: `« ${cell.slice(0, 40)} » : écrivez oui, non, ou laissez vide quand on ne sait pas.`,
      });
    else ways[way] = said;
  }
  const rpps = cells.get('rpps');
  const parsed = rpps === undefined ? null : (parseRpps(rpps) ?? null);
  if (rpps !== undefined && parsed === null)
    faults.push({ line, column: SPREADSHEET_COLUMNS.rpps, detail: describeRppsFault(rpps) });
  const named = cells.has('familyName') && (cells.has('commune') || cells.has('communeCode'));
  if (rpps === undefined && !named)
    faults.push({ line, column: null, detail: 'Il faut le RPPS, ou le nom et la commune.' });
  const folded = (column: Column) => (cells.has(column) ? foldText(cells.get(column)!) : null);
  return {
    line: {
      line,
      rpps: parsed,
      familyName: folded('familyName'),
      givenNames: folded('givenNames'),
      profession: folded('profession'),
      communeCode: cells.get('communeCode')?.toUpperCase() ?? null,
      commune: folded('commune'),
      ways,
    },
    faults,
  };
}

function describeRppsFault(cell: string): string {
  return /^\d(?:[.,]\d+)?e\+?\d+$/i.test(cell)
    ? 'Le tableur a abrégé le nombre : mettez la colonne au format Texte et saisissez les 11 chiffres.'
    : `« ${cell.slice(0, 40)} » : un RPPS a 11 chiffres.`;
}

function readYesOrNo(cell: string): boolean | undefined {
  const folded = foldText(cell);
  if (['oui', 'o', 'x', 'vrai', '1'].includes(folded)) return true;
  return ['non', 'n', 'faux', '0'].includes(folded) ? false : undefined;
}
