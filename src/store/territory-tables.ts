import { date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

import { instant, keyText } from './schema.ts';

/** A set of communes that a community of professionals (CPTS…) answers for. */
export const territory = pgTable('territory', {
  id: keyText('id').primaryKey(),
  name: text('name').notNull(),
  /** As it is looked for. */
  foldedName: keyText('folded_name').notNull().unique(),
  changedAt: instant('changed_at').notNull().defaultNow(),
});

/** Arrondissements of Paris, Lyon and Marseille beside their commune. */
export const territoryCommune = pgTable(
  'territory_commune',
  { territoryId: keyText('territory_id').notNull(), communeCode: keyText('commune_code').notNull() },
  (table) => [
    primaryKey({ columns: [table.territoryId, table.communeCode] }),
    index('territory_commune_code').on(table.communeCode),
  ],
);

/** The numbers of a territory on one UTC day, so that its progress is seen. */
export const territorySnapshot = pgTable(
  'territory_snapshot',
  {
    territoryId: keyText('territory_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    professionals: integer('professionals').notNull(),
    withoutMailbox: integer('without_mailbox').notNull(),
    /** Null on days before pages were counted. */
    emptyPages: integer('empty_pages'),
    partialPages: integer('partial_pages'),
    completePages: integer('complete_pages'),
    stalePages: integer('stale_pages'),
    errorReports: integer('error_reports'),
  },
  (table) => [primaryKey({ columns: [table.territoryId, table.day] })],
);
