import type { ChangeAuthor, FieldChange, ProfileField } from './profile.ts';

/** Nothing is applied before it is confirmed; an import that was undone is not confirmed again. */
export type ImportState = 'preview' | 'confirmed' | 'undone';

/** Of a line that may be about several people, or that is to be left out. */
export type ImportChoice = 'skip' | { practitionerId: string };

/** One line of a coordinator's spreadsheet and what it does. */
export interface ImportLine {
  /** As a spreadsheet numbers them: 1 is the line of headers. */
  line: number;
  /** By column of `spreadsheet-columns.ts`. */
  cells: Record<string, string>;
  choice: ImportChoice | null;
  /** Null while it is not known whom the line is about. */
  practitionerId: string | null;
  /** Practitioner ids of those whom it may be about; empty when that is known, or nobody is. */
  candidates: string[];
  /** French; `column` is a header, null for the line as a whole. Without a code: told by the cells, whenever they are read. */
  faults: { column: string | null; detail: string; code?: ImportFaultCode }[];
  /** Of the person's page; empty where nothing changes, or something is wrong. */
  changes: FieldChange[];
}

/** `too-many-cells`: beyond the columns; those cells are not kept, so it is known only when the file is read. */
export type ImportFaultCode = 'too-many-cells';

/** What becomes of a line: left out, wrong, to be decided, changing something, changing nothing. */
export type ImportLineState = 'skipped' | 'fault' | 'doubtful' | 'change' | 'same';

export const IMPORT_LINE_STATES = ['fault', 'doubtful', 'change', 'same', 'skipped'] as const;

export function stateOfLine(
  line: Pick<ImportLine, 'choice' | 'faults' | 'candidates' | 'changes'>,
): ImportLineState {
  if (line.choice === 'skip') return 'skipped';
  if (line.faults.length > 0) return 'fault';
  if (line.candidates.length > 0) return 'doubtful';
  return line.changes.length > 0 ? 'change' : 'same';
}

export interface TerritoryImport {
  id: string;
  territoryId: string;
  state: ImportState;
  /** Goes up whenever something of it changes. */
  version: number;
  fileName: string;
  /** Headers that the file has, in the order of `SPREADSHEET_COLUMNS`. */
  columns: string[];
  /** RFC 3339, UTC, as the others. */
  createdAt: string;
  createdBy: ChangeAuthor;
  confirmedAt: string | null;
  undoneAt: string | null;
  counts: Record<ImportLineState, number>;
  /** People whose pages it changes, or changed. */
  people: number;
  /** What an undoing left, because somebody has changed it since. */
  leftByUndo: LeftField[];
}

/** A field of a page that is not as an import needs it. */
export interface LeftField {
  practitionerId: string;
  /** "Isaure Vallorbe". */
  name: string;
  field: ProfileField;
}
