import { pgTable, text } from 'drizzle-orm/pg-core';

import { instant, keyText } from './schema.ts';

/**
 * The last opening of each mailbox that its operator reported. `mailbox.last_opened_on` is the day as the index holds it, written
 * again only when it would make an answer wrong (see `mailbox-activity.ts`).
 */
export const mailboxActivity = pgTable('mailbox_activity', {
  address: keyText('address').primaryKey(),
  openedAt: instant('opened_at').notNull(),
});

/** What a mailbox can receive beside mail, as its operator declared; no row: nothing was declared. */
export const mailboxChannels = pgTable('mailbox_channels', {
  address: keyText('address').primaryKey(),
  channels: text('channels').array().notNull(),
  declaredAt: instant('declared_at').notNull().defaultNow(),
});
