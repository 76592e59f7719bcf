import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole, revokeRole } from '#access/roles.ts';
import { checkWithheldInStore } from '#store/withheld.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

import { createApp } from '../../src/app.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { STORE_KINDS } from '../support/test-store.ts';

const ORIGIN = 'http://localhost';

describe.each(STORE_KINDS)('signing in, with %s', (kind) => {
  let directory: TestDirectory;
  let provider: TestProvider;
  let app: ReturnType<typeof createApp>;

  beforeAll(async () => {
    [directory, provider] = await Promise.all([openTestDirectory(kind), openTestProvider()]);
    const { store, log, engine } = directory;
    const withheld = checkWithheldInStore(store.db);
    app = createApp({
      openDirectory: () => ({ store, log, engine, withheld, now: () => new Date() }),
      checkHealth: async () => [],
      reading: () => 'open',
      signIn: () => provider.settings,
      metrics: NO_METRICS,
    });
  });

  afterAll(async () => {
    await provider[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  });

  test('shows who one is, until one signs out', async () => {
    const helene = await provider.signIn(app, 'Hélène MARTIN');
    const page = await helene.fetch('/mon-espace');
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    const text = await page.text();
    expect(text).toContain('Hélène MARTIN');
    expect(text).toMatch(/99\d{9}/);
    const out = await helene.fetch('/deconnexion', { method: 'POST' });
    expect([out.status, out.headers.get('location')]).toEqual([303, `${ORIGIN}/`]);
    const after = await helene.fetch('/mon-espace');
    expect([after.status, after.headers.get('location')]).toEqual([303, '/connexion?retour=%2Fmon-espace']);
  });

  test('roles count from the moment they are granted until they are revoked', async () => {
    const odile = await provider.signIn(app, 'Odile VERNASSAL');
    const shown = async () => (await odile.fetch('/mon-espace')).text();
    expect(await shown()).not.toContain('territoire velay');
    const operator = { actor: { kind: 'operator' } } as const;
    const request = { who: provider.subjectOf('Odile VERNASSAL'), role: 'coordinator', target: 'velay' };
    expect(await grantRole(directory.store.db, request, operator)).toBe(true);
    expect(await shown()).toContain('territoire velay');
    expect(await revokeRole(directory.store.db, request, operator)).toBe(true);
    expect(await shown()).not.toContain('territoire velay');
  });
});
