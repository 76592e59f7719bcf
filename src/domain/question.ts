import type { CorrespondentKind } from './correspondent.ts';
import type { MailboxChannel } from './mailbox-channels.ts';
import type { WayOfPractising } from './practising.ts';

/**
 * The one question that every interface (REST, FHIR, pages) reduces to. Members combine by AND, the values of a list by OR.
 * `undefined` is "not asked".
 */
export interface CorrespondentQuestion {
  /** What was typed, 1 to 10,000 characters; undefined for "all that the filters keep". */
  text: string | undefined;
  /** A place as typed: commune, postcode, département, region, INSEE code. */
  where: string | undefined;
  /** Where the caller is, as typed: nearer results come first. A commune, a postcode or `latitude,longitude`. */
  near: string | undefined;
  kinds: CorrespondentKind[] | undefined;
  professionCodes: string[] | undefined;
  savoirFaireCodes: string[] | undefined;
  departementCodes: string[] | undefined;
  communeCodes: string[] | undefined;
  rpps: string | undefined;
  mailbox: string | undefined;
  finess: string | undefined;
  /** Ids of places of practice. */
  organizationIds: string[] | undefined;
  /** Ways of practising, all of them a known yes. */
  ways: WayOfPractising[] | undefined;
  /** Codes of `acts.ts`. */
  actCodes: string[] | undefined;
  /** True: not away today. */
  present: true | undefined;
  /** Set by the use case for `present`: the day in France. */
  presentOn: string | undefined;
  /** A place as typed to whose homes they go. */
  comesTo: string | undefined;
  /** Set by the use case for `comesTo`. */
  visits: VisitedPlace | undefined;
  hasMailbox: boolean | undefined;
  /** Kilometres around the place asked for, 1 to 200: communes whose centre is so near. */
  within: number | undefined;
  /** `distance`: the nearest place of practice first, whatever else; asks for a place. */
  sort: 'distance' | undefined;
  /** What to count among all results. */
  facets: Facet[] | undefined;
  /** Tell how the text was searched, and why each result stands where it does. */
  explain: boolean;
  /** `active`: at least one mailbox was opened during the last 30 days. */
  mailboxStatus: 'active' | undefined;
  /** Set by the use case for `mailboxStatus`: the UTC days on which an opening counts. */
  openedOn: string[] | undefined;
  /** What at least one mailbox can receive beside mail. */
  channels: MailboxChannel[] | undefined;
  /** 1 to 50. */
  limit: number;
  /** How many results to pass over; from a cursor. */
  offset: number;
  /** When the walk began that the page belongs to, from a cursor; undefined: now. It keeps the days that `present` and `mailboxStatus` stand for. */
  walkBegan?: Date | undefined;
}

/** Where somebody is to be visited at home. */
export interface VisitedPlace {
  /** Of the place: whose area of visits covers one of them comes. */
  communeCodes: string[];
  /** Around it: who practises there and goes to homes without saying where may come. */
  aroundCodes: string[];
}

/** What results can be counted by. */
export const FACETS = ['kind', 'profession', 'savoirFaire', 'departement', 'category', 'way', 'act'] as const;
export type Facet = (typeof FACETS)[number];

/** Of each facet asked, the values that some result has, the most frequent first, a hundred at most. */
export type FacetCounts = Partial<Record<Facet, { code: string; label: string; count: number }[]>>;

/** `exact` is false when there are more than `value`, of which walking gives exactly `value`. */
export interface Total {
  value: number;
  exact: boolean;
}
