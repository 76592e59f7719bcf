import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

import type { PersonActor } from '#domain/actor.ts';
import { AppError } from '#domain/errors.ts';
import type { Database } from '#store/store.ts';

import { toKnownPerson, toPersonActor } from './known-person.ts';
import type { TokenIssuer } from './sign-in-settings.ts';

/** Asymmetric ones only: with the others, whoever checks a token could make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const CLOCK_TOLERANCE_S = 30;
const METADATA_KEPT_MS = 3_600_000;
const APPLICATION_LENGTH_MAX = 100;
const TIMEOUT_MS = 10_000;

const MetadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

interface KnownIssuer {
  issuer: string;
  keys: JWTVerifyGetKey;
  readAtMs: number;
}

/** Resolved values, since on Workers no request may wait for another's. */
const known = new Map<string, KnownIssuer>();

/**
 * For whom an application calls with an access token. Undefined for a token that is not for us: of another issuer, audience or
 * key, over or not yet valid, unsigned, or no access token at all.
 * @throws AppError `sign-in-unavailable`, `store-unavailable`
 * @see RFC 9068, section 4
 */
export async function findPersonByToken(
  db: Database,
  settings: TokenIssuer,
  token: string,
): Promise<PersonActor | undefined> {
  const { issuer, keys } = await readIssuer(settings.issuer);
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience: settings.audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: ['sub', 'exp', 'iat'],
    });
    if (!isAccessToken(protectedHeader.typ, payload)) return undefined;
    const person = toKnownPerson(issuer, payload, settings.statesRpps);
    return await toPersonActor(db, person, applicationOf(payload));
  } catch (error) {
    if (isUnreachable(error)) throw unavailable(error);
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/** By its media type; or, as Keycloak and so Pro Santé Connect do, by a claim. An ID token has neither. */
function isAccessToken(type: string | undefined, payload: JWTPayload): boolean {
  const isNamed = /^(?:application\/)?at\+jwt$/i.test(type ?? '');
  return isNamed || payload['typ'] === 'Bearer';
}

function applicationOf(payload: JWTPayload): string {
  const name = payload['client_id'] ?? payload['azp'];
  return typeof name === 'string' ? name.slice(0, APPLICATION_LENGTH_MAX) : 'unknown';
}

async function readIssuer(address: string): Promise<KnownIssuer> {
  const found = known.get(address);
  if (found && Date.now() - found.readAtMs < METADATA_KEPT_MS) return found;
  const url = address.includes('/.well-known/')
    ? address
    : `${address.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    const metadata = MetadataSchema.parse(await response.json());
    const keys = createRemoteJWKSet(new URL(metadata.jwks_uri), { timeoutDuration: TIMEOUT_MS });
    const issuer = { issuer: metadata.issuer, keys, readAtMs: Date.now() };
    known.set(address, issuer);
    return issuer;
  } catch (cause) {
    throw unavailable(cause);
  }
}

/** What jose throws when the keys cannot be read has no code of its own but when it takes too long. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout) return true;
  if (error instanceof errors.JOSEError) return error.code === 'ERR_JOSE_GENERIC';
  return error instanceof TypeError;
}

function unavailable(cause: unknown): AppError {
  const message = 'The issuer of access tokens does not answer.';
  return new AppError('sign-in-unavailable', message, { provider: 'tokens' }, { cause });
}
