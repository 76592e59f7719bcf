import type { WaysOfPractising } from './practising.ts';

/**
 * What a professional's page says: by its owner, a delegate or a coordinator, never by the national files. Shown to everybody.
 * An absent member is "not said", which is not "no"; no list or text is empty.
 */
export interface Profile {
  ways?: WaysOfPractising;
  /** Codes of `acts.ts`. */
  acts?: string[];
  /** What the person does, in own words. */
  ownWords?: string[];
  equipment?: string[];
  /** ISO 639-1, small letters; French included when said. */
  languages?: string[];
  /** Of the places of practice: codes of `accessibility.ts`. */
  accessibility?: string[];
  hours?: PlaceHours[];
  homeVisitArea?: HomeVisitArea;
  /** By first day. */
  awayPeriods?: AwayPeriod[];
  /** One of the mailboxes that the person holds; another is passed over. */
  preferredMailbox?: string;
  sending?: SendingInstruction[];
  remarks?: string;
}

/** When a person is at one of their places. */
export interface PlaceHours {
  /** Of {@link OrganizationRecord.id}. */
  organizationId: string;
  availableTime: AvailableTime[];
  notAvailable?: NotAvailable[];
}

export const DAYS_OF_WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type DayOfWeek = (typeof DAYS_OF_WEEK)[number];

/** @see FHIR R4 PractitionerRole.availableTime. Times are local, `HH:MM`; absent on a day that is wholly covered. */
export interface AvailableTime {
  daysOfWeek: DayOfWeek[];
  allDay?: true;
  availableStartTime?: string;
  availableEndTime?: string;
}

/** @see FHIR R4 PractitionerRole.notAvailable. Days, both included. */
export interface NotAvailable {
  description: string;
  during: { start: string; end: string };
}

/** Where the person goes: to these communes, and so far around each place of practice. One of the two at least. */
export interface HomeVisitArea {
  /** Current INSEE codes. */
  communeCodes?: string[];
  /** 1 to 100. */
  radiusKm?: number;
}

/** Days (`2026-11-20`), both included, two years at most. */
export interface AwayPeriod {
  start: string;
  end: string;
  message?: string;
  replacement?: { rpps?: string; name?: string };
}

/** "Comptes rendus: my mailbox; prescriptions: the secretariat". */
interface SendingInstruction {
  what: string;
  where: string;
}

/** How much a page says: nothing; not all that its readers look for; all of it. See `completenessOf`. */
export type Completeness = 'empty' | 'partial' | 'complete';

/**
 * Complete: the eight ways of practising are said (yes or no), hours at one place at least, and an area where home visits are
 * made. Empty: nothing is said at all. Partial: the rest.
 */
export function completenessOf(profile: Profile | undefined): Completeness {
  if (profile === undefined || Object.keys(profile).length === 0) return 'empty';
  const said = Object.values(profile.ways ?? {}).length;
  const saysArea = profile.ways?.homeVisits !== true || profile.homeVisitArea !== undefined;
  return said === WAYS_COUNT && profile.hours !== undefined && saysArea ? 'complete' : 'partial';
}

const WAYS_COUNT = 8;

/** One thing that a page says, and said. */
export interface FieldChange {
  /** A member of the profile; of the ways of practising, `ways.homeVisits`. */
  field: ProfileField;
  /** Null: nothing was said. */
  before: unknown;
  after: unknown;
}

export type ProfileField = Exclude<keyof Profile, 'ways'> | `ways.${keyof WaysOfPractising}`;

/** One change of a page, as its history keeps it. */
export interface ProfileChange {
  /** Of the page after the change: 1 for its first. */
  version: number;
  /** RFC 3339, UTC. */
  at: string;
  by: ChangeAuthor;
  changes: FieldChange[];
}

export interface ChangeAuthor {
  kind: 'owner' | 'delegate' | 'coordinator' | 'administrator' | 'application';
  name: string;
  /** What the change is part of: the undoing of another version, or an import of a territory. */
  undoes?: number;
  importId?: string;
}
