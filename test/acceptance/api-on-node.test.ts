import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { checkWithheldInStore } from '#store/withheld.ts';

import { createApp } from '../../src/app.ts';
import { checkHealth } from '../../src/check-health.ts';
import { openPromMetrics } from '#telemetry/prom-metrics.ts';
import { openHttpServer, type HttpServer } from '../../src/http-server.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { STORE_KINDS } from '../support/test-store.ts';
import { describeApi, importCaseFiles, type Ask } from './api-cases.ts';

describe.each(STORE_KINDS)('the API on Node with %s', (kind) => {
  let directory: TestDirectory;
  let server: HttpServer;
  let ask: Ask;

  beforeAll(async () => {
    directory = await openTestDirectory(kind);
    await importCaseFiles(directory);
    server = await openHttpServer('127.0.0.1', 0);
    const { store, log, engine } = directory;
    const served = { store, log, engine, withheld: checkWithheldInStore(store.db), now: () => new Date() };
    const app = createApp({
      openDirectory: () => served,
      reading: () => 'open',
      checkHealth: () => checkHealth(served, true),
      metrics: openPromMetrics({ indexLag: async () => 0, sourceAges: async () => [] }),
    });
    server.serve((request) => app.fetch(request));
    ask = (path, init) => fetch(server.url + path, init);
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });

  describeApi(() => ({ directory, ask }));

  test('metrics are in the Prometheus format, by route and never by what was asked', async () => {
    await ask('/v1/correspondents?q=secretword');
    const text = await (await ask('/metrics')).text();
    expect(text).toMatch(
      /http_request_duration_seconds_count\{route="\/v1\/correspondents",method="GET",status="200"\} \d+/,
    );
    expect(text).not.toContain('secretword');
  });
});
