import * as oidc from 'openid-client';

import { AppError } from '#domain/errors.ts';
import { insertAttempt, takeAttempt, type KnownPerson } from '#store/sessions.ts';
import type { Database } from '#store/store.ts';

import { toKnownPerson } from './known-person.ts';
import { hashSecret } from './secrets.ts';
import type { IdentityProvider } from './sign-in-settings.ts';

const TIMEOUT_S = 10;
const METADATA_KEPT_MS = 3_600_000;

/** What providers say of themselves, kept for an hour: resolved values, since on Workers no request may wait for another's. */
const known = new Map<string, { configuration: oidc.Configuration; readAtMs: number }>();

/**
 * Where to send the browser to sign in.
 * @param browser secret of the browser's cookie: only the one that leaves may come back
 * @throws AppError `sign-in-unavailable`, `store-unavailable`
 */
export async function beginSignIn(
  db: Database,
  provider: IdentityProvider,
  { redirectUri, browser }: { redirectUri: string; browser: string },
): Promise<URL> {
  const configuration = await discover(provider);
  const [state, nonce, codeVerifier] = [
    oidc.randomState(),
    oidc.randomNonce(),
    oidc.randomPKCECodeVerifier(),
  ];
  await insertAttempt(db, {
    stateHash: await hashSecret(state),
    browserHash: await hashSecret(browser),
    providerId: provider.id,
    nonce,
    codeVerifier,
  });
  return oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: provider.scope,
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(provider.acrValues === undefined ? {} : { acr_values: provider.acrValues }),
  });
}

/**
 * Who came back. The attempt is used up first, so that a code or a state that is replayed finds none.
 * @param url the address that was called, under its public name
 * @throws AppError `sign-in-failed`, `sign-in-unavailable`, `store-unavailable`
 */
export async function finishSignIn(
  db: Database,
  providers: readonly IdentityProvider[],
  { url, browser }: { url: URL; browser: string | undefined },
): Promise<KnownPerson> {
  const state = url.searchParams.get('state');
  const attempt =
    state === null || browser === undefined
      ? undefined
      : await takeAttempt(db, await hashSecret(state), await hashSecret(browser));
  const provider = providers.find((it) => it.id === attempt?.providerId);
  if (!attempt || !provider || state === null) throw signInFailed('expired');
  const configuration = await discover(provider);
  try {
    const tokens = await oidc.authorizationCodeGrant(configuration, url, {
      expectedState: state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims()!;
    const userInfo =
      configuration.serverMetadata().userinfo_endpoint === undefined
        ? {}
        : await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    const issuer = configuration.serverMetadata().issuer;
    return toKnownPerson(issuer, { ...claims, ...userInfo }, provider.statesRpps);
  } catch (error) {
    throw toSignInError(error, provider);
  }
}

async function discover(provider: IdentityProvider): Promise<oidc.Configuration> {
  const key = JSON.stringify([provider.issuer, provider.clientId, provider.clientSecret]);
  const found = known.get(key);
  if (found && Date.now() - found.readAtMs < METADATA_KEPT_MS) return found.configuration;
  const server = new URL(provider.issuer);
  // The settings take http for a provider of this machine only.
  const execute = [
    oidc.enableNonRepudiationChecks,
    ...(server.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
  ];
  try {
    const configuration = await oidc.discovery(server, provider.clientId, provider.clientSecret, undefined, {
      execute,
      timeout: TIMEOUT_S,
    });
    known.set(key, { configuration, readAtMs: Date.now() });
    return configuration;
  } catch (cause) {
    throw unavailable(provider, cause);
  }
}

/** A provider that cannot be reached is one thing, an answer that cannot be believed another. */
function toSignInError(error: unknown, provider: IdentityProvider): AppError {
  if (error instanceof oidc.AuthorizationResponseError) return signInFailed('refused');
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isUnreachable = code === 'OAUTH_TIMEOUT' || (error instanceof TypeError && code === undefined);
  return isUnreachable ? unavailable(provider, error) : signInFailed('invalid', error);
}

function signInFailed(reason: 'refused' | 'expired' | 'invalid', cause?: unknown): AppError {
  return new AppError(
    'sign-in-failed',
    'The sign-in did not succeed: begin it again.',
    { reason },
    { cause: cause instanceof Error ? new Error(cause.name) : undefined },
  );
}

function unavailable(provider: IdentityProvider, cause: unknown): AppError {
  const message = `${provider.label} does not answer.`;
  return new AppError('sign-in-unavailable', message, { provider: provider.id }, { cause });
}
