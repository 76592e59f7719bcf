import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SignInSettings } from '#access/sign-in-settings.ts';

import { createAccessApp } from '../support/access-app.ts';
import { openBrowser } from '../support/browser.ts';
import {
  openStatingProvider,
  type Claims,
  type Signing,
  type StatingProvider,
} from '../support/stating-provider.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

const ORIGIN = 'http://localhost';
const CLIENT_ID = 'correspondants';

let directory: TestDirectory;
let provider: StatingProvider;
let settings: SignInSettings;
let app: ReturnType<typeof createAccessApp>;

beforeAll(async () => {
  [directory, provider] = await Promise.all([openTestDirectory('PGlite'), openStatingProvider()]);
  settings = {
    publicUrl: undefined,
    tokens: undefined,
    providers: [
      {
        id: 'autre',
        label: 'Autre compte',
        issuer: provider.issuer,
        clientId: CLIENT_ID,
        clientSecret: 'x',
        scope: 'openid profile email',
        acrValues: undefined,
        statesRpps: false,
      },
    ],
  };
  app = createAccessApp(directory, settings);
});

afterAll(async () => {
  await provider[Symbol.asyncDispose]();
  await directory[Symbol.asyncDispose]();
});

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

/** Leaves for the provider, as a browser does. */
async function leave(from = app, cookie = '') {
  const response = await from.fetch(
    new Request(`${ORIGIN}/connexion?retour=/mon-espace`, { headers: { cookie } }),
  );
  expect(response.status).toBe(303);
  const sent = new URL(response.headers.get('location')!).searchParams;
  const cookies = response.headers.getSetCookie().map((it) => it.split(';')[0]!);
  return { state: sent.get('state')!, nonce: sent.get('nonce')!, sent, cookie: cookies.join('; ') };
}

const comeBack = (query: Record<string, string>, cookie: string) =>
  app.fetch(
    new Request(`${ORIGIN}/connexion/retour?${new URLSearchParams(query)}`, {
      headers: { cookie, accept: 'text/html' },
    }),
  );

const goodClaims = (nonce: string): Claims => ({
  iss: provider.issuer,
  aud: CLIENT_ID,
  sub: 'odile',
  nonce,
  iat: inSeconds(0),
  exp: inSeconds(300),
  given_name: 'Odile',
});

/** Signs in with an ID token that differs so from a good one. */
async function signInWith(change: Claims, signing: Signing = 'own') {
  const { state, nonce, cookie } = await leave();
  provider.userInfo = { sub: 'odile' };
  provider.idToken = await provider.sign({ ...goodClaims(nonce), ...change }, signing);
  return comeBack({ code: 'abc', state }, cookie);
}

const expectRefused = async (response: Response) => {
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('La connexion n’a pas abouti');
  expect(response.headers.getSetCookie().join()).not.toContain('correspondants-session=');
};

