import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';
import { grantRole } from '#access/roles.ts';
import { listAudit, recordAudit } from '#store/audit.ts';
import { rowsOf } from '#store/store.ts';
import { putTerritories } from '#store/territories.ts';

import { createAccessApp } from '../support/access-app.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { openTestStore, STORE_KINDS } from '../support/test-store.ts';

const OPERATOR = { actor: { kind: 'operator' } } as const;

describe.each(STORE_KINDS)('the audit, with %s', (kind) => {
  let store: Awaited<ReturnType<typeof openTestStore>>;

  beforeAll(async () => {
    store = await openTestStore(kind);
  });

  afterAll(() => store[Symbol.asyncDispose]());

  test('tells who did what to what, the latest first', async () => {
    const grant = (target: string) =>
      grantRole(store.db, { who: '99000000001', role: 'coordinator', target }, OPERATOR);
    await grant('velay');
    await grant('forez');
    expect(await listAudit(store.db, { limit: 10 })).toMatchObject([
      { operation: 'grant-role', target: { kind: 'role', id: 'coordinator forez' } },
      {
        actorKind: 'operator',
        keyId: null,
        operation: 'grant-role',
        target: { kind: 'role', id: 'coordinator velay' },
        outcome: 'done',
        details: { rpps: '99000000001' },
      },
    ]);
    const target = { kind: 'role', id: 'coordinator velay' };
    expect(await listAudit(store.db, { target, limit: 10 })).toHaveLength(1);
  });

  test('is searched by a part of a name, in capitals or not, page by page', async () => {
    for (const [index, name] of [
      'Odile "O" VERNASSAL',
      'Odile\\ PRADELLE',
      'Ödile',
      'Odile PRADELLE',
    ].entries())
      await recordAudit(store.db, {
        actor: { kind: 'application', keyId: `k${index % 2}`, name, scopes: [] },
        operation: 'read-territory',
        outcome: 'done',
      });
    const namesOf = async (actorName: string, before?: string) =>
      (await listAudit(store.db, { actorName, before, limit: 2 })).map((it) => it.actorName);
    expect(await namesOf('vernASSAL')).toEqual(['Odile "O" VERNASSAL']);
    expect(await namesOf('odile')).toEqual(['Odile PRADELLE', 'Odile\\ PRADELLE']);
    const [, last] = await listAudit(store.db, { actorName: 'odile', limit: 2 });
    expect(await namesOf('odile', last!.id)).toEqual(['Odile "O" VERNASSAL']);
    for (const none of ['%', '_', 'zzz', '\\\\']) expect(await namesOf(none), none).toEqual([]);
  });

  test.each([
    sql`update audit_event set actor_name = 'x'`,
    sql`delete from audit_event`,
    sql`truncate audit_event`,
  ])('cannot be changed: %#', async (statement) => {
    const before = await listAudit(store.db, { limit: 10 });
    await expect(rowsOf(store.db, statement)).rejects.toThrow();
    expect(await listAudit(store.db, { limit: 10 })).toEqual(before);
  });
});

