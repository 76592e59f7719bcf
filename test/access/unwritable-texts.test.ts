import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';
import { putTerritories } from '#store/territories.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

import { createApp } from '../../src/app.ts';
import { openTestStore, STORE_KINDS } from '../support/test-store.ts';

const IMPORTS = '/v1/territories/velay/imports';
const withForm = (properties: object) => ({
  declaredBy: { organizationId: 'x' },
  expertise: {
    title: 'T',
    domain: 'dermatologie',
    answers: ['a'],
    area: [{ kind: 'country', code: 'FR' }],
    form: { type: 'object', title: 'D', properties },
  },
});

/** NUL, and halves of surrogate pairs: what Postgres keeps nowhere. */
describe.each(STORE_KINDS)('a text that no database keeps, with %s', (kind) => {
  let store: Awaited<ReturnType<typeof openTestStore>>;
  let site: (method: string, path: string, body: string | undefined, type: string) => Promise<Response>;
  let ask: (method: string, path: string, body?: unknown) => Promise<Response>;

  beforeAll(async () => {
    store = await openTestStore(kind);
    await putTerritories(store.db, [{ id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157'] }]);
    const { key } = await createKey(store.db, 'test', ['admin']);
    const served = { store, now: () => new Date() } as never;
    const app = createApp({
      openDirectory: () => served,
      checkHealth: async () => [],
      reading: () => 'open',
      metrics: NO_METRICS,
    });
    site = async (method, path, body, type) =>
      app.fetch(
        new Request(`http://localhost${path}`, {
          method,
          headers: { authorization: `Bearer ${key}`, 'content-type': type },
          ...(body !== undefined && { body }),
        }),
      );
    ask = (method, path, body) =>
      typeof body === 'string'
        ? site(method, path, body, 'text/csv')
        : site(method, path, body === undefined ? undefined : JSON.stringify(body), 'application/json');
  });

  afterAll(() => store[Symbol.asyncDispose]());

  test.each<[string, string, unknown?]>([
    ['GET', '/v1/territories/a%00/board'],
    ['POST', '/v1/territories/a%00/imports', 'RPPS\n1'],
    ['GET', '/v1/audit?actorName=%00'],
    ['GET', '/v1/audit?targetKind=team&targetId=a%00b'],
    ['GET', '/territoires/a%00'],
    ['POST', '/v1/withheld', { who: 'a\0@exemple.mssante.fr', reason: 'x' }],
    ['POST', '/v1/withheld', { who: 'a@exemple.mssante.fr', reason: 'a\0b' }],
    ['POST', '/v1/experts', withForm({ 'a\0': { type: 'string', title: 'T' } })],
    ['POST', '/v1/experts', withForm({ '\ud800': { type: 'string', title: 'T' } })],
    ['POST', '/v1/experts', withForm({ a: { type: 'string', title: '\udc00' } })],
  ])('is a fault of the request: %s %s', async (method, path, body) => {
    const answer = await ask(method, path, body);
    expect([400, 404], await answer.text()).toContain(answer.status);
  });

  test.each([
    ['multipart/form-data', 'garbage'],
    ['multipart/form-data; boundary=x', '--x\r\n'],
    ['multipart/form-data; boundary=x', ''],
  ])('and a form that is none: %s', async (type, body) => {
    const answer = await site('POST', '/territoires/velay/imports', body, type);
    expect(answer.status).toBe(400);
  });

  test('in the cell of a spreadsheet, is left out of it', async () => {
    const made = (await (await ask('POST', IMPORTS, 'RPPS;Remarques\n1;a')).json()) as { id: string };
    const lines = [{ line: 2, cells: { Remarques: 'a\ud800b\0c 💥' } }];
    expect((await ask('PATCH', `${IMPORTS}/${made.id}`, { lines })).status).toBe(200);
    const shown = await (await ask('GET', `${IMPORTS}/${made.id}`)).json();
    expect(shown).toMatchObject({ lines: [{ cells: { Remarques: 'abc 💥' } }] });
  });
});