test('a good answer signs in, and leads back to where one was', async () => {
  const response = await signInWith({});
  expect([response.status, response.headers.get('location')]).toEqual([303, `${ORIGIN}/mon-espace`]);
  const cookie = response.headers.getSetCookie().find((it) => it.startsWith('correspondants-session='));
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('the authorization is asked for with a code challenge, a state and a nonce, each of its own', async () => {
  const [one, two] = [await leave(), await leave()];
  expect(one.sent.get('response_type')).toBe('code');
  expect(one.sent.get('code_challenge_method')).toBe('S256');
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(one.sent.get(name)).toMatch(/^[\w-]{43}$/);
    expect(one.sent.get(name)).not.toBe(two.sent.get(name));
  }
});

describe('is refused, with an ID token', () => {
  test.each<[string, Claims, Signing?]>([
    ['without nonce', { nonce: undefined }],
    ['with the nonce of another attempt', { nonce: 'n'.repeat(43) }],
    ['of another issuer', { iss: 'https://ailleurs.exemple.fr' }],
    ['for another audience', { aud: 'autre-service' }],
    ['for us among others, given to another', { aud: [CLIENT_ID, 'autre'], azp: 'autre' }],
    ['that is over', { iat: inSeconds(-900), exp: inSeconds(-600) }],
    ['that is not yet valid', { nbf: inSeconds(900) }],
    ['about nobody', { sub: undefined }],
    ['about another than userinfo', { sub: 'berthe' }],
    ['signed with another key', {}, 'other'],
    ['that nobody signed', {}, 'none'],
  ])('%s', async (_name, change, signing) => {
    await expectRefused(await signInWith(change, signing));
  });
});

describe('is refused', () => {
  const prepare = async () => {
    const left = await leave();
    provider.userInfo = { sub: 'odile' };
    provider.idToken = await provider.sign(goodClaims(left.nonce));
    return left;
  };

  test('a state that comes back twice', async () => {
    const { state, cookie } = await prepare();
    expect((await comeBack({ code: 'abc', state }, cookie)).status).toBe(303);
    await expectRefused(await comeBack({ code: 'abc', state }, cookie));
  });

  test('a state that comes back after a refusal', async () => {
    const { state, cookie } = await prepare();
    await expectRefused(await comeBack({ error: 'access_denied', state }, cookie));
    await expectRefused(await comeBack({ code: 'abc', state }, cookie));
  });

  test('a state that was given to another browser, or to none', async () => {
    const { state } = await prepare();
    const { cookie } = await leave();
    await expectRefused(await comeBack({ code: 'abc', state }, cookie));
    await expectRefused(await comeBack({ code: 'abc', state }, ''));
  });

  test('no state, a state that nobody gave, and one of the right length', async () => {
    const { cookie } = await prepare();
    await expectRefused(await comeBack({ code: 'abc' }, cookie));
    for (const state of ['x', 's'.repeat(43)])
      await expectRefused(await comeBack({ code: 'abc', state }, cookie));
  });

  test('a code that the provider does not know', async () => {
    const { state, cookie } = await prepare();
    provider.idToken = undefined;
    await expectRefused(await comeBack({ code: 'abc', state }, cookie));
  });

  test('a state and no code', async () => {
    const { state, cookie } = await prepare();
    await expectRefused(await comeBack({ state }, cookie));
  });
});

test('two tabs of one browser sign in each', async () => {
  const one = await leave();
  const two = await leave(app, one.cookie);
  for (const { state, nonce } of [one, two]) {
    provider.userInfo = { sub: 'odile' };
    provider.idToken = await provider.sign(goodClaims(nonce));
    expect((await comeBack({ code: 'abc', state }, two.cookie)).status).toBe(303);
  }
});

test('another provider is never believed about an RPPS, nor about an address that it has not verified', async () => {
  const { state, nonce, cookie } = await leave();
  provider.userInfo = {
    sub: 'odile',
    SubjectNameID: '899000000001',
    email: 'berthe@exemple.fr',
    email_verified: false,
  };
  provider.idToken = await provider.sign({ ...goodClaims(nonce), SubjectNameID: '899000000001' });
  const response = await comeBack({ code: 'abc', state }, cookie);
  const session = response.headers
    .getSetCookie()
    .map((it) => it.split(';')[0]!)
    .join('; ');
  const me = await app.fetch(new Request(`${ORIGIN}/v1/me`, { headers: { cookie: session } }));
  expect(await me.json()).toMatchObject({ name: 'Odile', rpps: null, roles: [] });
});

test('a provider that fails is told apart from a refusal, and the directory goes on', async () => {
  const fresh = { ...settings, providers: [{ ...settings.providers[0]!, clientId: 'unread' }] };
  const other = createAccessApp(directory, fresh);
  provider.isBroken = true;
  const response = await other.fetch(
    new Request(`${ORIGIN}/connexion`, { headers: { accept: 'text/html' } }),
  );
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('Le service d’identité ne répond pas');
  expect((await other.fetch(new Request(`${ORIGIN}/`))).status).toBe(200);
  provider.isBroken = false;
  expect((await other.fetch(new Request(`${ORIGIN}/connexion`))).status).toBe(303);
});

test('behind a public address, cookies are bound to it, and it is where the provider sends back', async () => {
  const secure = createAccessApp(directory, { ...settings, publicUrl: 'https://annuaire.exemple.fr' });
  const browser = openBrowser(undefined);
  expect(browser.visited()).toEqual([]);
  const response = await secure.fetch(new Request('http://10.0.0.1:8787/connexion?retour=/embed'));
  const sent = new URL(response.headers.get('location')!).searchParams;
  expect(sent.get('redirect_uri')).toBe('https://annuaire.exemple.fr/connexion/retour');
  const cookies = response.headers.getSetCookie();
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies)
    expect(cookie).toMatch(/^__Host-correspondants-\w+=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
});

test('without a public address nobody signs in under another name than that of this machine', async () => {
  const response = await app.fetch(new Request('http://attaquant.exemple.fr/connexion'));
  expect(response.status).toBe(404);
});
