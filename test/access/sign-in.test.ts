import { configure, reset, type LogRecord } from '@logtape/logtape';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole, revokeRole } from '#access/roles.ts';
import { rowsOf } from '#store/store.ts';

import { createAccessApp } from '../support/access-app.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { STORE_KINDS } from '../support/test-store.ts';

const ORIGIN = 'http://localhost';
const OPERATOR = { actor: { kind: 'operator' } } as const;

describe.each(STORE_KINDS)('somebody who signed in, with %s', (kind) => {
  let directory: TestDirectory;
  let provider: TestProvider;
  let app: ReturnType<typeof createAccessApp>;

  beforeAll(async () => {
    [directory, provider] = await Promise.all([openTestDirectory(kind), openTestProvider()]);
    app = createAccessApp(directory, provider.settings);
  });

  afterAll(async () => {
    await provider[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });

  const ask = (path: string, headers: Record<string, string>, init: RequestInit = {}) =>
    app.fetch(new Request(`${ORIGIN}${path}`, { ...init, headers: { ...headers } }));
  const isKnown = async (cookie: string) => (await ask('/v1/me', { cookie })).status === 200;

  test('sees who they are, until they sign out', async () => {
    const helene = await provider.signIn(app, 'Hélène MARTIN');
    const page = await helene.fetch('/mon-espace');
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('Hélène MARTIN');
    expect(text).toMatch(/99\d{9}/);
    expect(await (await helene.fetch('/v1/me')).json()).toEqual({
      name: 'Hélène MARTIN',
      rpps: expect.stringMatching(/^99\d{9}$/),
      roles: [],
      csrfToken: helene.csrfToken,
    });
    const out = await helene.fetch('/deconnexion', { method: 'POST' });
    expect([out.status, out.headers.get('location')]).toEqual([303, `${ORIGIN}/`]);
    expect(await isKnown(helene.cookie)).toBe(false);
    const after = await helene.fetch('/mon-espace');
    expect([after.status, after.headers.get('location')]).toEqual([303, '/connexion?retour=%2Fmon-espace']);
  });

  test('has a role from the moment it is granted until it is revoked', async () => {
    const odile = await provider.signIn(app, 'Odile VERNASSAL');
    const roles = async () =>
      ((await (await odile.fetch('/v1/me')).json()) as { roles: { role: string; target: string | null }[] })
        .roles;
    for (const request of [
      { who: provider.subjectOf('Odile VERNASSAL'), role: 'coordinator', target: 'velay' },
      {
        who: `${provider.providerOf('Odile VERNASSAL').issuer} Odile-Vernassal@exemple.fr`,
        role: 'manager',
        target: '430000018',
      },
    ]) {
      expect(await roles()).toEqual([]);
      expect(await grantRole(directory.store.db, request, OPERATOR)).toBe(true);
      expect(await roles()).toEqual([{ role: request.role, target: request.target }]);
      expect(await revokeRole(directory.store.db, request, OPERATOR)).toBe(true);
    }
    expect(await roles()).toEqual([]);
    const elsewhere = {
      who: 'https://ailleurs.fr odile-vernassal',
      role: 'administrator',
      target: undefined,
    };
    await grantRole(directory.store.db, elsewhere, OPERATOR);
    expect(await roles()).toEqual([]);
  });

  test('is given nothing that anything on the way may keep', async () => {
    const { fetch } = await provider.signIn(app, 'Marie MARTIN');
    for (const path of ['/', '/embed', '/mon-espace', '/v1/territories'])
      expect((await fetch(path)).headers.get('cache-control'), path).toBe('private, no-store');
    const anonymous = await ask('/', {});
    expect(anonymous.headers.get('vary')).toContain('cookie');
    expect(await anonymous.text()).toContain('href="/connexion"');
    expect((await fetch('/docs.css')).headers.get('cache-control')).toBe('max-age=3600');
  });

  test('has a new session at each sign-in, and no cookie from before counts', async () => {
    const first = await provider.signIn(app, 'Marie MARTIN');
    const second = await provider.signIn(app, 'Marie MARTIN');
    expect(second.cookie).not.toBe(first.cookie);
    expect(second.csrfToken).not.toBe(first.csrfToken);
    for (const cookie of ['correspondants-session=x', `correspondants-session=${'a'.repeat(43)}`])
      expect(await isKnown(cookie)).toBe(false);
  });

  test('leaves no token in the database, from which a session could be taken', async () => {
    const { cookie, csrfToken } = await provider.signIn(app, 'Marie MARTIN');
    const token = cookie.split('=')[1]!;
    expect(token).toMatch(/^[\w-]{43}$/);
    const rows = JSON.stringify(await rowsOf(directory.store.db, sql`select * from session`));
    expect(rows).not.toContain(token);
    expect(rows).not.toContain(csrfToken);
  });

  test.each([
    ['two hours without a request', sql`last_seen_at = now() - interval '121 minutes'`],
    ['twelve hours, whatever was asked meanwhile', sql`created_at = now() - interval '721 minutes'`],
  ])('is forgotten after %s', async (_name, change) => {
    const { cookie } = await provider.signIn(app, 'Marie MARTIN');
    expect(await isKnown(cookie)).toBe(true);
    await rowsOf(directory.store.db, sql`update session set ${change}`);
    expect(await isKnown(cookie)).toBe(false);
  });

  test('stays signed in while requests come', async () => {
    const { cookie } = await provider.signIn(app, 'Marie MARTIN');
    await rowsOf(directory.store.db, sql`update session set last_seen_at = now() - interval '119 minutes'`);
    expect(await isKnown(cookie)).toBe(true);
    const [row] = await rowsOf<{ isFresh: boolean }>(
      directory.store.db,
      sql`select max(last_seen_at) > now() - interval '1 minute' as "isFresh" from session`,
    );
    expect(row!.isFresh).toBe(true);
  });

  describe('changes something only from a page of ours', () => {
    const change = async (
      headers: (csrfToken: string) => Record<string, string>,
      body?: (csrf: string) => string,
    ) => {
      const { cookie, csrfToken } = await provider.signIn(app, 'Sylvie POLIGNAC');
      const init = { method: 'POST', ...(body && { body: body(csrfToken) }) };
      const response = await ask('/deconnexion', { cookie, ...headers(csrfToken) }, init);
      return { status: response.status, isStillKnown: await isKnown(cookie) };
    };
    const REFUSED = { status: 403, isStillKnown: true };
    const DONE = { status: 303, isStillKnown: false };
    const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

    test('with its token in the header', async () => {
      expect(await change((token) => ({ origin: ORIGIN, 'x-csrf-token': token }))).toEqual(DONE);
    });
    test('with its token in the form, also where the page sends no referrer', async () => {
      const headers = { ...FORM, origin: 'null', 'sec-fetch-site': 'same-origin' };
      expect(
        await change(
          () => headers,
          (csrf) => `csrf=${csrf}`,
        ),
      ).toEqual(DONE);
    });
    test('not without a token', async () => {
      expect(await change(() => ({ origin: ORIGIN }))).toEqual(REFUSED);
      expect(
        await change(
          () => ({ ...FORM, origin: ORIGIN }),
          () => 'csrf=',
        ),
      ).toEqual(REFUSED);
    });
    test('not with the token of another session', async () => {
      const other = await provider.signIn(app, 'Marie MARTIN');
      expect(await change(() => ({ origin: ORIGIN, 'x-csrf-token': other.csrfToken }))).toEqual(REFUSED);
    });
    test.each<Record<string, string>>([
      {},
      { origin: 'https://attaquant.fr' },
      { origin: 'http://localhost:9' },
      { origin: 'null' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://attaquant.fr', 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'same-site' },
    ])('not from %o, even with its token', async (headers) => {
      expect(await change((token) => ({ ...headers, 'x-csrf-token': token }))).toEqual(REFUSED);
    });
  });

  test('and calls through an application, needs no token of a page', async () => {
    const rpps = await provider.signIn(app, 'Hélène MARTIN').then(async (it) => {
      const me = (await (await it.fetch('/v1/me')).json()) as { rpps: string };
      return me.rpps;
    });
    const role = { who: rpps, role: 'administrator', target: undefined };
    await grantRole(directory.store.db, role, OPERATOR);
    const response = await ask(
      '/v1/roles',
      {
        authorization: `Bearer ${await provider.tokenOf('Hélène MARTIN')}`,
        'content-type': 'application/json',
        origin: 'https://messagerie.exemple.fr',
      },
      { method: 'POST', body: JSON.stringify({ who: '99000000001', role: 'coordinator', target: 'velay' }) },
    );
    expect(response.status).toBe(200);
    const audit = await ask('/v1/audit?limit=1', {
      authorization: `Bearer ${await provider.tokenOf('Hélène MARTIN')}`,
    });
    expect(await audit.json()).toMatchObject({
      events: [
        {
          actorKind: 'person',
          actorName: 'Hélène MARTIN',
          application: 'correspondants',
          operation: 'grant-role',
          target: { kind: 'role', id: 'coordinator velay' },
          requestId: response.headers.get('x-request-id'),
        },
      ],
    });
    await revokeRole(directory.store.db, role, OPERATOR);
  });

  test('leaves no code, no token and no cookie in the log', async () => {
    const records: LogRecord[] = [];
    await configure({
      sinks: { memory: (record) => void records.push(record) },
      loggers: [
        { category: ['correspondants'], lowestLevel: 'debug', sinks: ['memory'] },
        { category: ['logtape', 'meta'], lowestLevel: 'error', sinks: [] },
      ],
      reset: true,
    });
    const { cookie, csrfToken, fetch } = await provider.signIn(app, 'Marie MARTIN');
    const token = await provider.tokenOf('Marie MARTIN');
    await ask('/v1/me', { authorization: `Bearer ${token}` });
    await ask('/connexion/retour?code=un-code&state=un-etat', { cookie });
    await ask('/deconnexion', { cookie, 'x-csrf-token': 'faux' }, { method: 'POST' });
    await fetch('/deconnexion', { method: 'POST' });
    await reset();
    const text = JSON.stringify(records);
    expect(text).toContain('/connexion/retour');
    for (const secret of [cookie.split('=')[1]!, csrfToken, token, 'un-code', 'un-etat', 'MARTIN'])
      expect(text).not.toContain(secret);
    expect(text).not.toMatch(/code=|state=/);
  });
});
