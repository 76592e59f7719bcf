import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole } from '#access/roles.ts';

import { listVisits } from '../../scripts/pictured-pages.ts';
import { importCaseFiles } from '../acceptance/api-cases.ts';
import { READS, SAMPLES } from '../access/route-samples.ts';
import { createAccessApp } from '../support/access-app.ts';
import { openBrowser } from '../support/browser.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';

const ORIGIN = 'http://localhost';
/** Show what somebody typed again, and change nothing: from a page of ours they need no token, which is lost with the session. */
const SHOWS_ONLY = /^POST \/espace\/(?:.+\/)?reprise$/;

const IDS = {
  said: 'a',
  unsaid: 'a',
  service: 'a',
  expert: 'a',
  team: 'a',
  ownExpert: 'a',
  ownTeam: 'a',
  rpps: '99000000001',
};
/** Beside the API, what answers a browser with a page only when it is at fault. */
const PAGES_OF_FAULTS = new Set([
  '/assets/:file',
  '/connexion/retour',
  '/correspondants/:id/qr',
  '/correspondants/:id/vcard',
]);
/** What the pictures come to by giving a spreadsheet. */
const PICTURED_AFTER_WORK = ['/territoires/a/imports/a'];

let directory: TestDirectory;
let provider: TestProvider;
let app: ReturnType<typeof createAccessApp>;
let berthe: Awaited<ReturnType<TestProvider['signIn']>>;

beforeAll(async () => {
  [directory, provider] = await Promise.all([openTestDirectory('PGlite'), openTestProvider()]);
  await importCaseFiles(directory);
  app = createAccessApp(directory, provider.settings);
  const who = provider.subjectOf('Berthe ALLÈGRE');
  const operator = { actor: { kind: 'operator' } } as const;
  await grantRole(directory.store.db, { who, role: 'administrator', target: undefined }, operator);
  berthe = await provider.signIn(app, 'Berthe ALLÈGRE');
});

afterAll(async () => {
  await provider[Symbol.asyncDispose]();
  await directory[Symbol.asyncDispose]();
});

describe('a request that another site makes a browser send, with the cookie of an administrator', () => {
  test.each<[string, Record<string, string>]>([
    ['without the token of a page', { origin: ORIGIN }],
    ['that does not say where it comes from', {}],
    ['from another site, by chance with the token', { origin: 'https://attaquant.exemple.fr' }],
  ])('%s, changes nothing, whatever the route', async (name, headers) => {
    const isFromHere = headers['origin'] === ORIGIN;
    const token = name.includes('with the token') ? { 'x-csrf-token': berthe.csrfToken } : {};
    const routes = new Set(
      app.routes.filter((it) => !['GET', 'ALL'].includes(it.method)).map((it) => `${it.method} ${it.path}`),
    );
    expect(routes.size).toBeGreaterThan(30);
    const answers: Record<string, unknown> = {};
    for (const route of routes) {
      if (isFromHere && SHOWS_ONLY.test(route)) continue;
      const [method, pattern] = route.split(' ') as [string, string];
      const sample = SAMPLES[route] ?? {};
      const isPage = !pattern.startsWith('/v1/');
      const type = isPage ? 'application/x-www-form-urlencoded' : (sample.type ?? 'application/json');
      const body = sample.body ?? (isPage ? 'a=b' : '');
      const response = await app.fetch(
        new Request(`${ORIGIN}${sample.path ?? pattern.replace(/:\w+/g, 'x')}`, {
          method,
          headers: { ...headers, ...token, cookie: berthe.cookie, 'content-type': type },
          ...(body !== '' && { body }),
        }),
      );
      answers[route] = [response.status, ((await response.json()) as { code: string }).code];
    }
    expect(Object.keys(answers).length).toBeGreaterThan(30);
    const refused = Object.keys(answers).map((route) => [route, [403, 'request-forged']]);
    expect(answers).toEqual(Object.fromEntries(refused));
  });
});

