import type { Context } from 'hono';

import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-event.ts';
import { dayInFrance } from '#domain/away.ts';
import { AppError } from '#domain/errors.ts';
import { parseRpps } from '#domain/identifiers.ts';
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
  const { store, now } = c.get('directory');
  const owner = practitionerId.slice(1);
  const actor = c.get('actor');
  const isOwner = actor.kind === 'person' && actor.rpps === owner;
  const knownAs = actor.kind === 'person' ? actor.knownAs : [];
  const today = dayInFrance(now());
  const delegates = isOwner ? [] : await listDelegateNames(store.db, practitionerId, knownAs, today);
  const territories = isOwner ? [] : await listOwnersTerritories(store.db, practitionerId);
  authorizeRequest(c, 'edit-profile', { owner, delegates, territories });
  return {
    practitionerId,
    by: toAuthor(actor, owner, delegates),
    audit: auditContextOf(c),
    editor: actor.kind === 'person' ? actor.subject : undefined,
  };
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
