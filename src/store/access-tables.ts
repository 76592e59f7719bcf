import { pgTable, text } from 'drizzle-orm/pg-core';

import { instant, keyText } from './schema.ts';

/** Keys of applications. The secret itself is nowhere: only its SHA-256. */
export const applicationKey = pgTable('application_key', {
  /** Shown in lists, and within the key. */
  id: keyText('id').primaryKey(),
  name: text('name').notNull(),
  secretHash: keyText('secret_hash').notNull(),
  scopes: text('scopes').array().notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  /** To the minute. */
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
});
