import type { AuditContext } from '#domain/audit-event.ts';
import { AppError, type RequestFault } from '#domain/errors.ts';
import { parseRpps } from '#domain/identifiers.ts';
import type { ImportChoice, ImportLine, TerritoryImport } from '#domain/territory-import.ts';
import type { Database } from '#store/store.ts';
import { advanceImport, listImportLines, writeLines } from '#store/territory-imports.ts';

import { getImport, lockImport } from './get-import.ts';
import type { People } from './people.ts';
import { previewLines, type GivenLine } from './preview-lines.ts';
import { readPreviewContext } from './preview-context.ts';
import { recordImport } from './record-import.ts';
import { findColumn, toCell, type LineFault } from './read-spreadsheet.ts';
import type { SpreadsheetCells } from './spreadsheet-columns.ts';

/** What a coordinator decides about one line. */
export interface LineAmendment {
  line: number;
  /** Whom it is about, by RPPS; `null`: as its cells tell. */
  rpps?: string | null | undefined;
  /** To leave it out, or no more. */
  skip?: boolean | undefined;
  /** By header of the column; empty: nothing in the cell. */
  cells?: Record<string, string> | undefined;
}

/**
 * Mends a preview: chooses who doubtful lines are about, leaves lines out, corrects cells. Every line is looked at again, against
 * the pages as they are now; with no amendment, that is all it does.
 * @throws AppError `request-invalid`, `import-not-found`, `import-state`, `import-changed`, `store-unavailable`
 */
export async function amendImport(
  db: Database,
  territoryId: string,
  id: string,
  { version, lines }: { version?: number | undefined; lines: readonly LineAmendment[] },
  audit: AuditContext,
): Promise<TerritoryImport> {
  const context = await readPreviewContext(db, territoryId);
  await db.transaction(async (tx) => {
    await lockImport(tx, territoryId, id, 'preview', version);
    const known = await listImportLines(tx, id);
    const amendments = new Map(lines.map((it) => [it.line, it]));
    const faults = checkLines(lines, new Set(known.map((it) => it.line)));
    const given = known.map((it): GivenLine => {
      const line = { line: it.line, cells: it.cells, choice: it.choice, faults: wholeLineFaults(it.faults) };
      const amendment = amendments.get(it.line);
      return amendment === undefined ? line : amend(line, amendment, context.people, faults);
    });
    if (faults.length > 0)
      throw new AppError('request-invalid', 'Some of the amendments are not possible.', { faults });
    await writeLines(tx, id, previewLines(given, context));
    await advanceImport(tx, id, { state: 'preview' });
    const details = { importId: id, lines: lines.length };
    await recordImport(tx, 'amend-import', territoryId, audit, details);
  });
  return getImport(db, territoryId, id);
}

function checkLines(lines: readonly LineAmendment[], known: ReadonlySet<number>): RequestFault[] {
  const seen = new Set<number>();
  return lines.flatMap(({ line }) => {
    const isTwice = seen.has(line);
    seen.add(line);
    if (known.has(line) && !isTwice) return [];
    const detail = isTwice ? 'This line is amended twice.' : 'The import has no such line.';
    return [{ pointer: `lines.${line}`, detail }];
  });
}

/** The only fault that the cells alone do not tell. */
function wholeLineFaults(faults: ImportLine['faults']): LineFault[] {
  return faults
    .filter(({ code }) => code === 'too-many-cells')
    .map(({ detail, code }) => ({ column: null, detail, code }));
}

function amend(
  line: GivenLine,
  { rpps, skip, cells }: LineAmendment,
  people: People,
  faults: RequestFault[],
) {
  const pointer = `lines.${line.line}`;
  const amended: GivenLine = { ...line, choice: toChoice(line.choice, rpps, skip) };
  if (typeof rpps === 'string') {
    const person = people.byRpps.get(parseRpps(rpps) ?? '') ?? people.byId.get(rpps);
    if (person === undefined)
      faults.push({ pointer: `${pointer}.rpps`, detail: 'Nobody who practises in the territory has it.' });
    else amended.choice = { practitionerId: person.id };
  }
  if (cells === undefined) return amended;
  const corrected: SpreadsheetCells = { ...line.cells };
  for (const [header, written] of Object.entries(cells)) {
    const column = findColumn(header);
    const cell = toCell(written);
    if (column === undefined)
      faults.push({ pointer: `${pointer}.cells`, detail: `There is no column ${header.slice(0, 60)}.` });
    else if (cell === '') delete corrected[column];
    else corrected[column] = cell;
  }
  // A corrected line has the cells that it should.
  return { ...amended, cells: corrected, faults: [] };
}

function toChoice(
  before: ImportChoice | null,
  rpps: string | null | undefined,
  skip: boolean | undefined,
): ImportChoice | null {
  if (skip === true) return 'skip';
  if (rpps === null || (skip === false && before === 'skip')) return null;
  return before;
}
