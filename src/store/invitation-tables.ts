import { index, pgTable, text } from 'drizzle-orm/pg-core';

import { instant, keyText } from './schema.ts';

/** Invitations to fill one's page. Where they were sent is not kept. */
export const invitation = pgTable(
  'invitation',
  {
    id: keyText('id').primaryKey(),
    territoryId: keyText('territory_id').notNull(),
    practitionerId: keyText('practitioner_id').notNull(),
    /** SHA-256 of the link's secret. */
    tokenHash: keyText('token_hash').notNull().unique(),
    /** To the person's secure mailbox, or an e-mail address that the coordinator gave. */
    means: text('means', { enum: ['mailbox', 'email'] }).notNull(),
    sentAt: instant('sent_at').notNull().defaultNow(),
    /** The link opens once: when it did. */
    openedAt: instant('opened_at'),
  },
  (table) => [index('invitation_practitioner').on(table.practitionerId, table.sentAt)],
);
