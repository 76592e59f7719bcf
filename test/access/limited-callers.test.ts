import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';
import { grantRole } from '#access/roles.ts';
import { listAudit } from '#store/audit.ts';

import { openCallerLimits } from '../../src/open-caller-limits.ts';
import { importCaseFiles } from '../acceptance/api-cases.ts';
import { createAccessApp } from '../support/access-app.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';

const OPERATOR = { actor: { kind: 'operator' } } as const;
const SEARCH = '/v1/correspondents?q=martin&limit=50';

let directory: TestDirectory;
let provider: TestProvider;

beforeAll(async () => {
  [directory, provider] = await Promise.all([openTestDirectory('PGlite'), openTestProvider()]);
  await importCaseFiles(directory);
});

afterAll(async () => {
  await provider[Symbol.asyncDispose]();
  await directory[Symbol.asyncDispose]();
});

/** An application behind one proxy, where each caller may ask so often. */
const openApp = (rates: Partial<Record<'search' | 'write' | 'sign-in', number>>, readOutFrom = 0) => {
  const all = { search: 0, write: 0, 'sign-in': 0, ...rates };
  const limits = openCallerLimits({ rates: all, readOutFrom, trustedProxies: 1 });
  const app = createAccessApp(directory, provider.settings, { limits });
  const ask = (path: string, address: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    app.fetch(
      new Request(`http://localhost${path}`, {
        ...init,
        headers: { 'x-forwarded-for': address, ...headers },
      }),
    );
  return { app, ask };
};

describe('who asks too often', () => {
  test('is told how much is left, then refused with when to come back, by address', async () => {
    const { ask } = openApp({ search: 2 });
    const first = await ask(SEARCH, '192.0.2.1');
    expect(first.status).toBe(200);
    expect(first.headers.get('ratelimit-policy')).toBe('"search";q=2;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"search";r=1;t=\d+$/);
    await ask('/v1/suggestions?q=mar', '192.0.2.1');
    const refused = await ask(SEARCH, '192.0.2.1');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    expect(refused.headers.get('ratelimit')).toMatch(/^"search";r=0;t=\d+$/);
    expect(await refused.json()).toMatchObject({ code: 'too-many-requests', status: 429 });
    expect((await ask(SEARCH, '192.0.2.2')).status).toBe(200);
  });

  test('on a page reads it in French', async () => {
    const { ask } = openApp({ search: 1 });
    await ask('/', '192.0.2.1');
    const refused = await ask('/?q=martin', '192.0.2.1', { accept: 'text/html' });
    expect(refused.status).toBe(429);
    expect(await refused.text()).toContain('Trop de demandes en peu de temps');
  });

  test('is counted by key and by person, wherever they ask from', async () => {
    const { ask } = openApp({ search: 2 });
    const keys = await Promise.all(
      ['Une', 'Autre'].map((name) => createKey(directory.store.db, name, ['search'])),
    );
    const withKey = (index: number) => ({ authorization: `Bearer ${keys[index]!.key}` });
    for (const address of ['192.0.2.1', '192.0.2.2'])
      expect((await ask(SEARCH, address, withKey(0))).status).toBe(200);
    expect((await ask(SEARCH, '192.0.2.3', withKey(0))).status).toBe(429);
    expect((await ask(SEARCH, '192.0.2.3', withKey(1))).status).toBe(200);
    const { cookie } = await provider.signIn(openApp({}).app, 'Hélène MARTIN');
    for (const address of ['192.0.2.1', '192.0.2.2'])
      expect((await ask('/v1/me', address, { cookie })).status).toBe(200);
    expect((await ask('/v1/me', '192.0.2.9', { cookie })).status).toBe(429);
    expect((await ask('/v1/territories', '192.0.2.9')).status).toBe(200);
  });

  test('still signs in: that, codes and wrong keys are counted apart', async () => {
    const { ask } = openApp({ search: 1, write: 1, 'sign-in': 2 });
    for (let round = 0; round < 2; round += 1)
      expect((await ask('/connexion', '192.0.2.1')).status).toBe(200);
    expect((await ask('/connexion', '192.0.2.1')).status).toBe(429);
    expect((await ask('/connexion/retour?state=x', '192.0.2.1')).status).toBe(429);
    expect((await ask(SEARCH, '192.0.2.1')).status).toBe(200);
    const wrong = { authorization: `Bearer corr_${'0'.repeat(12)}_${'x'.repeat(43)}` };
    for (const status of [401, 401, 429]) expect((await ask(SEARCH, '192.0.2.7', wrong)).status).toBe(status);
    const contact = { method: 'PUT', body: '{}' };
    for (const status of [401, 401, 429])
      expect(
        (
          await ask(
            '/v1/me/contacts/email',
            '192.0.2.8',
            { 'content-type': 'application/json' },
            {
              ...contact,
              body: '{"address":"a@exemple.fr"}',
            },
          )
        ).status,
      ).toBe(status);
  });

  test('takes nothing from what watches over the service, nor from what pages are made of', async () => {
    const { ask } = openApp({ search: 1 });
    for (let round = 0; round < 5; round += 1)
      for (const path of ['/health/live', '/docs.css', '/embed/picker.js']) {
        const response = await ask(path, '192.0.2.1');
        expect(response.status, path).toBe(200);
        expect(response.headers.has('ratelimit'), path).toBe(false);
      }
  });
});

describe('who reads the directory out through its search', () => {
  test('is refused beyond twice the bound, told of the export, and written down once', async () => {
    const { ask } = openApp({}, 10);
    // 10 of the 37, over and over: nobody reads anything out.
    for (let round = 0; round < 5; round += 1)
      expect((await ask('/v1/correspondents?q=martin', '192.0.2.20')).status).toBe(200);
    const since = await listAudit(directory.store.db, { limit: 1 });
    for (let round = 0; round < 3; round += 1) {
      const refused = await ask(SEARCH, '192.0.2.20');
      expect(refused.status).toBe(429);
      const { detail } = (await refused.json()) as { detail: string };
      expect(detail).toContain('/v1/changes');
      expect(detail).toContain('export');
    }
    const page = await ask('/correspondants/99000000001', '192.0.2.20', { accept: 'text/html' });
    expect([page.status, await page.text()]).toEqual([429, expect.stringContaining('un export existe')]);
    expect((await ask('/v1/suggestions?q=martin', '192.0.2.20')).status).toBe(429);
    expect((await ask(SEARCH, '192.0.2.21')).status).toBe(429);
    const events = (await listAudit(directory.store.db, { limit: 10 })).filter(
      (it) => BigInt(it.id) > BigInt(since[0]?.id ?? 0),
    );
    expect(events).toMatchObject([
      { operation: 'read-out', outcome: 'refused', details: { address: '192.0.2.21' } },
      { operation: 'read-out', outcome: 'refused', details: { address: '192.0.2.20' } },
    ]);
    // What gives no correspondent goes on.
    expect((await ask('/v1/territories', '192.0.2.20')).status).toBe(200);
  });

  test('is seen on the operator’s page, by name', async () => {
    const { app, ask } = openApp({}, 10);
    const { key } = await createKey(directory.store.db, 'Aspirateur', ['search']);
    await ask(SEARCH, '192.0.2.1', { authorization: `Bearer ${key}` });
    const who = provider.subjectOf('Berthe ALLÈGRE');
    await grantRole(directory.store.db, { who, role: 'administrator', target: undefined }, OPERATOR);
    const berthe = await provider.signIn(app, 'Berthe ALLÈGRE');
    const text = await (await berthe.fetch('/exploitation')).text();
    expect(text).toMatch(/Aspirateur<\/bdi>\s*\(application\)/);
    expect(text).toContain('refusé jusqu’à demain');
    // Whoever runs the directory sees all of it.
    expect((await berthe.fetch(SEARCH)).status).toBe(200);
  });

  test('is not whoever exports, with a key for it or where it is open', async () => {
    const { ask } = openApp({}, 10);
    const { key } = await createKey(directory.store.db, 'Export', ['search', 'export']);
    const headers = { authorization: `Bearer ${key}` };
    for (const path of [SEARCH, '/v1/changes?limit=1000'])
      for (let round = 0; round < 3; round += 1)
        expect((await ask(path, '192.0.2.30', headers)).status, path).toBe(200);
    for (let round = 0; round < 3; round += 1)
      expect((await ask('/v1/changes?limit=1000', '192.0.2.31')).status).toBe(200);
  });
});
