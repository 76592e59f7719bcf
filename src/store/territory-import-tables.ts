import { index, integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

import { instant, keyText } from './schema.ts';

/** A coordinator's spreadsheet: a preview until it is confirmed. `json`, not `jsonb`: values of pages keep the order of their members. */
export const territoryImport = pgTable(
  'territory_import',
  {
    id: keyText('id').primaryKey(),
    territoryId: keyText('territory_id').notNull(),
    state: text('state', { enum: ['preview', 'confirmed', 'undone'] }).notNull(),
    version: integer('version').notNull(),
    fileName: text('file_name').notNull(),
    /** Headers of the file, `string[]`. */
    columns: json('columns').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** `ChangeAuthor` */
    createdBy: json('created_by').notNull(),
    confirmedAt: instant('confirmed_at'),
    undoneAt: instant('undone_at'),
    /** `LeftField[]` */
    leftByUndo: json('left_by_undo').notNull(),
  },
  (table) => [index('territory_import_territory').on(table.territoryId, table.createdAt)],
);

export const territoryImportLine = pgTable(
  'territory_import_line',
  {
    importId: keyText('import_id').notNull(),
    line: integer('line').notNull(),
    /** `stateOfLine` it, to be counted and filtered by. */
    state: text('state').notNull(),
    practitionerId: keyText('practitioner_id'),
    cells: json('cells').notNull(),
    choice: json('choice'),
    candidates: json('candidates').notNull(),
    faults: json('faults').notNull(),
    /** `FieldChange[]`: what was applied, once confirmed. */
    changes: json('changes').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.line] }),
    index('territory_import_line_state').on(table.importId, table.state, table.line),
  ],
);
