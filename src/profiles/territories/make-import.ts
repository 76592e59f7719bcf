import type { AuditContext } from '#domain/audit-event.ts';
import { AppError } from '#domain/errors.ts';
import type { ImportLine, TerritoryImport } from '#domain/territory-import.ts';
import type { Database } from '#store/store.ts';
import { addImport, countPreviews } from '#store/territory-imports.ts';

import { authorOf } from './author-of.ts';
import { getImport } from './get-import.ts';
import { recordImport } from './record-import.ts';
import { previewLines } from './preview-lines.ts';
import { readPreviewContext } from './preview-context.ts';
import { readSpreadsheet } from './read-spreadsheet.ts';
import { COLUMNS, SPREADSHEET_COLUMNS } from './spreadsheet-columns.ts';

/** Of one territory, open at once: each holds up to ten megabytes. */
const PREVIEWS_MAX = 50;

/**
 * Keeps a coordinator's spreadsheet as a preview: whom each line is about, what it would change, what is wrong or doubtful. No page
 * is changed.
 * @throws AppError `request-invalid` for a file that cannot be read, `territory-not-found`, `limit-reached`, `store-unavailable`
 */
export async function makeImport(
  db: Database,
  territoryId: string,
  file: { name: string; bytes: Uint8Array },
  audit: AuditContext,
): Promise<TerritoryImport> {
  const { columns, lines } = await previewSpreadsheet(db, territoryId, file.bytes);
  const id = crypto.randomUUID();
  const fileName = file.name.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '').slice(0, 120) || 'tableau.csv';
  const createdBy = authorOf(audit, territoryId);
  await db.transaction(async (tx) => {
    if ((await countPreviews(tx, territoryId)) >= PREVIEWS_MAX)
      throw new AppError(
        'limit-reached',
        `The territory has ${PREVIEWS_MAX} previews: confirm or delete one.`,
        {
          max: PREVIEWS_MAX,
        },
      );
    await addImport(tx, { id, territoryId, fileName, columns, createdBy }, lines);
    const details = { importId: id, lines: lines.length };
    await recordImport(tx, 'preview-import', territoryId, audit, details);
  });
  return getImport(db, territoryId, id);
}

/**
 * Tells what a spreadsheet would do, and keeps nothing.
 * @throws as `makeImport`
 */
export async function previewSpreadsheet(
  db: Database,
  territoryId: string,
  bytes: Uint8Array,
): Promise<{ columns: string[]; lines: ImportLine[] }> {
  const context = await readPreviewContext(db, territoryId);
  const { lines, faults } = readSpreadsheet(bytes);
  if (faults.length > 0) throw unreadable(faults);
  if (lines.length === 0)
    throw unreadable([{ line: 1, column: null, detail: 'Le tableau n’a que la ligne des titres.' }]);
  const held = COLUMNS.filter((column) => lines.some(({ cells }) => cells[column] !== undefined));
  return {
    columns: held.map((it) => SPREADSHEET_COLUMNS[it]),
    lines: previewLines(
      lines.map((it) => ({ ...it, choice: null })),
      context,
    ),
  };
}

function unreadable(faults: { line: number; column: string | null; detail: string }[]): AppError {
  return new AppError('request-invalid', 'The spreadsheet cannot be read.', {
    faults: faults.map(({ line, column, detail }) => ({
      pointer: `ligne ${line}${column === null ? '' : `, «\u00a0${column}\u00a0»`}`,
      detail,
    })),
  });
}
