import { boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

import { instant, keyText } from './schema.ts';

/** Declared expertises and resource teams, as they stand; a deleted one stays, since it can be restored. No import touches it. */
export const declaration = pgTable(
  'declaration',
  {
    key: keyText('key').primaryKey(),
    kind: keyText('kind', { enum: ['expert', 'team'] }).notNull(),
    /** Exactly one of the three: who answers for it. */
    practitionerId: keyText('practitioner_id'),
    organizationId: keyText('organization_id'),
    territoryId: keyText('territory_id'),
    mailbox: keyText('mailbox'),
    /** JSON, as text: the order of a form's fields is that in which they are asked. */
    content: text('content').notNull(),
    version: integer('version').notNull(),
    isDeleted: boolean('is_deleted').notNull().default(false),
    changedAt: instant('changed_at').notNull().defaultNow(),
  },
  (table) => [
    index('declaration_practitioner').on(table.practitionerId),
    index('declaration_organization').on(table.organizationId),
    index('declaration_mailbox').on(table.mailbox),
  ],
);

/** Territories that its area or its owner names: when one changes, so does what is found there. */
export const declarationTerritory = pgTable(
  'declaration_territory',
  { key: keyText('key').notNull(), territoryId: keyText('territory_id').notNull() },
  (table) => [
    primaryKey({ columns: [table.key, table.territoryId] }),
    index('declaration_territory_id').on(table.territoryId),
  ],
);

/** Who changed what, and when; rows are only added. */
export const declarationChange = pgTable(
  'declaration_change',
  {
    key: keyText('key').notNull(),
    version: integer('version').notNull(),
    at: instant('at').notNull().defaultNow(),
    /** JSON of `DeclarationAuthor` and of a list of `DeclarationFieldChange`. */
    author: text('author').notNull(),
    changes: text('changes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.version] })],
);

/** Private: read by nothing but `billing-numbers.ts`. */
export const expertiseBilling = pgTable('expertise_billing', {
  key: keyText('key').primaryKey(),
  /** JSON of a list of `BillingNumber`. */
  numbers: text('numbers').notNull(),
  version: integer('version').notNull(),
  changedAt: instant('changed_at').notNull().defaultNow(),
  changedBy: text('changed_by').notNull(),
});

/** What people type before they declare it or change it, a draft each. Nothing private is in it. */
export const declarationDraft = pgTable(
  'declaration_draft',
  {
    kind: keyText('kind').notNull(),
    /** Empty for one that is not declared yet. */
    key: keyText('key').notNull(),
    /** Subject of the person who types. */
    editor: keyText('editor').notNull(),
    baseVersion: integer('base_version').notNull(),
    /** JSON of the fields as typed: need not be right yet. */
    content: text('content').notNull(),
    savedAt: instant('saved_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.key, table.editor] })],
);
