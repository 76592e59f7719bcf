import { exportSPKI, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SignInSettings } from '#access/sign-in-settings.ts';

import { createAccessApp } from '../support/access-app.ts';
import {
  openStatingProvider,
  type Claims,
  type Signing,
  type StatingProvider,
} from '../support/stating-provider.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider } from '../support/test-provider.ts';

const AUDIENCE = 'https://annuaire.exemple.fr';

let directory: TestDirectory;
let provider: StatingProvider;
let app: ReturnType<typeof createAccessApp>;
const toSettings = (issuer: string): SignInSettings => ({
  publicUrl: undefined,
  providers: [],
  tokens: { issuer, audience: AUDIENCE, statesRpps: true },
});

beforeAll(async () => {
  [directory, provider] = await Promise.all([openTestDirectory('PGlite'), openStatingProvider()]);
  app = createAccessApp(directory, toSettings(provider.issuer));
});

afterAll(async () => {
  await provider[Symbol.asyncDispose]();
  await directory[Symbol.asyncDispose]();
});

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const goodClaims = (): Claims => ({
  iss: provider.issuer,
  aud: AUDIENCE,
  sub: 'helene',
  client_id: 'messagerie',
  iat: inSeconds(0),
  exp: inSeconds(300),
  SubjectNameID: '899000000001',
  given_name: 'Hélène',
});
const askWho = (token: string, to = app) =>
  to.fetch(new Request('http://localhost/v1/me', { headers: { authorization: `Bearer ${token}` } }));

test('an access token is the person that it is about, by its media type or by the claim of Keycloak', async () => {
  const typed = await provider.sign(goodClaims(), 'own', 'at+jwt');
  const claimed = await provider.sign({ ...goodClaims(), typ: 'Bearer' });
  for (const token of [typed, claimed]) {
    const response = await askWho(token);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      name: 'Hélène',
      rpps: '99000000001',
      roles: [],
      csrfToken: null,
    });
  }
});

describe('is refused, a token', () => {
  test.each<[string, Claims, Signing?, string?]>([
    ['for another audience', { aud: 'https://ailleurs.fr' }],
    ['for no audience', { aud: undefined }],
    ['of another issuer', { iss: 'https://ailleurs.fr' }],
    ['that is over', { iat: inSeconds(-900), exp: inSeconds(-600) }],
    ['that never ends', { exp: undefined }],
    ['that is not yet valid', { nbf: inSeconds(900) }],
    ['about nobody', { sub: undefined }],
    ['signed with another key', {}, 'other'],
    ['that nobody signed', {}, 'none'],
    ['that is an ID token', { nonce: 'x' }, 'own', 'JWT'],
    ['that says that it is an ID token', { typ: 'ID' }, 'own', 'JWT'],
    ['that is a logout token', {}, 'own', 'logout+jwt'],
  ])('%s', async (_name, change, signing = 'own', type = 'at+jwt') => {
    const response = await askWho(await provider.sign({ ...goodClaims(), ...change }, signing, type));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('signed with the public key as if it were a shared secret', async () => {
    const secret = new TextEncoder().encode(await exportSPKI(provider.publicKey));
    const token = await new SignJWT(goodClaims())
      .setProtectedHeader({ alg: 'HS256', kid: 'one', typ: 'at+jwt' })
      .sign(secret);
    expect((await askWho(token)).status).toBe(401);
  });

  test('of which a letter was changed', async () => {
    const [header, , signature] = (await provider.sign(goodClaims(), 'own', 'at+jwt')).split('.');
    const other = (await provider.sign({ ...goodClaims(), sub: 'berthe' }, 'own', 'at+jwt')).split('.')[1];
    expect((await askWho(`${header}.${other}.${signature}`)).status).toBe(401);
    for (const nonsense of ['a.b.c', '..', 'a..c', `${'x'.repeat(3000)}.y.z`])
      expect((await askWho(nonsense)).status, nonsense.slice(0, 10)).toBe(401);
  });
});

test('where no issuer is set, no token opens anything', async () => {
  const closed = createAccessApp(directory, { publicUrl: undefined, providers: [], tokens: undefined });
  expect((await askWho(await provider.sign(goodClaims(), 'own', 'at+jwt'), closed)).status).toBe(401);
});

test('an issuer that does not answer is a failure of a dependency, not of the caller', async () => {
  const token = await provider.sign(goodClaims(), 'own', 'at+jwt');
  const away = createAccessApp(directory, toSettings('http://127.0.0.1:9'));
  expect((await askWho(token, away)).status).toBe(503);
});

test('a true provider’s access token is taken, and its ID token and tokens for others are not', async () => {
  await using real = await openTestProvider();
  const realApp = createAccessApp(directory, real.settings);
  const response = await askWho(await real.tokenOf('Hélène MARTIN'), realApp);
  expect(await response.json()).toMatchObject({ name: 'Hélène MARTIN', rpps: expect.stringMatching(/^99/) });
  const elsewhere = await real.tokenOf('Hélène MARTIN', 'https://ailleurs.exemple.fr');
  expect((await askWho(elsewhere, realApp)).status).toBe(401);
  // Of the other provider, whose tokens are not taken.
  expect((await askWho(await real.tokenOf('Berthe ALLÈGRE'), realApp)).status).toBe(401);
});
