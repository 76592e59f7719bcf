import type { Context, Next } from 'hono';

import { findPersonByToken } from '#access/access-tokens.ts';
import { findApplication } from '#access/application-keys.ts';
import { recordRequest } from '#access/record-request.ts';
import { isSameSecret } from '#access/secrets.ts';
import { findPerson } from '#access/sessions.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-event.ts';
import { AppError } from '#domain/errors.ts';
import { authorize, type Operation, type OperationSubject } from '#domain/operations.ts';

import type { AppEnv } from './app-env.ts';
import { readCookie } from './cookies.ts';
import { chargeRate } from './limit-rate.ts';
import { publicOriginOf } from './public-origin.ts';

/** What is the same for everybody, and is served even when nobody can be known. */
const FOR_ANYBODY = /^\/(?:health\/|metrics$|openapi\.json$|docs(?:\.css)?$|assets\/|carte\/|embed\/)/;
/** Three parts: a JWT. Keys have no dots. */
const TOKEN = /^[\w-]+\.[\w-]*\.[\w-]*$/;
/** Forms of a session that ended, shown again in the next one: nothing is changed by it. */
const SHOWS_ONLY = /^\/espace\/(?:[^?]+\/)?reprise$/;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Puts the caller into the context. Whoever gives neither key nor cookie is anonymous; a key that is none is refused at once,
 * rather than taken for no key. What is answered to somebody who is signed in is kept by nobody on the way.
 * @throws AppError `key-needed`, `request-forged`, `too-many-requests`
 */
export async function authenticate(c: Context<AppEnv>, next: Next): Promise<void> {
  c.set('actor', { kind: 'anonymous' });
  if (FOR_ANYBODY.test(c.req.path)) return next();
  const header = c.req.header('authorization');
  const isForUs = header !== undefined && (/^Bearer /i.test(header) || c.req.path.startsWith('/v1/'));
  if (isForUs) c.set('actor', await findBearer(c, header));
  else await readSession(c);
  await next();
  await recordAsked(c);
  if (c.get('csrfToken') !== undefined) c.res.headers.set('cache-control', 'private, no-store');
  else if (!isForUs && c.get('signIn')) c.res.headers.append('vary', 'cookie');
}

/** @throws AppError `key-needed`, `not-allowed` */
export function authorizeRequest(c: Context<AppEnv>, operation: Operation, subject?: OperationSubject): void {
  const isWrite = !SAFE_METHODS.has(c.req.method);
  c.set('asked', { operation, subject: subject ?? {}, outcome: 'refused', isWrite });
  authorize(c.get('actor'), operation, c.get('reading'), subject);
  c.set('asked', { operation, subject: subject ?? {}, outcome: 'done', isWrite });
}

/** For `recordAudit`: who does it, in which request. Whoever takes it to change something writes the event. */
export function auditContextOf(c: Context<AppEnv>): AuditContext {
  c.set('isAudited', true);
  return { actor: c.get('actor'), requestId: c.get('requestId') };
}

/** Refusals of whoever is known, privileged reads, and writes that no use case has written down. */
async function recordAsked(c: Context<AppEnv>): Promise<void> {
  const asked = c.get('asked');
  const actor = c.get('actor');
  const isRefused = asked?.outcome === 'refused';
  if (asked === undefined || (isRefused ? actor.kind === 'anonymous' : asked.isWrite && c.get('isAudited')))
    return;
  const outcome = !isRefused && c.res.status >= 400 ? 'failed' : asked.outcome;
  const audit = { actor, requestId: c.get('requestId') };
  await recordRequest(c.get('directory').store.db, audit, { ...asked, outcome });
}

async function findBearer(c: Context<AppEnv>, header: string): Promise<Actor> {
  const key = /^Bearer (\S{1,8000})$/i.exec(header)?.[1];
  const { db } = c.get('directory').store;
  const tokens = c.get('signIn')?.tokens;
  const actor =
    key === undefined
      ? undefined
      : tokens && TOKEN.test(key)
        ? await findPersonByToken(db, tokens, key)
        : await findApplication(db, key);
  if (!actor) {
    chargeRate(c, 'sign-in');
    throw new AppError('key-needed', 'What was given opens nothing: it is unknown, revoked or over.', {});
  }
  return actor;
}

async function readSession(c: Context<AppEnv>): Promise<void> {
  const token = c.get('signIn') && readCookie(c, 'session');
  const found = token ? await findPerson(c.get('directory').store.db, token) : undefined;
  if (!found) return;
  if (!SAFE_METHODS.has(c.req.method)) await refuseForged(c, found.csrfToken);
  c.set('actor', found.actor);
  c.set('csrfToken', found.csrfToken);
}

/**
 * A browser sends its cookie with whatever any page makes it send: what changes something must come from a page of ours, and
 * carry what only such a page knows.
 * @throws AppError `request-forged`
 */
async function refuseForged(c: Context<AppEnv>, csrfToken: string): Promise<void> {
  const isOurs = comesFromOurPages(c);
  if (isOurs && SHOWS_ONLY.test(c.req.path)) return;
  const given = isOurs ? (c.req.header('x-csrf-token') ?? (await readFormToken(c))) : undefined;
  if (given === undefined || !isSameSecret(given, csrfToken)) {
    throw new AppError(
      'request-forged',
      'A request with a cookie must come from a page of this service, with its token (x-csrf-token, or the field csrf).',
      {},
    );
  }
}

/** Whether a browser says that a page of this service sends this. */
export function comesFromOurPages(c: Context<AppEnv>): boolean {
  const origin = c.req.header('origin') ?? 'null';
  // Forms of pages that send no referrer have a null origin.
  return origin === 'null' ? c.req.header('sec-fetch-site') === 'same-origin' : origin === publicOriginOf(c);
}

async function readFormToken(c: Context<AppEnv>): Promise<string | undefined> {
  const type = c.req.header('content-type') ?? '';
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return undefined;
  const { csrf } = await c.req.parseBody();
  return typeof csrf === 'string' ? csrf : undefined;
}
