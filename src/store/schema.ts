import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

/**
 * What the directory keeps. The tables that an official file feeds carry the same four columns:
 * `is_active` (false: it has left its source; the row stays as history), `stated_at` (publication of the file whose statement
 * this is), `created_at` and `changed_at` (when a run wrote it).
 */

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });

/** Keys and codes, compared byte by byte on every server, whatever its locale: sorts and indexes take half the time. */
export const keyText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text COLLATE "C"',
});

const traced = () => ({
  isActive: boolean('is_active').notNull().default(true),
  statedAt: instant('stated_at').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  changedAt: instant('changed_at').notNull().defaultNow(),
});

export const practitioner = pgTable('practitioner', {
  id: keyText('id').primaryKey(),
  familyName: text('family_name').notNull(),
  givenNames: text('given_names'),
  civilite: text('civilite'),
  civiliteExercice: text('civilite_exercice'),
  ...traced(),
});

/** Its id is a digest of all that it states: a role does not change, it ends and another begins. */
export const practitionerRole = pgTable(
  'practitioner_role',
  {
    id: uuid('id').primaryKey(),
    practitionerId: keyText('practitioner_id').notNull(),
    professionCode: keyText('profession_code').notNull(),
    categorieProfessionnelle: text('categorie_professionnelle'),
    modeExercice: text('mode_exercice'),
    secteurActivite: text('secteur_activite'),
    sectionPharmacien: text('section_pharmacien'),
    role: text('role'),
    genreActivite: text('genre_activite'),
    autoriteEnregistrement: text('autorite_enregistrement'),
    organizationId: keyText('organization_id'),
    ...traced(),
  },
  (table) => [
    index('practitioner_role_practitioner').on(table.practitionerId),
    index('practitioner_role_organization').on(table.organizationId),
  ],
);

/** Stated by two files (activity lines and the savoir-faire file): read as their union. */
export const savoirFaire = pgTable(
  'savoir_faire',
  {
    source: keyText('source').notNull(),
    practitionerId: keyText('practitioner_id').notNull(),
    professionCode: keyText('profession_code').notNull(),
    type: keyText('type').notNull(),
    code: keyText('code').notNull(),
    ...traced(),
  },
  (table) => [
    primaryKey({
      columns: [table.practitionerId, table.source, table.professionCode, table.type, table.code],
    }),
  ],
);

/** Diplomas and authorisations. Its id is a digest of practitioner, kind, type and code. */
export const qualification = pgTable(
  'qualification',
  {
    id: uuid('id').primaryKey(),
    practitionerId: keyText('practitioner_id').notNull(),
    kind: text('kind').notNull(),
    type: keyText('type'),
    code: keyText('code').notNull(),
    label: text('label'),
    ...traced(),
  },
  (table) => [index('qualification_practitioner').on(table.practitionerId)],
);

/** One row per source that knows the structure: `domain/precedence.ts` says which one is believed for what. */
export const organization = pgTable(
  'organization',
  {
    id: keyText('id').notNull(),
    source: keyText('source').notNull(),
    finess: text('finess'),
    finessJuridique: text('finess_juridique'),
    siret: text('siret'),
    siren: text('siren'),
    name: text('name'),
    tradeName: text('trade_name'),
    categoryCode: text('category_code'),
    secteurActivite: text('secteur_activite'),
    recipient: text('recipient'),
    geographicPoint: text('geographic_point'),
    street: text('street'),
    distribution: text('distribution'),
    postcode: keyText('postcode'),
    isCedex: boolean('is_cedex'),
    communeCode: keyText('commune_code'),
    locality: text('locality'),
    departementCode: text('departement_code'),
    countryCode: text('country_code'),
    phone: text('phone'),
    fax: text('fax'),
    email: text('email'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    ...traced(),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.source] }),
    index('organization_commune').on(table.communeCode),
    index('organization_finess').on(table.finess),
    index('organization_finess_juridique').on(table.finessJuridique),
  ],
);

export const mailbox = pgTable('mailbox', {
  address: keyText('address').primaryKey(),
  type: keyText('type').notNull(),
  dematerialisation: boolean('dematerialisation'),
  /** UTC day of the last opening that an operator reported. No import touches it. */
  lastOpenedOn: date('last_opened_on', { mode: 'string' }),
  ...traced(),
});

