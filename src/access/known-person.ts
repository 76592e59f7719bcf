import type { PersonActor } from '#domain/actor.ts';
import { parseRpps } from '#domain/identifiers.ts';
import { listRolesOf } from '#store/roles.ts';
import type { KnownPerson } from '#store/sessions.ts';
import type { Database } from '#store/store.ts';

/** What an issuer states of somebody. Nothing has been checked but that it does state it. */
export type Claims = Readonly<Record<string, unknown>>;

const NAME_LENGTH_MAX = 100;

/**
 * Who the claims of an issuer are about.
 * @param statesRpps only Pro Santé Connect is believed about an RPPS
 * @see https://industriels.esante.gouv.fr/produits-et-services/pro-sante-connect/userinfo
 */
export function toKnownPerson(issuer: string, claims: Claims, statesRpps: boolean): KnownPerson {
  const sub = textOf(claims, 'sub') ?? '';
  const subject = `${issuer} ${sub}`;
  const national = textOf(claims, 'SubjectNameID');
  const rpps =
    statesRpps && national !== undefined && /^8\d{11}$/.test(national) ? parseRpps(national) : null;
  const email = claims['email_verified'] === true ? textOf(claims, 'email') : undefined;
  return {
    subject,
    name: nameOf(claims) ?? sub,
    rpps: rpps ?? null,
    knownAs: [
      `subject:${subject}`,
      ...(rpps ? [`rpps:${rpps}`] : []),
      ...(email === undefined ? [] : [`email:${issuer} ${email.toLowerCase()}`]),
    ],
  };
}

/** The caller, with the roles granted up to now. @throws AppError `store-unavailable` */
export async function toPersonActor(
  db: Database,
  person: KnownPerson,
  application: string | null,
): Promise<PersonActor> {
  const roles = await listRolesOf(db, person.knownAs);
  const targetsOf = (role: string) => roles.filter((it) => it.role === role).map((it) => it.target);
  return {
    kind: 'person',
    subject: person.subject,
    name: person.name,
    knownAs: person.knownAs,
    rpps: person.rpps,
    isAdministrator: targetsOf('administrator').length > 0,
    territories: targetsOf('coordinator'),
    organizations: targetsOf('manager'),
    application,
  };
}

function nameOf(claims: Claims): string | undefined {
  const parts = [textOf(claims, 'given_name'), textOf(claims, 'family_name')].filter(Boolean).join(' ');
  const name = parts || textOf(claims, 'name') || textOf(claims, 'preferred_username');
  return name?.slice(0, NAME_LENGTH_MAX);
}

function textOf(claims: Claims, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