test('every page says that it may be framed by nobody, that its forms stay here, and runs nothing but ours', async () => {
  const headers = { cookie: berthe.cookie, accept: 'text/html' };
  const pages: string[] = [];
  for (const [pattern, { path }] of [...Object.entries(READS), ['/nulle-part', {}] as const]) {
    const address = `${ORIGIN}${path ?? pattern.replace(/:\w+/g, 'x')}`;
    const response = await app.fetch(new Request(address, { headers }));
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy, pattern).toContain("default-src 'none'");
    expect(policy, pattern).toContain("frame-ancestors 'none'");
    expect(policy, pattern).toContain("base-uri 'none'");
    expect(policy, pattern).not.toContain('unsafe');
    expect(response.headers.get('x-frame-options'), pattern).toBe('DENY');
    expect(response.headers.get('x-content-type-options'), pattern).toBe('nosniff');
    expect(response.headers.get('referrer-policy'), pattern).toBe('no-referrer');
    if (!response.headers.get('content-type')?.startsWith('text/html')) continue;
    pages.push(pattern);
    expect(policy, pattern).toMatch(/form-action '(?:self|none)'/);
    const text = await response.text();
    expect(text, pattern).not.toMatch(/<script(?![^>]*(?:\ssrc=|type="application\/ld\+json"))/);
    expect(text, pattern).not.toMatch(/\son\w+="|javascript:|<style|\sstyle="/);
  }
  for (const page of ['/', '/mon-espace', '/connexion', '/exploitation', '/embed', '/docs', '/nulle-part'])
    expect(pages).toContain(page);
  const isPage = (pattern: string) => !pattern.startsWith('/v1/') && !PAGES_OF_FAULTS.has(pattern);
  expect(pages.filter((it) => isPage(it) && !isPictured(it))).toEqual([]);
});

/** Whether `npm run screenshots` takes a picture of the page at a route. */
function isPictured(pattern: string): boolean {
  const paths = listVisits(IDS).flatMap(({ paths: its, states = {} }) => [
    ...Object.values(its),
    ...Object.values(states).map((it) => it.path),
    ...PICTURED_AFTER_WORK,
  ]);
  const route = new RegExp(`^${pattern.replace(/:\w+/g, '[^/?]+')}(?:\\?|$)`);
  return paths.some((path) => route.test(path));
}

describe('whoever asks to be led elsewhere after the sign-in', () => {
  test.each([
    'https://attaquant.exemple.fr/',
    '//attaquant.exemple.fr',
    '/\\attaquant.exemple.fr',
    '/\t/attaquant.exemple.fr',
    '/.//attaquant.exemple.fr',
    'javascript:alert(1)',
    'http://localhost@attaquant.exemple.fr/',
  ])('by %j is led to the first page', async (target) => {
    const browser = openBrowser(app);
    const query = new URLSearchParams({ avec: 'autre', retour: target });
    const page = await (await browser.fetch(`${ORIGIN}/connexion?${query}`)).text();
    const form = /action="(\/personnes\/[^"]+)"/.exec(page)![1]!;
    const body = new URLSearchParams({ personne: personIn(page, 'Odile') });
    const last = await browser.fetch(new URL(form, browser.address()).href, { method: 'POST', body });
    expect(last.status).toBe(200);
    expect(browser.address()).toBe(`${ORIGIN}/`);
    expect(browser.visited().join('\n')).not.toMatch(/^[a-z]+:\/\/attaquant/m);
  });

  test('by a cookie of that name is led to the first page too', async () => {
    const left = await app.fetch(new Request(`${ORIGIN}/connexion?avec=autre`));
    const cookies = left.headers
      .getSetCookie()
      .map((it) => it.split(';')[0]!)
      .filter((it) => !it.includes('return'));
    const browser = openBrowser(undefined);
    const page = await (await browser.fetch(left.headers.get('location')!)).text();
    const form = /action="(\/personnes\/[^"]+)"/.exec(page)![1]!;
    await browser
      .fetch(new URL(form, browser.address()).href, {
        method: 'POST',
        body: new URLSearchParams({ personne: personIn(page, 'Odile') }),
      })
      .catch(() => undefined);
    const back = browser.visited().find((it) => it.startsWith(`${ORIGIN}/connexion/retour`))!;
    const cookie = [...cookies, `correspondants-return=${encodeURIComponent('//attaquant.exemple.fr')}`];
    const response = await app.fetch(new Request(back, { headers: { cookie: cookie.join('; ') } }));
    expect([response.status, response.headers.get('location')]).toEqual([303, `${ORIGIN}/`]);
  });
});

function personIn(page: string, name: string): string {
  return new RegExp(`value="([^"]+)"><b>${name} `).exec(page)![1]!;
}