/** Its id is a digest of all that it states. */
export const mailboxHolder = pgTable(
  'mailbox_holder',
  {
    id: uuid('id').primaryKey(),
    address: keyText('address').notNull(),
    practitionerId: keyText('practitioner_id'),
    familyName: text('family_name'),
    givenNames: text('given_names'),
    civiliteExercice: text('civilite_exercice'),
    professionCode: keyText('profession_code'),
    savoirFaireCode: text('savoir_faire_code'),
    organizationId: keyText('organization_id'),
    serviceName: text('service_name'),
    ...traced(),
  },
  (table) => [
    index('mailbox_holder_address').on(table.address),
    index('mailbox_holder_practitioner').on(table.practitionerId),
    index('mailbox_holder_organization').on(table.organizationId),
  ],
);

/** La Poste's postcodes, when imported: they correct the positions of the communes that come with the project. */
export const postcode = pgTable('postcode', {
  id: uuid('id').primaryKey(),
  postcode: keyText('postcode').notNull(),
  communeCode: keyText('commune_code').notNull(),
  label: text('label').notNull(),
  line5: text('line5'),
  latitude: doublePrecision('latitude'),
  longitude: doublePrecision('longitude'),
  ...traced(),
});

/** Labels, as the files give them, of codes that no list of the project knows. */
export const codeLabel = pgTable(
  'code_label',
  { list: keyText('list').notNull(), code: keyText('code').notNull(), label: text('label').notNull() },
  (table) => [primaryKey({ columns: [table.list, table.code] })],
);

/**
 * Who must not be shown (red list, opposition): a practitioner's id or a mailbox address. Small, and consulted at every
 * answer, whatever an index still holds.
 */
export const withheld = pgTable('withheld', {
  key: keyText('key').primaryKey(),
  reason: text('reason').notNull(),
  since: instant('since').notNull().defaultNow(),
});

export const changeLogSequence = pgSequence('change_log_seq');

/** @see domain/change-log.ts */
export const changeLog = pgTable(
  'change_log',
  {
    kind: text('kind', { enum: ['professional', 'service', 'expert', 'team'] }).notNull(),
    /** A practitioner's id, or the address of a mailbox: what the correspondent's id is made of. */
    key: keyText('key').notNull(),
    xid: xid8('xid').notNull(),
    seq: bigint('seq', { mode: 'bigint' }).notNull(),
    isDeleted: boolean('is_deleted').notNull(),
    createdXid: xid8('created_xid').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.key, table.kind] }),
    index('change_log_position').on(table.xid, table.seq),
  ],
);

/** How far one incarnation of a search index has followed the change log. */
export const indexCursor = pgTable('index_cursor', {
  incarnation: keyText('incarnation').primaryKey(),
  documentVersion: text('document_version').notNull(),
  xid: xid8('xid').notNull(),
  seq: bigint('seq', { mode: 'bigint' }).notNull(),
  savedAt: instant('saved_at').notNull().defaultNow(),
});

/** One row an import run, whatever its end. `report` is `domain/import-report.ts`. */
export const importRun = pgTable('import_run', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  state: text('state', { enum: ['running', 'succeeded', 'refused', 'failed', 'interrupted'] }).notNull(),
  host: text('host').notNull(),
  pid: integer('pid').notNull(),
  startedAt: instant('started_at').notNull(),
  finishedAt: instant('finished_at'),
  /** An `ImportProgress`; null before the first step. Of the end nothing is said: the report tells. */
  progress: jsonb('progress'),
  progressAt: instant('progress_at'),
  report: jsonb('report'),
});

/** What each source last gave. */
export const sourceState = pgTable('source_state', {
  source: keyText('source').primaryKey(),
  fileName: text('file_name').notNull(),
  sha256: text('sha256').notNull(),
  /** Of the program's reading of files: the same file is read again by a program that reads it otherwise. */
  readerVersion: integer('reader_version').notNull(),
  /** Of the data, as the publisher dates it; null when the file does not say. */
  publishedAt: instant('published_at'),
  /** When a run last read it, and when a run last found something new in it. */
  checkedAt: instant('checked_at').notNull(),
  changedAt: instant('changed_at').notNull(),
  runId: integer('run_id').notNull(),
  lines: integer('lines').notNull(),
  accepted: integer('accepted').notNull(),
  rejected: integer('rejected').notNull(),
  /** For conditional downloads. */
  etag: text('etag'),
  lastModified: text('last_modified'),
});

/** One row: which directory this is. Cursors of the change feed carry it. */
export const storeIdentity = pgTable('store_identity', {
  id: uuid('id')
    .primaryKey()
    .default(sql`gen_random_uuid()`),
  createdAt: instant('created_at').notNull().defaultNow(),
});
