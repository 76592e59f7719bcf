import { randomUUID } from 'node:crypto';

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';
import { grantRole } from '#access/roles.ts';
import { takeSnapshots } from '#profiles/territories/read-board.ts';
import { recordAudit, listAudit } from '#store/audit.ts';
import { grantApplication } from '#store/grant-application.ts';
import { refreshIndexedDays } from '#store/mailbox-activity.ts';
import { migrateStore } from '#store/migrate-store.ts';
import { openPostgresStore } from '#store/postgres-store.ts';
import { rowsOf } from '#store/store.ts';
import { putTerritories } from '#store/territories.ts';

import { importCaseFiles } from '../acceptance/api-cases.ts';
import { createAccessApp } from '../support/access-app.ts';
import { importFiles } from '../support/import-files.ts';
import { activity, openOfficialFolder } from '../support/official-files.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { openTestStore, STORE_KINDS } from '../support/test-store.ts';

const OPERATOR = { actor: { kind: 'operator' } } as const;
const JSON_BODY = { 'content-type': 'application/json' };

describe.skipIf(!STORE_KINDS.includes('Postgres server'))('the role of the application', () => {
  const role = `test_${randomUUID().replaceAll('-', '')}`;
  let owner: Awaited<ReturnType<typeof openTestStore>>;
  let directory: TestDirectory;
  let provider: TestProvider;
  let app: ReturnType<typeof createAccessApp>;

  beforeAll(async () => {
    owner = await openTestStore('Postgres server');
    // Nothing indexes what it holds before the application does.
    await importCaseFiles({
      store: owner,
      import: async (files) => void (await importFiles(owner, files)),
      untilIndexed: async () => undefined,
    });
    await owner.db.execute(sql`create role ${sql.identifier(role)} login`);
    expect(await grantApplication(owner.db, role)).toBe('granted');
    const url = new URL(owner.url!);
    url.username = role;
    [directory, provider] = await Promise.all([
      openTestDirectory('Postgres server', async () => {
        const store = openPostgresStore({ url: url.href, poolMax: 4 });
        await migrateStore(store);
        return { ...store, url: url.href };
      }),
      openTestProvider(),
    ]);
    app = createAccessApp(directory, provider.settings);
    await directory.untilIndexed();
  });

  afterAll(async () => {
    await provider[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
    await owner.db.execute(sql`drop owned by ${sql.identifier(role)}`);
    await owner[Symbol.asyncDispose]();
    await using server = openPostgresStore({ url: owner.url!.replace(/\/[^/]+$/, '/postgres'), poolMax: 1 });
    await server.db.execute(sql`drop role ${sql.identifier(role)}`);
  });

  test('is all that a server needs: searches, edits, reports, keys, roles, boards, the index and the feed', async () => {
    const { db } = directory.store;
    await putTerritories(db, [{ id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157'] }]);
    const ask = (path: string, init?: RequestInit) => app.fetch(new Request(`http://localhost${path}`, init));
    const found = (await (await ask('/v1/correspondents?q=vallorbe&facets=profession')).json()) as {
      results: { rpps: string }[];
      degraded?: true;
    };
    expect(found.results[0]).toMatchObject({ rpps: '99000000001' });
    expect(found.degraded).toBeUndefined();
    const { key } = await createKey(db, 'Tout', ['admin', 'mailbox-activity:exemple.mssante.fr']);
    const withKey = { authorization: `Bearer ${key}`, ...JSON_BODY };
    const helene = await provider.signIn(app, 'Hélène MARTIN');
    const requests: [string, RequestInit, number][] = [
      ['/v1/suggestions?q=kin', {}, 200],
      ['/v1/correspondents/99000000001', {}, 200],
      ['/v1/changes?limit=10', {}, 200],
      ['/v1/sources', {}, 200],
      [
        '/v1/practitioners/99000000001/profile',
        {
          method: 'PATCH',
          headers: { ...withKey, 'if-match': '"0"' },
          body: '{"ways":{"homeVisits":true}}',
        },
        200,
      ],
      [
        '/v1/practitioners/99000000001/profile/history/1/undo',
        { method: 'POST', headers: { authorization: `Bearer ${key}` } },
        200,
      ],
      [
        '/v1/correspondents/99000000001/error-reports',
        { method: 'POST', headers: JSON_BODY, body: '{"field":"place","message":"Parti"}' },
        201,
      ],
      ['/v1/territories/velay/board', { headers: withKey }, 200],
      ['/v1/territories/velay/error-reports', { headers: withKey }, 200],
      [
        '/v1/mailbox-activity',
        {
          method: 'POST',
          headers: { ...withKey, 'content-type': 'application/x-ndjson' },
          body: JSON.stringify({
            address: 'isaure.vallorbe@exemple.mssante.fr',
            openedAt: new Date().toISOString(),
          }),
        },
        200,
      ],
      [
        '/v1/withheld',
        { method: 'POST', headers: withKey, body: '{"who":"99000000002","reason":"liste rouge"}' },
        200,
      ],
      ['/v1/withheld/99000000002', { method: 'DELETE', headers: withKey }, 200],
      [
        '/v1/roles',
        { method: 'POST', headers: withKey, body: '{"who":"99000000001","role":"administrator"}' },
        200,
      ],
      [
        '/v1/roles/revocations',
        { method: 'POST', headers: withKey, body: '{"who":"99000000001","role":"administrator"}' },
        200,
      ],
      ['/v1/audit', { headers: withKey }, 200],
    ];
    for (const [path, init, status] of requests) {
      const response = await ask(path, init);
      expect([path, response.status, status < 400 ? '' : await response.text()]).toEqual([path, status, '']);
    }
    expect((await helene.fetch('/deconnexion', { method: 'POST' })).status).toBe(303);
    await refreshIndexedDays(db, new Date());
    await takeSnapshots(db, new Date());
    await directory.untilIndexed();
  });

  test.each([
    sql`update audit_event set actor_name = 'x'`,
    sql`delete from audit_event`,
    sql`truncate audit_event`,
    sql`drop table audit_event`,
    sql`drop trigger audit_event_append_only on audit_event`,
    sql`alter table audit_event disable trigger audit_event_append_only`,
    sql`alter table audit_event disable trigger all`,
    sql`alter table audit_event rename to audit_event_old`,
    sql`create or replace function refuse_audit_change() returns trigger language plpgsql as 'begin return null; end'`,
    sql`create rule nothing as on insert to audit_event do instead nothing`,
    sql`set session_replication_role = 'replica'`,
    sql`update schema_migration set hash = 'x'`,
    sql`create table audit_event_too (id int)`,
  ])('can add to the audit, and not undo it: %#', async (statement) => {
    await recordAudit(directory.store.db, { ...OPERATOR, operation: 'test', outcome: 'done' });
    const before = await listAudit(owner.db, { limit: 1000 });
    await expect(rowsOf(directory.store.db, statement)).rejects.toMatchObject({
      code: 'store-rights-missing',
    });
    expect(await listAudit(owner.db, { limit: 1000 })).toEqual(before);
  });

  test('does not import: that is told in a sentence, and changes nothing', async () => {
    await using folder = await openOfficialFolder();
    const path = await folder.writeActivity([activity('99000000001')]);
    await expect(importFiles(directory.store, [{ source: 'rpps', path }])).rejects.toMatchObject({
      code: 'store-rights-missing',
      message: expect.stringContaining('owns the tables'),
    });
  });

  test('has the same rights on what a later version adds', async () => {
    await owner.db.execute(sql`create table added_later (id int)`);
    await rowsOf(directory.store.db, sql`insert into added_later (id) values (1)`);
    expect(await rowsOf(directory.store.db, sql`select id from added_later`)).toEqual([{ id: 1 }]);
  });

  test('is another than the owner, and is made first', async () => {
    expect(await grantApplication(owner.db, 'postgres')).toBe('mighty');
    expect(await grantApplication(owner.db, `${role}_absent`)).toBe('absent');
    const grant = () => grantApplication(owner.db, `${role}"; drop table audit_event; --`);
    expect(await grant()).toBe('absent');
  });

  test('and roles of people are granted under it', async () => {
    const request = { who: '99000000001', role: 'coordinator', target: 'velay' };
    expect(await grantRole(directory.store.db, request, OPERATOR)).toBe(true);
  });
});
