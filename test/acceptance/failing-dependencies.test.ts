import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { openPostgresStore } from '#store/postgres-store.ts';
import { openSearchEngine } from '#search/engine.ts';
import { INDEX_SETTINGS } from '#search/index-settings.ts';
import { waitForTask } from '#search/wait-for-task.ts';
import { checkWithheldInStore } from '#store/withheld.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';
import type { Directory } from '#directory/directory.ts';

import { createApp } from '../../src/app.ts';
import { checkHealth } from '../../src/check-health.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { STORE_KINDS } from '../support/test-store.ts';
import { openLine } from '../support/line.ts';
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
      reading: () => 'open',
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

  interface Found {
    results: { name: string; places: { commune: { code: string } | null }[] }[];
    total: { value: number; exact: boolean };
    degraded?: true;
  }

  test.each([
    ['q=vallorbe', 1],
    ['q=Isaure+VALLÔRBE', 1],
    ['q=martin&kind=professional&limit=50', 37],
    ['q=kiné martin le puy&limit=50', 19],
    ['q=martin&where=lyon&limit=50', 18],
    ['q=martin&departement=43&kind=professional&limit=50', 19],
    ['q=martin&near=lyon&within=20&kind=professional&limit=50', 18],
    ['q=cardiologue le puy', 1],
    ['q=secretariat', 1],
    ['rpps=99000000001', 1],
    ['mailbox=cardio@ch-lepuy.mssante.fr', 1],
    ['finess=430000018&kind=professional', 1],
    ['q=retiree', 0],
    ['rpps=99000000003', 0],
  ])('without the engine %s is answered by the store, and says so', async (query, count) => {
    const response = await ask(withoutEngine(), `/v1/correspondents?${query}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-degraded')).toBe('search');
    const found = (await response.json()) as Found;
    expect(found.degraded).toBe(true);
    expect(found.results).toHaveLength(count);
    expect(found.total).toEqual({ value: count, exact: true });
  });

  test('without the engine nearness still orders, pages go on, and suggestions are of words and places', async () => {
    const first = (await (
      await ask(withoutEngine(), '/v1/correspondents?q=martin&near=lyon&kind=professional&limit=20')
    ).json()) as Found & { next: string };
    const codes = first.results.map((it) => it.places[0]?.commune?.code);
    expect(codes.lastIndexOf('69383')).toBeLessThan(codes.indexOf('43157'));
    const second = await ask(
      withoutEngine(),
      `/v1/correspondents?q=martin&near=lyon&kind=professional&limit=20&cursor=${first.next}`,
    );
    expect(((await second.json()) as Found).results).toHaveLength(17);
    const { suggestions } = (await (await ask(withoutEngine(), '/v1/suggestions?q=kin')).json()) as {
      suggestions: { kind: string }[];
    };
    expect(suggestions.map((it) => it.kind)).toContain('profession');
    expect(suggestions.map((it) => it.kind)).not.toContain('person');
  });

  test('as soon as the engine answers again, so does the whole search', async () => {
    await using line = await openLine(whole.engine.url);
    const parts = {
      engine: openSearchEngine({
        ...inject('engine'),
        url: line.url,
        indexName: whole.engine.indexName,
        timeoutMs: 1000,
      }),
    };
    const isDegraded = async () => {
      const response = await ask(parts, '/v1/correspondents?q=vallorbe');
      expect(response.status).toBe(200);
      return response.headers.has('x-degraded');
    };
    expect(await isDegraded()).toBe(false);
    await line.cut();
    expect(await isDegraded()).toBe(true);
    await line.mend();
    await expect.poll(isDegraded, { timeout: 5000 }).toBe(false);
  });

  test('without the engine what the store cannot do is refused, and lookups go on', async () => {
    const search = await ask(withoutEngine(), '/v1/correspondents?q=martin&facets=kind');
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

  describe('an index of an earlier version', () => {
    let old: TestDirectory;
    beforeAll(async () => {
      old = await openTestDirectory(STORE_KINDS[0]!);
      await importCaseFiles(old);
    });
    afterAll(() => old[Symbol.asyncDispose]());

    async function forget(names: readonly string[]): Promise<void> {
      const filterableAttributes = INDEX_SETTINGS.filterableAttributes.map((it) => ({
        ...it,
        attributePatterns: it.attributePatterns.filter((name) => !names.includes(name)),
      }));
      const { engine } = old;
      const task = await engine.updateSettings(engine.indexName, { filterableAttributes });
      await waitForTask(engine, task, new AbortController().signal);
    }

    test('what it cannot do takes nothing from the others', async () => {
      await forget(['positions', 'familyKeys', 'titleWords']);
      const sorted = await ask(old, '/v1/correspondents?q=martin&near=lyon&sort=distance');
      expect(sorted.status).toBe(503);
      expect(await sorted.json()).toMatchObject({ code: 'search-unavailable' });
      for (const q of ['vallorbe', 'nathalie vallorbe']) {
        const plain = await ask(old, `/v1/correspondents?q=${q}`);
        expect(plain.status).toBe(200);
        expect(plain.headers.has('x-degraded')).toBe(false);
        const { results } = (await plain.json()) as { results: { name: string }[] };
        expect(results[0]!.name).toMatch(/vallorbe/i);
      }
    });

    test('is asked once for what it cannot do, whatever else its refusal names', async () => {
      await forget(['cells', 'positions']);
      const sorted = await ask(old, '/v1/correspondents?q=martin&near=lyon&sort=distance');
      expect(sorted.status).toBe(503);
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
