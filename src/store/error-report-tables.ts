import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

import { instant, keyText } from './schema.ts';

/** What people say is wrong. Private: nothing but the pages and routes of who may mend it reads this. */
export const errorReport = pgTable(
  'error_report',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    /** A correspondent's id, or `structure-` and a FINESS number. */
    subjectId: keyText('subject_id').notNull(),
    subjectName: text('subject_name').notNull(),
    field: text('field').notNull(),
    message: text('message').notNull(),
    reporter: text('reporter', { enum: ['anonymous', 'person', 'application'] }).notNull(),
    reportedAt: instant('reported_at').notNull().defaultNow(),
    closedAt: instant('closed_at'),
  },
  (table) => [index('error_report_at').on(table.reportedAt)],
);

/** Where the subject was when it was reported: the territories of these communes read it, whenever they are made. */
export const errorReportCommune = pgTable(
  'error_report_commune',
  { reportId: integer('report_id').notNull(), communeCode: keyText('commune_code').notNull() },
  (table) => [
    primaryKey({ columns: [table.reportId, table.communeCode] }),
    index('error_report_commune_code').on(table.communeCode),
  ],
);
