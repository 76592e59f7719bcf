import type { Context } from 'hono';

import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-event.ts';
import { dayInFrance } from '#domain/away.ts';
import { AppError } from '#domain/errors.ts';
import { parseRpps } from '#domain/identifiers.ts';
import { isAllowed } from '#domain/operations.ts';
import type { ChangeAuthor } from '#domain/profile.ts';
import { listDelegateNames } from '#profiles/practitioner/delegates.ts';
import { listOwnersTerritories } from '#profiles/practitioner/profile-page.ts';

import type { AppEnv } from './app-env.ts';
import { auditContextOf, authorizeRequest } from './authenticate.ts';

/** Who changes which page, for the use cases. */
export interface ProfileEditor {
  /** `8` + RPPS. */
  practitionerId: string;
  by: ChangeAuthor;
  audit: AuditContext;
  /** Subject of the person; undefined for an application. */
  editor: string | undefined;
}

/** `8` + RPPS of the page that a request is about: of the path, else of whoever asks. */
export function whoseOf(c: Context<AppEnv>): string {
  const param = c.req.param('rpps');
  const rpps = param === undefined ? ownRpps(c.get('actor')) : parseRpps(param);
  if (rpps !== undefined) return `8${rpps}`;
  const detail = 'It is not an RPPS number: 11 digits.';
  throw new AppError('request-invalid', detail, { faults: [{ pointer: 'path.rpps', detail }] });
}

/** @throws AppError `key-needed`, `not-allowed` */
export function ownRpps(actor: Actor): string {
  if (actor.kind === 'person' && actor.rpps !== null) return actor.rpps;
  if (actor.kind === 'anonymous') throw new AppError('key-needed', 'Sign in first: /connexion.', {});
  throw new AppError(
    'not-allowed',
    'Only a professional who signed in by a card has a page of their own.',
    {},
  );
}

/** @throws AppError `key-needed`, `not-allowed` for whoever may not change the page */
export async function authorizeEdit(c: Context<AppEnv>): Promise<ProfileEditor> {
  const practitionerId = whoseOf(c);
  const actor = c.get('actor');
  const subject = await readSubject(c, practitionerId);
  authorizeRequest(c, 'edit-profile', subject);
  return {
    practitionerId,
    by: toAuthor(actor, subject.owner, subject.delegates),
    audit: auditContextOf(c),
    editor: actor.kind === 'person' ? actor.subject : undefined,
  };
}

/** For what is shown to some and not to others: whether whoever asks may change the page. */
export async function mayEditProfile(c: Context<AppEnv>, rpps: string): Promise<boolean> {
  const subject = await readSubject(c, `8${rpps}`);
  return isAllowed(c.get('actor'), 'edit-profile', c.get('reading'), subject);
}

async function readSubject(c: Context<AppEnv>, practitionerId: string) {
  const { store, now } = c.get('directory');
  const owner = practitionerId.slice(1);
  const actor = c.get('actor');
  if (actor.kind === 'person' && actor.rpps === owner) return { owner, delegates: [], territories: [] };
  const knownAs = actor.kind === 'person' ? actor.knownAs : [];
  const [delegates, territories] = await Promise.all([
    listDelegateNames(store.db, practitionerId, knownAs, dayInFrance(now())),
    listOwnersTerritories(store.db, practitionerId),
  ]);
  return { owner, delegates, territories };
}

/** As the history of the page names whoever changes it. */
function toAuthor(actor: Actor, owner: string, delegates: readonly string[]): ChangeAuthor {
  if (actor.kind === 'anonymous') throw new AppError('key-needed', 'Sign in first: /connexion.', {});
  const { name } = actor;
  if (actor.kind === 'application') return { kind: 'application', name };
  if (actor.rpps === owner) return { kind: 'owner', name };
  if (delegates.length > 0) return { kind: 'delegate', name };
  return { kind: actor.isAdministrator ? 'administrator' : 'coordinator', name };
}
