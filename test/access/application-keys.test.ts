import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';
import { listKeys, revokeKey } from '#store/application-keys.ts';
import { rowsOf } from '#store/store.ts';
import { checkWithheldInStore } from '#store/withheld.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

import { createApp } from '../../src/app.ts';
import { importCaseFiles } from '../acceptance/api-cases.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

describe('keys', () => {
  let directory: TestDirectory;

  beforeAll(async () => {
    directory = await openTestDirectory('PGlite');
    await importCaseFiles(directory);
  });

  afterAll(() => directory[Symbol.asyncDispose]());

  const ask = (path: string, key?: string, init: RequestInit = {}, reading: 'open' | 'keys' = 'keys') => {
    const { store, log, engine } = directory;
    const withheld = checkWithheldInStore(store.db);
    const app = createApp({
      openDirectory: () => ({ store, log, engine, withheld, now: () => new Date() }),
      checkHealth: async () => [],
      reading: () => reading,
      metrics: NO_METRICS,
    });
    const headers = { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...init.headers };
    return app.fetch(new Request(`http://localhost${path}`, { ...init, headers }));
  };

  test('open the directory where it is not open to everybody, each as far as its scopes', async () => {
    const { key } = await createKey(directory.store.db, 'Messagerie', ['search']);
    for (const path of [
      '/v1/correspondents?q=martin',
      '/v1/correspondents/99000000001',
      '/v1/suggestions?q=mar',
    ]) {
      const refused = await ask(path);
      expect(refused.status, path).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
      expect((await ask(path, undefined, {}, 'open')).status, path).toBe(200);
      expect((await ask(path, key)).status, path).toBe(200);
    }
    expect((await ask('/v1/changes', key)).status).toBe(403);
  });

  test('that are unknown, altered or revoked open nothing, even what is open', async () => {
    const { id, key } = await createKey(directory.store.db, 'Essai', ['search']);
    const altered = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of [altered, 'corr_000000000000_x', 'x', `${key}x`])
      expect((await ask('/v1/correspondents?q=martin', wrong, {}, 'open')).status, wrong).toBe(401);
    expect((await ask('/v1/correspondents?q=martin', key)).status).toBe(200);
    expect(await revokeKey(directory.store.db, id)).toBe(true);
    expect(await revokeKey(directory.store.db, id)).toBe(false);
    expect((await ask('/v1/correspondents?q=martin', key)).status).toBe(401);
  });

  test('are kept as hashes only, and tell when they were last used', async () => {
    const { id, key } = await createKey(directory.store.db, 'Traces', ['search']);
    expect((await listKeys(directory.store.db)).find((it) => it.id === id)?.lastUsedAt).toBeNull();
    await ask('/v1/correspondents?q=martin', key);
    expect((await listKeys(directory.store.db)).find((it) => it.id === id)?.lastUsedAt).toMatch(/Z$/);
    const rows = await rowsOf(directory.store.db, sql`select * from application_key`);
    expect(JSON.stringify(rows)).not.toContain(key.split('_').slice(2).join('_'));
  });

  test('of an operator report the mailboxes of its domains, and no others', async () => {
    const { key } = await createKey(directory.store.db, 'Opérateur', ['mailbox-activity:exemple.mssante.fr']);
    const lines = [
      { address: 'isaure.vallorbe@exemple.mssante.fr', openedAt: new Date().toISOString() },
      { address: 'cardio@ch-lepuy.mssante.fr', openedAt: new Date().toISOString() },
    ];
    const body = lines.map((line) => JSON.stringify(line)).join('\n');
    const init = { method: 'POST', body, headers: { 'content-type': 'application/x-ndjson' } };
    expect((await ask('/v1/mailbox-activity', undefined, init, 'open')).status).toBe(401);
    const report = await ask('/v1/mailbox-activity', key, init);
    expect(report.status).toBe(200);
    expect(await report.json()).toMatchObject({
      lines: 2,
      accepted: 1,
      faults: [{ line: 2, pointer: 'address' }],
    });
    const person = await ask('/v1/correspondents/99000000001', undefined, {}, 'open');
    expect(await person.json()).toMatchObject({ mailboxes: [{ status: 'active' }] });
    const channels = await ask('/v1/mailbox-channels', key, {
      ...init,
      body: JSON.stringify({ address: 'isaure.vallorbe@exemple.mssante.fr', channels: ['video'] }),
    });
    expect(await channels.json()).toMatchObject({ accepted: 1 });
  });
});
