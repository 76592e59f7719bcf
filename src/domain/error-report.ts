/** What somebody says is wrong on a page. */
export const REPORTED_FIELDS = [
  'identity',
  'profession',
  'place',
  'phone',
  'mailbox',
  'practising',
  'gone',
  'other',
] as const;

export type ReportedField = (typeof REPORTED_FIELDS)[number];

export const REPORT_MESSAGE_MAX = 2000;

/** Private: told to who may mend it, never indexed, exported or logged. */
export interface ErrorReport {
  id: number;
  /** A correspondent's id, or `structure-` and a FINESS number. */
  subjectId: string;
  /** As shown when it was reported. */
  subjectName: string;
  field: ReportedField;
  message: string;
  reporter: 'anonymous' | 'person' | 'application';
  /** RFC 3339, UTC. */
  reportedAt: string;
  /** Null: it is open. */
  closedAt: string | null;
}
