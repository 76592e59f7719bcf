import type { Completeness } from './profile.ts';

/** A set of communes that a community of professionals (CPTS…) answers for. */
export interface Territory {
  /** Small letters, digits and hyphens, 2 to 60 characters. */
  id: string;
  name: string;
  /** Current INSEE codes, each once, by code; a city with its arrondissements. */
  communeCodes: string[];
}

export interface TerritoryNumbers {
  professionals: number;
  /** Of whom no secure mailbox is known. */
  withoutMailbox: number;
  /** Pages by what they say: see `completenessOf`; together all professionals. */
  emptyPages: number;
  partialPages: number;
  completePages: number;
  /** Of those that say something: nobody has changed them for 12 months. */
  stalePages: number;
}

/** Invitations to fill one's page. */
export interface InvitationNumbers {
  /** People of the territory who were ever invited. */
  invited: number;
  /** Of whom the link was opened. */
  opened: number;
  /** Whose page has changed since they were invited. */
  answered: number;
}

/** The last invitation of somebody by a territory. */
export interface SentInvitation {
  practitionerId: string;
  rpps: string | null;
  /** "ISAURE VALLORBE". */
  name: string;
  /** To the person's secure mailbox, or an e-mail address that a coordinator gave. */
  means: 'mailbox' | 'email';
  /** How many times the territory has invited the person. */
  times: number;
  /** RFC 3339, UTC, as the others. */
  sentAt: string;
  /** When the link was opened, by the person and nobody else. */
  openedAt: string | null;
  /** When the page was last changed, if that was after the invitation. */
  answeredAt: string | null;
  /** The link was not opened in its time. */
  isExpired: boolean;
  /** It is old enough for another one. */
  maySendAgain: boolean;
}

/** The numbers of one UTC day. Null: it was not counted that day. */
export type DayNumbers = { day: string; errorReports: number | null } & Pick<
  TerritoryNumbers,
  'professionals' | 'withoutMailbox'
> & {
    [Name in 'emptyPages' | 'partialPages' | 'completePages' | 'stalePages']: number | null;
  };

/** What a coordinator sees of a territory. */
export interface TerritoryBoard extends TerritoryNumbers {
  territory: Territory;
  /** Reports of errors that nobody has closed. */
  errorReports: number;
  invitations: InvitationNumbers;
  /** The most numerous first. Somebody of two professions counts in both. */
  professions: ({ code: string } & TerritoryNumbers)[];
  /** The most numerous first. Somebody who practises in two communes counts in both. */
  communes: ({ code: string } & TerritoryNumbers)[];
  /** One a day, the oldest first. */
  progress: DayNumbers[];
}

/** One line of the table that a coordinator downloads. */
export interface TerritoryProfessional {
  practitionerId: string;
  rpps: string | null;
  familyName: string;
  givenNames: string | null;
  professionCode: string;
  communeCode: string;
  hasMailbox: boolean;
}

/** Somebody as a coordinator sees them in a list. */
export interface TerritoryPerson {
  practitionerId: string;
  rpps: string | null;
  /** "ISAURE VALLORBE". */
  name: string;
  /** Of the structures where the person practises, wherever they are. */
  communeCodes: string[];
}

/** Somebody of the territory and how far their page is. */
export interface TerritoryMember extends TerritoryPerson {
  /** Within the territory, as the communes. */
  professionCodes: string[];
  hasMailbox: boolean;
  page: Completeness;
  isStale: boolean;
  /** RFC 3339, UTC; null: nobody has said anything. */
  changedAt: string | null;
  /** Of the last invitation. */
  invitedAt: string | null;
  /** Whether its link was opened. */
  hasOpened: boolean;
}

/** Which people of a territory: all that is given holds. */
export interface MemberFilter {
  page?: Completeness | undefined;
  isStale?: boolean | undefined;
  hasMailbox?: boolean | undefined;
  wasInvited?: boolean | undefined;
  profession?: string | undefined;
  commune?: string | undefined;
  /** In the name or the RPPS. */
  text?: string | undefined;
}
