import { index, integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

import { instant, keyText } from './schema.ts';

/**
 * What the page of a professional says. Not fed by any import, and kept when the person leaves the national files: whoever comes
 * back finds their page. `json`, not `jsonb`: members keep their order, so that equal pages are equal texts.
 */
export const profile = pgTable('profile', {
  practitionerId: keyText('practitioner_id').primaryKey(),
  /** 0 until something was said. */
  version: integer('version').notNull(),
  content: json('content').notNull(),
  /** `completenessOf` its content, for the boards of territories. */
  completeness: text('completeness', { enum: ['empty', 'partial', 'complete'] }).notNull(),
  changedAt: instant('changed_at').notNull().defaultNow(),
});

/** One row a change of a page, never changed itself. */
export const profileChange = pgTable(
  'profile_change',
  {
    practitionerId: keyText('practitioner_id').notNull(),
    /** Of the page after it. */
    version: integer('version').notNull(),
    at: instant('at').notNull().defaultNow(),
    /** `ChangeAuthor` */
    author: json('author').notNull(),
    /** `FieldChange[]` */
    changes: json('changes').notNull(),
    /** Of the author, when the change is part of the import of a territory. */
    importId: keyText('import_id'),
  },
  (table) => [
    primaryKey({ columns: [table.practitionerId, table.version] }),
    index('profile_change_import').on(table.importId),
  ],
);

/** What somebody has typed and not yet published. */
export const profileDraft = pgTable(
  'profile_draft',
  {
    practitionerId: keyText('practitioner_id').notNull(),
    /** Subject of the person who types. */
    editor: keyText('editor').notNull(),
    /** Of the page that it was begun from. */
    baseVersion: integer('base_version').notNull(),
    /** As typed: need not be right yet. */
    content: json('content').notNull(),
    savedAt: instant('saved_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.practitionerId, table.editor] })],
);

/** Who may edit the page of another, because its owner says so. */
export const delegation = pgTable(
  'delegation',
  {
    id: keyText('id').primaryKey(),
    practitionerId: keyText('practitioner_id').notNull(),
    /** An RPPS number, or an e-mail address in small letters that the person's provider states as verified. */
    delegate: keyText('delegate').notNull(),
    /** For the owner's list. */
    name: text('name').notNull(),
    /** Last day, included; null: until revoked. */
    until: text('until'),
    createdAt: instant('created_at').notNull().defaultNow(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    index('delegation_practitioner').on(table.practitionerId),
    index('delegation_delegate').on(table.delegate),
  ],
);

/** Private: where a professional wants to be told things. Never in an index, an export, the feed or a log. */
export const privateContact = pgTable(
  'private_contact',
  {
    practitionerId: keyText('practitioner_id').notNull(),
    kind: text('kind', { enum: ['email', 'phone'] }).notNull(),
    address: text('address').notNull(),
    /** Null while the code that was sent there has not come back. */
    verifiedAt: instant('verified_at'),
    /** Of the code, with its salt; null when none is awaited. */
    codeHash: text('code_hash'),
    codeSentAt: instant('code_sent_at'),
    attempts: integer('attempts').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.practitionerId, table.kind] })],
);
