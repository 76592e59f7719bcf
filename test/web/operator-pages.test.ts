import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';
import { grantRole } from '#access/roles.ts';
import type { ImportReport } from '#domain/import-report.ts';
import { beginImportRun, endImportRun, saveImportProgress } from '#store/import-runs.ts';

import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { findViolations, VIEWS } from './find-violations.ts';
import { CHROMIUM, openPages, type OpenedPages } from './open-pages.ts';

const PATHS = [
  '/exploitation',
  '/exploitation/imports/1',
  '/exploitation/cles',
  '/exploitation/oppositions',
  '/exploitation/erreurs',
  '/exploitation/journal',
];

describe.skipIf(CHROMIUM === undefined)('the pages of whoever runs the directory', () => {
  let provider: TestProvider;
  let pages: OpenedPages;
  let administrator: { cookie: string; csrfToken: string };
  beforeAll(async () => {
    provider = await openTestProvider();
    pages = await openPages({ signIn: provider.settings });
    const who = provider.subjectOf('Berthe ALLÈGRE');
    await grantRole(
      pages.directory.store.db,
      { who, role: 'administrator', target: undefined },
      { actor: { kind: 'operator' } },
    );
    administrator = await provider.signIn(pages.app, 'Berthe ALLÈGRE');
  }, 120_000);
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
  });

  const open = async (path: string, options?: BrowserContextOptions) => {
    const cookies = administrator.cookie.split('; ').map((it) => {
      const [name = '', value = ''] = it.split('=');
      return { name, value, domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false };
    });
    const storageState = {
      cookies: cookies.map((it) => ({ ...it, sameSite: 'Lax' as const })),
      origins: [],
    };
    return pages.open(path, { storageState, ...options });
  };

  test.each(PATHS)('%s: signing in first, and for administrators only', async (path) => {
    const anonymous = await fetch(`${pages.url}${path}`, { redirect: 'manual' });
    expect([anonymous.status, anonymous.headers.get('location')]).toEqual([
      303,
      `/connexion?retour=${encodeURIComponent(path)}`,
    ]);
    const sylvie = await provider.signIn(pages.app, 'Sylvie POLIGNAC');
    expect((await sylvie.fetch(path)).status).toBe(403);
    const { key } = await createKey(pages.directory.store.db, 'Lecture', ['search', 'export']);
    const byKey = await fetch(`${pages.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
    expect(byKey.status).toBe(403);
  });

  test('what changes something wants the token of the page', async () => {
    const forge = (token?: string) =>
      fetch(`${pages.url}/exploitation/cles`, {
        method: 'POST',
        headers: { cookie: administrator.cookie, origin: pages.url },
        body: new URLSearchParams({ name: 'X', scope: 'search', ...(token && { csrf: token }) }),
      });
    expect((await forge()).status).toBe(403);
    expect((await forge('x'.repeat(43))).status).toBe(403);
    expect((await forge(administrator.csrfToken)).status).toBe(200);
  });

  test('an import is watched as it goes, without a reload, until its end', async () => {
    await using opened = await open('/exploitation');
    const { page, faults } = opened;
    const { db } = pages.directory.store;
    const runId = await beginImportRun(db, 'test', 1, new Date().toISOString());
    const half = { step: 'read', source: 'rpps', lines: 1200, bytesRead: 50, bytesTotal: 100 } as const;
    await saveImportProgress(db, runId, half);
    await page.reload();
    await page.getByText(/lecture de rpps, 1.200.lignes \(50 %\)/).waitFor();
    expect(await page.getByRole('progressbar').getAttribute('value')).toBe('50');
    await saveImportProgress(db, runId, { step: 'write', source: 'rpps', table: 'practitioner' });
    await page.getByText('écriture de rpps (practitioner)').waitFor();
    const report: ImportReport = {
      runId,
      state: 'refused',
      startedAt: new Date().toISOString(),
      finishedAt: new Date().toISOString(),
      durationMs: 1000,
      sources: [],
      correspondents: { created: 0, changed: 0, removed: 0 },
      breaches: [{ source: 'rpps', measure: 'disappearing', share: 0.5, thresholdMax: 0.05 }],
      rejections: [],
    };
    await endImportRun(db, runId, 'refused', report);
    await page
      .getByRole('row', { name: new RegExp(`nº ${runId}`) })
      .getByText('refusé par un seuil')
      .waitFor();
    await page.getByRole('link', { name: `nº ${runId}`, exact: true }).click();
    await page.getByText('50,0 % de lignes qui disparaîtraient, pour 5,0 % permis').waitFor();
    expect(faults).toEqual([]);
  });

  test('index and store are compared from the page, and agree', async () => {
    await using opened = await open('/exploitation');
    const { page, faults } = opened;
    await page.getByRole('button', { name: 'Comparer maintenant' }).click();
    await page.getByText('Aucune différence').waitFor();
    expect(await page.getByRole('rowheader', { name: 'GET /exploitation', exact: true }).count()).toBe(1);
    expect(faults).toEqual([]);
  });

  test('a key is made, shown once, opens what it may, and is revoked', async () => {
    await using opened = await open('/exploitation/cles', { javaScriptEnabled: false });
    const { page } = opened;
    await page.getByLabel('Application', { exact: true }).fill('Messagerie <b>');
    await page.getByLabel('Suivre tous les changements').check();
    await page.getByLabel('Autres portées').fill('territory:velay');
    await page.getByRole('button', { name: 'Créer la clé' }).click();
    const key = (await page.locator('.secret').textContent())!;
    const ask = () => fetch(`${pages.url}/v1/changes`, { headers: { authorization: `Bearer ${key}` } });
    expect((await ask()).status).toBe(200);
    await page.goto(`${pages.url}/exploitation/cles`);
    expect(await page.content()).not.toContain(key);
    await page.getByRole('button', { name: 'Révoquer la clé de Messagerie <b>' }).click();
    await page.getByText('révoquée').waitFor();
    expect((await ask()).status).toBe(401);
    await page.getByLabel('Application', { exact: true }).fill('Autre');
    await page.getByLabel('Autres portées').fill('tout');
    await page.getByRole('button', { name: 'Créer la clé' }).click();
    await page.getByRole('alert').waitFor();
  });

  test('who objects is hidden at once, and shown again', async () => {
    await using opened = await open('/exploitation/oppositions');
    const { page } = opened;
    const status = async () => (await fetch(`${pages.url}/correspondants/99000000002`)).status;
    expect(await status()).toBe(200);
    await page.getByLabel('Numéro RPPS').fill('99000000002');
    await page.getByLabel('Motif').fill('opposition');
    await page.getByRole('button', { name: 'Masquer' }).click();
    await page.getByRole('button', { name: 'Montrer de nouveau 99000000002' }).waitFor();
    expect(await status()).toBe(404);
    await page.getByRole('button', { name: 'Montrer de nouveau 99000000002' }).click();
    await page.getByText('Personne.').waitFor();
    expect(await status()).toBe(200);
    await page.getByLabel('Numéro RPPS').fill('personne');
    await page.getByLabel('Motif').fill('x');
    await page.getByRole('button', { name: 'Masquer' }).click();
    await page.getByRole('alert').waitFor();
  });

  test('what people say is wrong is read, closed and opened again', async () => {
    await fetch(`${pages.url}/v1/correspondents/99000000001/error-reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ field: 'phone', message: 'Le numéro\na changé <i>' }),
    });
    await using opened = await open('/exploitation/erreurs');
    const { page } = opened;
    const message = page.getByText('a changé <i>');
    await message.waitFor();
    await page.getByRole('button', { name: 'Clore Isaure VALLORBE' }).click();
    await page.getByText('Aucune.').waitFor();
    await page.getByRole('link', { name: 'Voir celles qui sont closes' }).click();
    await page.getByRole('button', { name: 'Rouvrir Isaure VALLORBE' }).click();
    await message.waitFor();
  });

  test('the journal tells who did what, without a secret', async () => {
    await using opened = await open('/exploitation/journal');
    const { page } = opened;
    await page.getByRole('cell', { name: 'Donner un rôle' }).first().waitFor();
    expect(await page.content()).not.toMatch(/corr_[0-9a-f]{12}_/);
    await page.getByLabel('Opération').selectOption({ label: 'Créer une clé' });
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await page.getByRole('cell', { name: 'Créer une clé' }).first().waitFor();
    expect(await page.getByRole('cell', { name: 'Donner un rôle' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Tout voir' }).click();
    await page.getByLabel('Qui (nom)').fill('personne de ce nom');
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await page.getByText('Rien de tel n’y est écrit.').waitFor();
  });

  test.each(VIEWS)('axe finds nothing: $name', { timeout: 120_000 }, async ({ options }) => {
    for (const path of PATHS) {
      await using opened = await open(path, { ...options, bypassCSP: true });
      expect(await findViolations(opened.page), path).toEqual([]);
    }
  });
});
