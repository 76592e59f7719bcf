import type { ShownExpertise, ShownTeam } from './declaration.ts';
import type { MailboxChannel } from './mailbox-channels.ts';
import type { Profile } from './profile.ts';
import type { MailboxType } from './records.ts';

export const CORRESPONDENT_KINDS = ['professional', 'service', 'expert', 'team'] as const;
export type CorrespondentKind = (typeof CORRESPONDENT_KINDS)[number];

export interface Coding {
  code: string;
  /** The code itself where no list gives a label. */
  label: string;
}

export interface SavoirFaire extends Coding {
  /** TRE_R04; null when the source does not say. */
  type: string | null;
}

/** A place of practice of a professional, or the place of a service. */
export interface Place {
  organization: {
    id: string;
    name: string | null;
    /** Of the site. */
    finess: string | null;
    /** Of the legal entity it belongs to. A search by FINESS matches either. */
    finessJuridique: string | null;
    category: Coding | null;
  } | null;
  /** Street lines on one line, without postcode and town. */
  address: string | null;
  postcode: string | null;
  commune: { code: string | null; name: string } | null;
  departement: { code: string; name: string } | null;
  /** INSEE country code 99xxx when abroad. */
  country: string | null;
  phone: string | null;
  /** TRE_R23. */
  modeExercice: Coding | null;
  /** WGS 84 degrees; `approximate` when it is the commune's centre and not the site's. Null when unknown. */
  position: { latitude: number; longitude: number; approximate: boolean } | null;
}

export interface Mailbox {
  address: string;
  type: MailboxType;
  /** UTC day (`2026-11-20`) of the last opening that an operator reported; null when no operator reports on it. */
  lastOpenedOn: string | null;
  /** What it can receive beside mail, in the order of the list; absent when nothing is declared. */
  channels?: MailboxChannel[];
}

/**
 * What a search returns: one per professional, one per service mailbox, one per declared expertise, one per resource team.
 * Places and mailboxes are ordered (mailboxes: the preferred first; places: by organization id) so that equal facts give
 * equal views.
 */
export interface Correspondent {
  /** Stable across imports; letters, digits, `-` and `_` only. See `correspondent-id.ts`. */
  id: string;
  kind: CorrespondentKind;
  /** As shown: "Dr Marie DUPONT", "Secrétariat de cardiologie – CH Emile Roux". */
  name: string;
  familyName: string | null;
  givenNames: string | null;
  civilite: string | null;
  rpps: string | null;
  profession: Coding | null;
  /** Other professions of the same person, when there are several. */
  otherProfessions: Coding[];
  savoirFaire: SavoirFaire[];
  /** What a service mailbox says of itself (service de rattachement); null for a person. */
  serviceName: string | null;
  places: Place[];
  mailboxes: Mailbox[];
  /** Of a professional; absent while nobody has said anything. */
  profile?: Profile;
  /** Of an expert. */
  expertise?: ShownExpertise;
  /** Of a team. */
  team?: ShownTeam;
}
