import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole } from '#access/roles.ts';
import { REPORT_MESSAGE_MAX } from '#domain/error-report.ts';

import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { CHROMIUM, HOSTILE, openPages, type OpenedPages } from './open-pages.ts';

const REPORTED = `${HOSTILE.name} ${HOSTILE.turned} ${'C'.repeat(REPORT_MESSAGE_MAX)}`.slice(
  0,
  REPORT_MESSAGE_MAX,
);
const ADMINISTRATOR = 'Berthe ALLÈGRE';

/** Pages that show what somebody else wrote: a file, a person on their page, a reader who reports. */
const PATHS = [
  '/?q=hostile',
  '/?q=interminable',
  `/?q=${encodeURIComponent(`${HOSTILE.name}${HOSTILE.turned}`)}`,
  `/?q=${encodeURIComponent(HOSTILE.endless.slice(0, 9000))}`,
  `/?where=${encodeURIComponent(HOSTILE.name)}`,
  '/correspondants/99000000003',
  '/correspondants/99000000004',
  '/correspondants/99000000006',
  '/?q=sansfin',
  '/correspondants/99000000003/erreur',
  `/embed?to=${encodeURIComponent(HOSTILE.name)}&to=${HOSTILE.long}`,
  `/connexion?retour=${encodeURIComponent('//evil.example/"><script>alert(4)</script>')}`,
  '/exploitation/erreurs',
  '/exploitation/journal',
];

describe.skipIf(CHROMIUM === undefined)('text that others wrote', () => {
  let provider: TestProvider;
  let pages: OpenedPages;
  let cookies: { name: string; value: string; url: string }[];
  beforeAll(async () => {
    provider = await openTestProvider();
    pages = await openPages({ signIn: provider.settings });
    await grantRole(
      pages.directory.store.db,
      { who: provider.subjectOf(ADMINISTRATOR), role: 'administrator', target: undefined },
      { actor: { kind: 'operator' } },
    );
    const { cookie } = await provider.signIn(pages.app, ADMINISTRATOR);
    cookies = cookie.split('; ').map((it) => {
      const [name = '', value = ''] = it.split('=');
      return { name, value, url: pages.url };
    });
    const report = await fetch(`${pages.url}/v1/correspondents/99000000003/error-reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ field: 'other', message: REPORTED }),
    });
    expect(report.status).toBe(201);
  }, 120_000);
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
  });

  test.each(PATHS.map((path) => [path.slice(0, 60), path]))(
    '%s: nothing of it runs, nothing overflows, its direction stays its own',
    async (_, path) => {
      await using opened = await pages.open('/embed', { viewport: { width: 320, height: 640 } });
      const { page, context, faults } = opened;
      await context.addCookies(cookies);
      await context.addInitScript('globalThis.alert = (it) => { globalThis.ran = it; };');
      const answer = await page.goto(`${pages.url}${path}`, { waitUntil: 'networkidle' });
      expect(answer!.status()).toBeLessThan(500);
      expect(await page.evaluate('globalThis.ran')).toBeUndefined();
      expect(await page.locator('img[src=x], [onerror], a[href^="javascript:" i]').count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(await page.evaluate(LOOSE_MARKS)).toEqual([]);
      expect(faults.filter((it) => !/status of 40[04]/.test(it))).toEqual([]);
    },
  );

  test('is there to be read, as it was written', async () => {
    await using opened = await pages.open('/correspondants/99000000003');
    const { page, context } = opened;
    await page.getByText(HOSTILE.name).first().waitFor();
    await context.addCookies(cookies);
    await page.goto(`${pages.url}/exploitation/erreurs`);
    await page.getByText('alert(1)').first().waitFor();
  });

  test('does not run in the choices of the picker either', async () => {
    await using opened = await pages.open('/embed');
    const { page, faults } = opened;
    await page.evaluate(`document.querySelector('correspondant-picker').recipients = [{
      id: 'x', name: ${JSON.stringify(HOSTILE.turned + HOSTILE.name)}, detail: '', address: 'x@exemple.mssante.fr', status: 'unknown',
    }]`);
    await page.locator('correspondant-picker .chip bdi', { hasText: HOSTILE.name }).waitFor();
    expect(await page.locator('correspondant-picker img, correspondant-picker script').count()).toBe(0);
    expect(faults).toEqual([]);
  });
});

/** Texts with marks of direction that stand in nothing that isolates them. */
const LOOSE_MARKS = `(() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(data) && !parentElement.closest('bdi, script, [dir=auto], textarea'))
      found.push(parentElement.outerHTML.slice(0, 200));
  }
  return found;
})()`;
