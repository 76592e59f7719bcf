import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { findViolations, VIEWS } from './find-violations.ts';
import { CHROMIUM, openPages, type OpenedPages } from './open-pages.ts';

const PATHS = [
  '/',
  '/?q=martin&where=43',
  '/?q=zzzzqqqq',
  '/?where=Pontarlieer',
  '/correspondants/99000000001',
  '/correspondants/99000000002',
  '/correspondants/99000000003',
  '/?q=ardechois&homeVisits=true&comesTo=Brioude',
  '/correspondants/cardio@ch-lepuy.mssante.fr',
  '/structures/430000018',
  '/correspondants/99000000001/erreur',
  '/correspondants/99000000001/erreur?envoye=1',
  '/embed',
  '/docs',
];

describe.skipIf(CHROMIUM === undefined)('accessibility', () => {
  let pages: OpenedPages;
  beforeAll(async () => {
    pages = await openPages();
  }, 120_000);
  afterAll(() => pages?.[Symbol.asyncDispose]());

  test.each(VIEWS)(
    'axe finds nothing, and nothing needs sideways scrolling: $name',
    { timeout: 180_000 },
    async ({ options }) => {
      for (const path of PATHS) {
        // The policy of the pages refuses scripts from elsewhere, axe too.
        await using opened = await pages.open(path, { ...options, bypassCSP: true });
        const { page } = opened;
        await page.waitForLoadState('networkidle');
        expect(await findViolations(page), path).toEqual([]);
      }
    },
  );
});
