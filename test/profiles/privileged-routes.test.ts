import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';
import type { Directory } from '#directory/directory.ts';
import type { Scope } from '#domain/actor.ts';
import { putTerritories } from '#store/territories.ts';
import { checkWithheldInStore } from '#store/withheld.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

import { createApp } from '../../src/app.ts';
import { checkHealth } from '../../src/check-health.ts';
import { activity, openOfficialFolder, personalMailbox } from '../support/official-files.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { STORE_KINDS } from '../support/test-store.ts';

describe.each(STORE_KINDS)('operations that need a key, with %s', (kind) => {
  let directory: TestDirectory;
  let app: ReturnType<typeof createApp>;

  beforeAll(async () => {
    directory = await openTestDirectory(kind);
    await using folder = await openOfficialFolder();
    const rpps = await folder.writeActivity([
      activity('99000000001'),
      activity('99000000002', { "Nom d'exercice": 'OPPOSÉE' }),
    ]);
    const mssante = await folder.writeMailboxes([
      personalMailbox('99000000002', 'opposee@exemple.mssante.fr', { "Nom d'exercice": 'OPPOSÉE' }),
    ]);
    await directory.import([
      { source: 'rpps', path: rpps },
      { source: 'mssante', path: mssante },
    ]);
    await putTerritories(directory.store.db, [
      { id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157'] },
      { id: 'ailleurs', name: 'CPTS d’ailleurs', communeCodes: ['43152'] },
    ]);
    await directory.untilIndexed();
    const served: Directory = {
      ...directory,
      withheld: checkWithheldInStore(directory.store.db),
      now: () => new Date(),
    };
    app = createApp({
      openDirectory: () => served,
      checkHealth: () => checkHealth(served, true),
      reading: () => 'open',
      metrics: NO_METRICS,
    });
  });

  afterAll(() => directory[Symbol.asyncDispose]());

  const ask = async (
    method: string,
    path: string,
    scopes: Scope[] | undefined,
    body?: string | Uint8Array<ArrayBuffer>,
    type = 'application/json',
  ) => {
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': type };
    if (scopes)
      headers['authorization'] = `Bearer ${(await createKey(directory.store.db, 'test', scopes)).key}`;
    return app.fetch(
      new Request(`http://localhost${path}`, { method, headers, ...(body === undefined ? {} : { body }) }),
    );
  };

  const OPERATIONS: [method: string, path: string, body: string | undefined, type: string, scope: Scope][] = [
    ['GET', '/v1/territories/velay/board', undefined, '', 'territory:velay'],
    ['GET', '/v1/territories/velay/board.csv', undefined, '', 'territory:velay'],
    ['GET', '/v1/territories/velay/professionals', undefined, '', 'territory:velay'],
    ['GET', '/v1/territories/velay/professionals.csv', undefined, '', 'territory:velay'],
    ['POST', '/v1/territories/velay/imports', 'RPPS\n99000000001', 'text/csv', 'territory:velay'],
    ['GET', '/v1/territories/velay/imports', undefined, '', 'territory:velay'],
    ['GET', '/v1/withheld', undefined, '', 'admin'],
    ['POST', '/v1/withheld', '{"who":"99000000009","reason":"liste rouge"}', 'application/json', 'admin'],
    ['DELETE', '/v1/withheld/99000000009', undefined, '', 'admin'],
  ];

  test.each(OPERATIONS)('%s %s', async (method, path, body, type, scope) => {
    const statusOf = async (scopes: Scope[] | undefined) =>
      (await ask(method, path, scopes, body, type)).status;
    expect(await statusOf(undefined)).toBe(401);
    expect(
      await statusOf(['search', 'export', 'mailbox-activity:exemple.mssante.fr', 'territory:ailleurs']),
    ).toBe(403);
    const done = path.endsWith('/imports') && method === 'POST' ? 201 : 200;
    expect(await statusOf([scope])).toBe(done);
    expect(await statusOf(['admin'])).toBe(done);
  });

  test('a coordinator sees the board and who is missing, fills in the table and has it looked at', async () => {
    const scopes: Scope[] = ['territory:velay'];
    const board = await (await ask('GET', '/v1/territories/velay/board', scopes)).json();
    expect(board).toMatchObject({
      id: 'velay',
      professionals: 2,
      withoutMailbox: 1,
      professions: [{ code: '70', label: 'Masseur-Kinésithérapeute', professionals: 2, withoutMailbox: 1 }],
    });
    const table = await ask('GET', '/v1/territories/velay/professionals.csv', scopes);
    expect(table.headers.get('content-disposition')).toBe('attachment; filename="velay.csv"');
    const filled = new Uint8Array(await table.arrayBuffer());
    const made = await ask('POST', '/v1/territories/velay/imports', scopes, filled, 'text/csv');
    expect(await made.json()).toMatchObject({ counts: { same: 2, doubtful: 0, fault: 0 } });
    const numbers = await ask('GET', '/v1/territories/velay/board.csv', scopes);
    expect(await numbers.text()).toContain('territoire;velay;CPTS du Velay;2;');
    const missing = await ask('GET', '/v1/territories/velay/professionals?hasMailbox=false', scopes);
    expect(await missing.json()).toMatchObject({
      professionals: [{ rpps: '99000000001' }],
      nextOffset: null,
    });
    expect((await ask('GET', '/v1/territories/nowhere/board', ['admin'])).status).toBe(404);
  });

  test('whoever is withheld vanishes from every answer at once, and comes back when released', async () => {
    const paths = [
      '/v1/correspondents?q=opposee',
      '/v1/correspondents?q=oposee',
      '/v1/correspondents?rpps=99000000002',
      '/v1/correspondents?mailbox=opposee@exemple.mssante.fr',
      '/v1/correspondents?where=velay',
      '/v1/correspondents?q=kiné cpts du velay',
      '/v1/correspondents?where=le puy&sort=distance',
      '/v1/correspondents?groupBy=kind',
      '/v1/suggestions?q=oppos',
      '/v1/changes',
      '/v1/correspondents/99000000002',
      '/v1/correspondents/opposee@exemple.mssante.fr',
      '/v1/correspondents/professional-899000000002',
      '/v1/territories/velay/professionals.csv',
    ];
    const whereShown = async () => {
      const shown: string[] = [];
      for (const path of paths) {
        const answer = await (await ask('GET', path, ['admin'])).text();
        // The feed names whom it removes, by id.
        if (answer.includes(path === '/v1/changes' ? 'OPPOSÉE' : '99000000002')) shown.push(path);
      }
      return shown;
    };
    expect(await whereShown()).toEqual(paths);
    const body = JSON.stringify({ who: '99000000002', reason: 'opposition' });
    expect(await (await ask('POST', '/v1/withheld', ['admin'], body)).json()).toEqual({ isNew: true });
    // Whatever the index still holds.
    expect(await whereShown()).toEqual([]);
    const { withheld } = (await (await ask('GET', '/v1/withheld', ['admin'])).json()) as {
      withheld: { key: string }[];
    };
    expect(withheld.map((it) => it.key)).toContain('899000000002');
    await ask('DELETE', '/v1/withheld/99000000002', ['admin']);
    await directory.untilIndexed();
    await expect.poll(whereShown, { timeout: 10_000 }).toEqual(paths);
  });
});
