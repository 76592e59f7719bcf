import { bigint, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

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

/** Who left for a provider of identities and is not back yet. One row is good for one return. */
export const signInAttempt = pgTable('sign_in_attempt', {
  /** SHA-256 of the `state` that was sent. */
  stateHash: keyText('state_hash').primaryKey(),
  /** SHA-256 of the cookie of the browser that left: no other may come back with the state. */
  browserHash: keyText('browser_hash').notNull(),
  providerId: keyText('provider_id').notNull(),
  nonce: text('nonce').notNull(),
  codeVerifier: text('code_verifier').notNull(),
  startedAt: instant('started_at').notNull().defaultNow(),
});

/** People who are signed in. The cookie's token is nowhere: only its SHA-256. */
export const session = pgTable('session', {
  tokenHash: keyText('token_hash').primaryKey(),
  subject: keyText('subject').notNull(),
  name: text('name').notNull(),
  rpps: keyText('rpps'),
  /** Under what roles may have been granted: see `role_grant.holder`. */
  knownAs: text('known_as').array().notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  /** To the minute. */
  lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
});

/** What people may do beyond their own page. */
export const roleGrant = pgTable(
  'role_grant',
  {
    /** `rpps:` and the number, `subject:` or `email:` and the issuer, a space, and what that issuer calls the person. */
    holder: keyText('holder').notNull(),
    /** `administrator`, `coordinator`, `manager`. */
    role: keyText('role').notNull(),
    /** Id of a territory or of an organization; `*` for administrators. */
    target: keyText('target').notNull(),
    grantedAt: instant('granted_at').notNull().defaultNow(),
    grantedBy: text('granted_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.holder, table.role, table.target] })],
);

/** Who did what, when, through which application. A trigger refuses any change of it. */
export const auditEvent = pgTable(
  'audit_event',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull().defaultNow(),
    /** `anonymous`, `person`, `application`, or `operator` on the command line. */
    actorKind: keyText('actor_kind').notNull(),
    /** Of a person, issuer and subject; of an application, the id of its key; null for the others. */
    actorSubject: text('actor_subject'),
    actorName: text('actor_name'),
    /** Through which a person acted; null for the pages of this service. */
    application: text('application'),
    operation: keyText('operation').notNull(),
    /** What it was done to: `practitioner`, `territory`, `mailbox`…, and its id; null where there is no one thing. */
    targetKind: keyText('target_kind'),
    targetId: keyText('target_id'),
    /** `done`, `refused`, `failed`. */
    outcome: keyText('outcome').notNull(),
    requestId: text('request_id'),
    /** Counts, names of fields: never a value that is private. */
    details: jsonb('details'),
  },
  (table) => [
    index('audit_event_target').on(table.targetKind, table.targetId, table.id),
    index('audit_event_actor').on(table.actorSubject, table.id),
    index('audit_event_actor_name').on(table.actorName, table.id),
  ],
);
