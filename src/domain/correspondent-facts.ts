import type { Declaration } from './declaration.ts';
import type { MailboxChannel } from './mailbox-channels.ts';
import type { Profile } from './profile.ts';
import type {
  MailboxHolderRecord,
  MailboxRecord,
  OrganizationRecord,
  PractitionerRecord,
  PractitionerRoleRecord,
  SavoirFaireRecord,
} from './records.ts';

/** A mailbox with what was learnt of its use. */
export interface KnownMailbox extends MailboxRecord {
  lastOpenedOn: string | null;
  channels?: MailboxChannel[];
}

/** All that the store holds of one professional, active rows only. */
export interface ProfessionalFacts {
  id: string;
  /** Null for someone whom only the mailbox file knows. */
  practitioner: PractitionerRecord | null;
  roles: PractitionerRoleRecord[];
  savoirFaire: SavoirFaireRecord[];
  /** Every line of every mailbox that the person holds. */
  holders: MailboxHolderRecord[];
  /** What the person's page says; null when nothing. */
  profile: Profile | null;
}

/** All that the store holds of one service mailbox. */
export interface ServiceFacts {
  id: string;
  mailbox: KnownMailbox;
  holders: MailboxHolderRecord[];
}

/** All that the store holds of one declared expertise or team. */
export interface DeclaredFacts {
  id: string;
  declaration: Declaration;
  /** Of the professional who declares it; null for what a structure or a territory declares. */
  owner: ProfessionalFacts | null;
}

/** What facts refer to. */
export interface FactReferences {
  organizations: ReadonlyMap<string, OrganizationRecord>;
  mailboxes: ReadonlyMap<string, KnownMailbox>;
  /** Labels that the files gave for codes that no list of the project knows, by `list|code`. */
  labels: ReadonlyMap<string, string>;
  /** Centres of communes that La Poste's file corrects; empty until it is imported. */
  communeCentres: ReadonlyMap<string, { latitude: number; longitude: number }>;
  /** Those that areas and owners of declarations name; absent: they are no more. */
  territories: ReadonlyMap<string, { name: string; communeCodes: string[] }>;
}
