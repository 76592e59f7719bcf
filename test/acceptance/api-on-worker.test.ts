import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { describeApi, importCaseFiles, type Ask } from './api-cases.ts';

/** Workers reach a Postgres server only: without one these cases are left out (CI has one). */
describe.skipIf(inject('postgresUrl') === undefined)('the API on workerd', () => {
  let directory: TestDirectory;
  let worker: Miniflare;
  let folder: string;
  let ask: Ask;

  beforeAll(async () => {
    directory = await openTestDirectory('Postgres server');
    await importCaseFiles(directory);
    folder = await mkdtemp(join(tmpdir(), 'correspondants-worker-'));
    const scriptPath = await bundleWorker(folder);
    worker = new Miniflare({
      modules: true,
      modulesRoot: folder,
      scriptPath,
      compatibilityDate: '2026-04-01',
      compatibilityFlags: ['nodejs_compat'],
      hyperdrives: { HYPERDRIVE: directory.store.url! },
      bindings: {
        MEILI_URL: directory.engine.url,
        MEILI_KEY: inject('engine').key,
        MEILI_INDEX: directory.engine.indexName,
        ACCESS: 'open',
      },
    });
    const url = await worker.ready;
    ask = (path, init) => fetch(new URL(path, url), init);
  }, 120_000);

  afterAll(async () => {
    await worker?.dispose();
    await directory?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  describeApi(() => ({ directory, ask }));

  test('metrics are not kept there', async () => {
    expect((await ask('/metrics')).status).toBe(404);
  });
});

/** With the publisher's own bundler and our `wrangler.toml`, as a deployment does. */
async function bundleWorker(folder: string): Promise<string> {
  const wrangler = join(import.meta.dirname, '../../node_modules/wrangler/bin/wrangler.js');
  await promisify(execFile)(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', folder], {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' },
  });
  return join(folder, 'worker.js');
}