describe('what is asked over the API', () => {
  let directory: TestDirectory;
  let provider: TestProvider;
  let app: ReturnType<typeof createAccessApp>;

  beforeAll(async () => {
    [directory, provider] = await Promise.all([openTestDirectory('PGlite'), openTestProvider()]);
    app = createAccessApp(directory, provider.settings);
    await putTerritories(directory.store.db, [
      { id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157'] },
    ]);
    for (const [name, role, target] of [
      ['Odile VERNASSAL', 'coordinator', 'velay'],
      ['Berthe ALLÈGRE', 'administrator', undefined],
    ] as const)
      await grantRole(directory.store.db, { who: provider.subjectOf(name), role, target }, OPERATOR);
  });

  afterAll(async () => {
    await provider[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });

  /** What was written down of a request, the latest first. */
  const traceOf = async (ask: () => Promise<Response>) => {
    const [last] = await listAudit(directory.store.db, { limit: 1 });
    const response = await ask();
    const events = await listAudit(directory.store.db, { limit: 10 });
    const id = response.headers.get('x-request-id');
    return events
      .filter((it) => BigInt(it.id) > BigInt(last?.id ?? 0))
      .map(({ actorName, operation, target, outcome, requestId }) => ({
        actorName,
        operation,
        target,
        outcome,
        isOfRequest: requestId === id,
      }));
  };

  test('privileged reads are written down once, with what they are about', async () => {
    const odile = await provider.signIn(app, 'Odile VERNASSAL');
    const berthe = await provider.signIn(app, 'Berthe ALLÈGRE');
    const target = { kind: 'territory', id: 'velay' };
    for (const path of ['board', 'professionals.csv', 'error-reports']) {
      expect(await traceOf(() => odile.fetch(`/v1/territories/velay/${path}`))).toEqual([
        {
          actorName: 'Odile VERNASSAL',
          operation: 'read-territory',
          target,
          outcome: 'done',
          isOfRequest: true,
        },
      ]);
    }
    for (const path of ['/v1/withheld', '/v1/roles', '/v1/audit'])
      expect(await traceOf(() => berthe.fetch(path)), path).toMatchObject([{ actorName: 'Berthe ALLÈGRE' }]);
  });

  test('so are writes, and what somebody who is known was refused', async () => {
    const berthe = await provider.signIn(app, 'Berthe ALLÈGRE');
    const sylvie = await provider.signIn(app, 'Sylvie POLIGNAC');
    const withhold = () => ({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ who: '99000000009', reason: 'une raison' }),
    });
    const target = { kind: 'practitioner', id: '99000000009' };
    expect(await traceOf(() => berthe.fetch('/v1/withheld', withhold()))).toMatchObject([
      { operation: 'withhold', target, outcome: 'done', isOfRequest: true },
    ]);
    expect(await traceOf(() => sylvie.fetch('/v1/withheld', withhold()))).toMatchObject([
      { actorName: 'Sylvie POLIGNAC', operation: 'withhold', outcome: 'refused', isOfRequest: true },
    ]);
    const { key } = await createKey(directory.store.db, 'Opérateur', ['mailbox-activity:exemple.mssante.fr']);
    const report = () =>
      app.fetch(
        new Request('http://localhost/v1/mailbox-activity', {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
          body: '{}',
        }),
      ) as Promise<Response>;
    expect(await traceOf(report)).toMatchObject([{ actorName: 'Opérateur', operation: 'report-mailboxes' }]);
    const texts = JSON.stringify(await listAudit(directory.store.db, { limit: 100 }));
    for (const secret of ['une raison', key, berthe.csrfToken]) expect(texts).not.toContain(secret);
  });

  test('what anybody may read, and what people read of themselves, leaves no trace', async () => {
    const helene = await provider.signIn(app, 'Hélène MARTIN');
    for (const path of ['/v1/me', '/v1/me/audit', '/v1/correspondents?q=martin', '/', '/mon-espace'])
      expect(await traceOf(() => helene.fetch(path)), path).toEqual([]);
    const anonymous = () => app.fetch(new Request('http://localhost/v1/withheld')) as Promise<Response>;
    expect(await traceOf(anonymous)).toEqual([]);
  });

  test('owners read what was done to their own page, and nothing else', async () => {
    const helene = await provider.signIn(app, 'Hélène MARTIN');
    const berthe = await provider.signIn(app, 'Berthe ALLÈGRE');
    const { rpps } = (await (await helene.fetch('/v1/me')).json()) as { rpps: string };
    const body = JSON.stringify({ who: rpps, reason: 'opposition' });
    const headers = { 'content-type': 'application/json' };
    await berthe.fetch('/v1/withheld', { method: 'POST', headers, body });
    const own = (await (await helene.fetch('/v1/me/audit')).json()) as {
      events: object[];
      next: string | null;
    };
    expect(own).toMatchObject({
      events: [
        { actorName: 'Berthe ALLÈGRE', operation: 'withhold', target: { kind: 'practitioner', id: rpps } },
      ],
      next: null,
    });
    expect(JSON.stringify(own)).not.toContain('http://127.0.0.1');
    expect((await berthe.fetch('/v1/me/audit')).status).toBe(403);
    expect((await helene.fetch('/v1/audit')).status).toBe(403);
  });

  test('is read page by page, by administrators', async () => {
    const berthe = await provider.signIn(app, 'Berthe ALLÈGRE');
    type Page = { events: { id: string }[]; next: string | null };
    const seen: string[] = [];
    const [newest] = await listAudit(directory.store.db, { limit: 1 });
    for (let before: string | null = String(BigInt(newest!.id) + 1n); before !== null;) {
      const page = (await (await berthe.fetch(`/v1/audit?limit=3&before=${before}`)).json()) as Page;
      seen.push(...page.events.map((it) => it.id));
      before = page.next;
    }
    expect(seen).toEqual(
      Array.from({ length: Number(newest!.id) }, (_, index) => String(Number(newest!.id) - index)),
    );
    for (const query of ['before=x', 'limit=0', 'limit=501', 'targetKind=key', 'who=x'])
      expect((await berthe.fetch(`/v1/audit?${query}`)).status, query).toBe(400);
  });
});
