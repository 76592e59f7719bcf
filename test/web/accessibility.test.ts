import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { CHROMIUM, openPages, type OpenedPages } from './open-pages.ts';

const PATHS = [
  '/',
  '/?q=martin&where=43',
  '/?q=zzzzqqqq',
  '/?where=Pontarlieer',
  '/correspondants/99000000001',
  '/correspondants/cardio@ch-lepuy.mssante.fr',
  '/structures/430000018',
  '/correspondants/99000000001/erreur',
  '/correspondants/99000000001/erreur?envoye=1',
  '/embed',
  '/docs',
];

/** 400 % of a window of 1280 is what 320 px shows. */
const VIEWS = [
  { name: 'light', options: { viewport: { width: 1400, height: 900 } } },
  { name: 'dark', options: { viewport: { width: 1400, height: 900 }, colorScheme: 'dark' as const } },
  { name: '320 px, light', options: { viewport: { width: 320, height: 640 } } },
  { name: '320 px, dark', options: { viewport: { width: 320, height: 640 }, colorScheme: 'dark' as const } },
];

interface Violation {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

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
        await page.evaluate(axe.source);
        const found = (await page.evaluate('axe.run().then((it) => it.violations)')) as Violation[];
        expect(
          found.map((it) => `${it.id}: ${it.nodes[0]?.html} ${it.nodes[0]?.failureSummary}`),
          path,
        ).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true);
      }
    },
  );
});
