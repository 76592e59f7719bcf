import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { openPostgresStore } from '#store/postgres-store.ts';
import { openSearchEngine } from '#search/engine.ts';
import { checkWithheldInStore } from '#store/withheld.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';
import type { Directory } from '#directory/directory.ts';

import { createApp } from '../../src/app.ts';
import { checkHealth } from '../../src/check-health.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { STORE_KINDS } from '../support/test-store.ts';
import { importCaseFiles } from './api-cases.ts';

/** Nothing listens on the discard port. */
const NOWHERE = '127.0.0.1:9';

describe('when a dependency does not answer', () => {
  let whole: TestDirectory;

  beforeAll(async () => {
    whole = await openTestDirectory(STORE_KINDS[0]!);
    await importCaseFiles(whole);
  });

  afterAll(() => whole[Symbol.asyncDispose]());

  const ask = (parts: Partial<Directory>, path: string) => {
    const { store, log, engine } = whole;
    const directory = {
      store,
      log,
      engine,
      withheld: checkWithheldInStore(store.db),
      now: () => new Date(),
      ...parts,
    };
    const app = createApp({
      openDirectory: () => directory,
      checkHealth: () => checkHealth(directory, true),
      metrics: NO_METRICS,
    });
    return app.fetch(new Request(`http://localhost${path}`));
  };

  const withoutEngine = () => ({
    engine: openSearchEngine({
      url: `http://${NOWHERE}`,
      key: 'secretkey',
      indexName: 'none',
      timeoutMs: 1000,
    }),
  });

  test('without the engine a search is told so, and lookups go on', async () => {
    const search = await ask(withoutEngine(), '/v1/correspondents?q=martin');
    expect(search.status).toBe(503);
    expect(Number(search.headers.get('retry-after'))).toBeGreaterThan(0);
    const problem = await search.text();
    expect(JSON.parse(problem)).toMatchObject({ code: 'search-unavailable' });
    expect(problem).not.toContain('secretkey');
    expect((await ask(withoutEngine(), '/v1/correspondents/99000000001')).status).toBe(200);
    expect((await ask(withoutEngine(), '/v1/changes')).status).toBe(200);
  });

  test('readiness names the one that fails', async () => {
    const search = await ask(withoutEngine(), '/health/ready');
    expect(search.status).toBe(503);
    expect(await search.json()).toMatchObject({
      status: 'down',
      dependencies: [
        { name: 'store', status: 'up' },
        { name: 'search', status: 'down' },
      ],
    });
    expect((await ask(withoutEngine(), '/health/live')).status).toBe(200);
  });

  test('without the database a lookup is a 503 that tells no secret, and readiness says which', async () => {
    await using store = openPostgresStore({
      url: `postgres://someone:secretpassword@${NOWHERE}/none`,
      poolMax: 1,
    });
    const withoutStore = {
      store,
      log: openCorrespondentLog(store),
      withheld: checkWithheldInStore(store.db),
    };
    const lookup = await ask(withoutStore, '/v1/correspondents/99000000001');
    expect(lookup.status).toBe(503);
    const problem = await lookup.text();
    expect(JSON.parse(problem)).toMatchObject({ code: 'store-unavailable' });
    expect(problem).not.toContain('secretpassword');
    const ready = await ask(withoutStore, '/health/ready');
    expect(await ready.json()).toMatchObject({
      dependencies: [{ name: 'store', status: 'down' }, { name: 'search' }],
    });
  });

  test('a bug is a fixed text with the id to quote, and never what went wrong inside', async () => {
    const broken = {
      withheld: async () => {
        throw new Error('inner secret');
      },
    };
    const response = await ask(broken, '/v1/correspondents?q=martin');
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('inner secret');
    expect(JSON.parse(text)).toMatchObject({
      code: 'internal',
      requestId: response.headers.get('x-request-id'),
    });
  });
});
