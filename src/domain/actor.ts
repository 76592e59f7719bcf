/** Who is calling, as `access/` established it. Use cases that write take one and ask the table of operations. */
export type Actor =
  | { kind: 'anonymous' }
  | PersonActor
  | { kind: 'application'; keyId: string; name: string; scopes: Scope[] };

/** Somebody who signed in with OpenID Connect, or for whom an application calls with an access token. */
export interface PersonActor {
  kind: 'person';
  /** Issuer and subject, parted by a space: stable, and never shown. */
  subject: string;
  /** As the provider gives it, for the history that the owner of a page reads. */
  name: string;
  /** By what the person may be named: `rpps:…`, `subject:…`, `email:…` (see `role_grant`). Never shown. */
  knownAs: string[];
  /** 11 digits, when the provider states the national identifier; null otherwise. */
  rpps: string | null;
  isAdministrator: boolean;
  /** Ids of the territories that the person coordinates. */
  territories: string[];
  /** Ids of the organizations whose services the person manages. */
  organizations: string[];
  /** Through which the person calls, as its issuer names it; null for the pages of this service. */
  application: string | null;
}

/** What an application's key allows. `mailbox-activity:` names a mail domain, `territory:` a territory. */
export type Scope = 'search' | 'export' | 'admin' | `mailbox-activity:${string}` | `territory:${string}`;
