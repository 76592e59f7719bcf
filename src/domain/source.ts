import type {
  MailboxHolderRecord,
  MailboxRecord,
  OrganizationRecord,
  PostcodeRecord,
  PractitionerRecord,
  PractitionerRoleRecord,
  QualificationRecord,
  SavoirFaireRecord,
} from './records.ts';

/** The official files, in the order in which a run reads them. */
export const SOURCE_IDS = ['postcodes', 'finess', 'rpps', 'savoir-faire', 'diplomes', 'mssante'] as const;
export type SourceId = (typeof SOURCE_IDS)[number];

/** A line of a source file that cannot become a record. It never holds a patient address. */
export interface Rejection {
  source: SourceId;
  file: string;
  /** 1 for the header; the ordinal of the element for JSON. */
  line: number;
  /** The publisher's column name; null when the whole line is at fault. */
  column: string | null;
  reason: RejectionReason;
  /** What was wrong and what would be right, for people; the faulty value cut to 80 characters. */
  detail: string;
}

const REJECTION_REASONS = [
  'wrong-column-count',
  'value-missing',
  'identifier-malformed',
  'address-malformed',
  'code-unknown',
  'patient-address',
  'not-json',
  'too-long',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** A code met in a file that no list of ours knows, with the file's own label. */
export interface UnlistedCode {
  list: 'profession' | 'savoirFaire' | 'secteurActivite' | 'categorieEtablissement';
  code: string;
  label: string;
}

/**
 * What one accepted line states. Absent members are not stated by that file; an organization also where an earlier line stated
 * the same of it.
 */
export interface SourceRecord {
  line: number;
  practitioner?: PractitionerRecord;
  role?: PractitionerRoleRecord;
  savoirFaire?: SavoirFaireRecord;
  qualifications?: QualificationRecord[];
  organization?: OrganizationRecord;
  mailbox?: MailboxRecord;
  holder?: MailboxHolderRecord;
  postcode?: PostcodeRecord;
  unlistedCodes?: UnlistedCode[];
}

/** One line read: a record, a rejection, or `ignored` (a closed establishment, for example), which is counted apart. */
export type SourceLine =
  | { record: SourceRecord }
  | { rejection: Rejection }
  | { ignored: 'closed-establishment' | 'legal-entity' };
