import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { AppError } from '#domain/errors.ts';
import { openSearchEngine } from '#search/engine.ts';

import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { findViolations, VIEWS } from './find-violations.ts';
import { CHROMIUM, openPages, type OpenedPages } from './open-pages.ts';

/** Each state in which somebody may see a page, with words that only that state shows. */
const STATES: { path: string; shows: string; server?: 'without engine' | 'without store' | 'overloaded' }[] =
  [
    { path: '/', shows: 'Par exemple' },
    { path: '/?q=martin&where=43', shows: '25 correspondants' },
    { path: '/?q=ardechois&homeVisits=true&comesTo=Brioude', shows: 'Se déplace jusqu’à' },
    { path: '/?q=zzzzqqqq', shows: 'Personne ne répond' },
    { path: '/?q=martain+zozo&where=43', shows: 'Peu de réponses exactes' },
    { path: '/?where=Pontarlieer', shows: 'Ce lieu n’est pas connu' },
    { path: '/?q=martin', shows: 'La recherche est réduite', server: 'without engine' },
    { path: '/correspondants/99000000001', shows: 'non précisé' },
    { path: '/correspondants/99000000002', shows: 'Sur rendez-vous.' },
    { path: '/correspondants/99000000003', shows: 'HOSTILE' },
    { path: '/correspondants/cardio@ch-lepuy.mssante.fr', shows: 'Service' },
    { path: '/structures/430000018', shows: 'CENTRE HOSPITALIER EMILE ROUX' },
    { path: '/correspondants/99000000001/erreur', shows: 'Ce qui est faux' },
    { path: '/correspondants/99000000001/erreur?envoye=1', shows: 'Merci' },
    { path: '/connexion', shows: 'Chercher ne demande pas de compte' },
    { path: '/embed', shows: 'Dans votre page' },
    { path: '/docs', shows: 'Guide for integrators' },
    { path: '/nulle-part', shows: 'Cette page n’existe pas' },
    { path: '/?inconnu=1', shows: 'Cette adresse n’est pas valable' },
    { path: '/?q=martin', shows: 'L’annuaire ne répond pas', server: 'without store' },
    { path: '/?q=martin', shows: 'Trop de demandes', server: 'overloaded' },
  ];

describe.skipIf(CHROMIUM === undefined)('accessibility', () => {
  let provider: TestProvider;
  let pages: OpenedPages;
  const urls: Record<string, string> = {};
  beforeAll(async () => {
    provider = await openTestProvider();
    pages = await openPages({ signIn: provider.settings });
    const nobody = { url: 'http://127.0.0.1:9', key: undefined, indexName: 'x', timeoutMs: 200 };
    urls['without engine'] = await pages.serve({ engine: openSearchEngine(nobody) });
    urls['without store'] = await pages.serve({
      openDirectory: () => {
        throw new AppError('store-unavailable', 'The database does not answer.', {});
      },
    });
    urls['overloaded'] = await pages.serve({
      openDirectory: () => {
        throw new AppError('too-many-requests', 'Too many requests.', { retryAfterSeconds: 1 });
      },
    });
  }, 120_000);
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
  });

  test.each(VIEWS)(
    'axe finds nothing, and nothing needs sideways scrolling: $name',
    { timeout: 600_000 },
    async ({ options }) => {
      for (const { path, shows, server } of STATES) {
        const url = `${server === undefined ? pages.url : urls[server]}${path}`;
        const extraHTTPHeaders = { accept: 'text/html' };
        // The policy of the pages refuses scripts from elsewhere, axe too.
        await using opened = await pages.open(url, { ...options, bypassCSP: true, extraHTTPHeaders });
        const { page } = opened;
        await page.waitForLoadState('networkidle');
        const text = (await page.locator('body').innerText()).replace(/\s+/g, ' ');
        expect(text, `${server ?? ''} ${path}`).toContain(shows);
        expect(await findViolations(page), `${server ?? ''} ${path}`).toEqual([]);
      }
    },
  );
});
