import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { CHROMIUM, HOSTILE, openPages, type OpenedPages } from './open-pages.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const WEIGHT_MAX = 150_000;

describe.skipIf(CHROMIUM === undefined)('the search page', () => {
  let pages: OpenedPages;
  beforeAll(async () => {
    pages = await openPages();
  }, 120_000);
  afterAll(() => pages?.[Symbol.asyncDispose]());

  test.each([
    ['a desktop', {}],
    ['a phone', PHONE],
  ])(
    'on %s: results come while typing, the right card first, its address is copied, its page opened',
    async (_, options) => {
      await using opened = await pages.open('/', options);
      const { page, context, faults } = opened;
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByLabel('Qui ou quoi').pressSequentially('isaure vallorbe');
      const card = page.locator('.card').first();
      await card.getByRole('link', { name: 'Isaure VALLORBE', exact: true }).waitFor();
      await page.waitForURL(/[?&]q=isaure/);
      await page.getByRole('button', { name: 'Copier l’adresse isaure.vallorbe' }).click();
      await page.locator('#announcement', { hasText: 'Adresse copiée' }).waitFor({ state: 'attached' });
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
        'isaure.vallorbe@exemple.mssante.fr',
      );
      expect(await card.getByRole('link', { name: /Écrire/ }).getAttribute('href')).toBe(
        'mailto:isaure.vallorbe%40exemple.mssante.fr',
      );
      await card.getByRole('link', { name: 'Isaure VALLORBE', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Isaure VALLORBE' }).waitFor();
      expect(faults).toEqual([]);
    },
  );

  test('by keyboard only: a suggestion, the results, a card, and the count is announced', async () => {
    await using opened = await pages.open('/');
    const { page, faults } = opened;
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Aller au contenu');
    await page.getByLabel('Qui ou quoi').focus();
    await page.keyboard.type('ardechois');
    await page.locator('#q-options [role=option]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByLabel('Qui ou quoi').getAttribute('aria-activedescendant')).toBe('q-options-0');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.locator('#announcement', { hasText: /correspondant/ }).waitFor({ state: 'attached' });
    await page.getByRole('link', { name: 'Léa ARDECHOIS', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /ARDECHOIS/ }).waitFor();
    await page.getByRole('link', { name: 'CENTRE HOSPITALIER EMILE ROUX' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'CENTRE HOSPITALIER EMILE ROUX' }).waitFor();
    expect(faults).toEqual([]);
  });

  test('without scripts: the form searches, pages follow each other, a facet narrows', async () => {
    await using opened = await pages.open('/', { javaScriptEnabled: false });
    const { page } = opened;
    await page.getByLabel('Qui ou quoi').fill('martin');
    await page.getByLabel('Où').fill('Le Puy-en-Velay');
    await page.getByRole('button', { name: 'Rechercher' }).click();
    expect(await page.locator('.card').count()).toBe(20);
    expect(await page.locator('h1').textContent()).toContain('25');
    await page.getByRole('link', { name: 'Page suivante' }).click();
    expect(await page.locator('.card').count()).toBe(5);
    await page.getByLabel('Joignable par MSSanté').check();
    await page.getByRole('button', { name: 'Rechercher' }).click();
    await page.getByText('Personne ne répond').waitFor();
    await page.getByRole('link', { name: 'Sans demander de messagerie : 25 correspondants' }).click();
    expect(await page.locator('.card').count()).toBe(20);
  });

  test('what was understood is told, and can be taken off', async () => {
    await using opened = await pages.open('/?q=kin%C3%A9&where=43000');
    const { page } = opened;
    await page.getByRole('link', { name: /Chercher sans masseur/ }).click();
    expect(await page.getByLabel('Qui ou quoi').inputValue()).toBe('');
    expect(await page.getByLabel('Où').inputValue()).toBe('43000');
  });

  test('a commune of a common name can be meant otherwise', async () => {
    await using opened = await pages.open('/?q=martin+saint-denis');
    const { page } = opened;
    await page.locator('summary[aria-label^="Autres sens de Saint-Denis"]').press('Enter');
    const other = page.locator('.menu a').first();
    const label = (await other.textContent())!.trim();
    await other.click();
    await page.locator('.understood bdi', { hasText: label }).first().waitFor();
    expect(await page.getByLabel('Où').inputValue()).toBe(label);
    expect(await page.getByLabel('Qui ou quoi').inputValue()).toBe('martin');
  });

  test('a word of several meanings can be kept to one of them', async () => {
    await using opened = await pages.open('/?q=psy&where=43');
    const { page } = opened;
    await page.locator('summary[aria-label^="Autres sens de psychiatrie"]').click();
    await page.locator('.menu a', { hasText: 'psychologue seulement' }).click();
    expect(new URL(page.url()).searchParams.get('profession')).toBe('93');
    expect(new URL(page.url()).searchParams.get('where')).toBe('43');
  });

  test('the last searches stay in the browser, until they are erased there', async () => {
    await using opened = await pages.open('/?q=vallorbe&where=43');
    const { page } = opened;
    await page.goto(pages.url);
    await page.getByRole('link', { name: 'vallorbe · 43' }).waitFor();
    await page.getByRole('button', { name: 'Effacer' }).click();
    await page.locator('#announcement', { hasText: 'effacées' }).waitFor({ state: 'attached' });
    await page.reload();
    expect(await page.getByRole('link', { name: 'vallorbe · 43' }).count()).toBe(0);
  });

  test('a point of the map that is chosen leads to its card', async () => {
    await using opened = await pages.open('/?q=martin&where=43', { viewport: { width: 1400, height: 900 } });
    const { page } = opened;
    await page.locator('#map .pin').nth(19).waitFor();
    const last = page.locator('#map .pin').last();
    const name = (await last.getAttribute('aria-label'))!;
    await last.focus();
    await page.keyboard.press('Enter');
    await page.locator('.card.is-shown').waitFor();
    const shown = page.locator('.card.is-shown h2');
    expect(`${await shown.locator('.number').textContent()}. ${await shown.locator('a').textContent()}`).toBe(
      name,
    );
    expect(await page.evaluate('document.activeElement.closest(".card") !== null')).toBe(true);
  });

  test('an answer that does not come is told, and what was there stays', async () => {
    await using opened = await pages.open('/?q=vallorbe');
    const { page, context } = opened;
    const told = page.locator('#answer > .failure');
    await context.setOffline(true);
    await page.getByLabel('Qui ou quoi').pressSequentially(' isaure');
    await told.waitFor();
    expect(await page.locator('.card').count()).toBe(1);
    await context.setOffline(false);
    await page.getByLabel('Qui ou quoi').fill('ardechois');
    await page.getByRole('link', { name: 'Léa ARDECHOIS', exact: true }).waitFor();
    expect(await told.count()).toBe(0);
    await page.evaluate(`(() => {
      const box = document.getElementById('q');
      box.value = 'a'.repeat(10001);
      box.dispatchEvent(new Event('input', { bubbles: true }));
    })()`);
    await told.waitFor();
    expect(await page.locator('.card').count()).toBe(1);
  });

  test('a place that nobody knows is told, with the nearest names', async () => {
    await using opened = await pages.open('/?q=martin&where=Pontarlieer');
    await opened.page.getByRole('link', { name: 'Pontarlier' }).first().waitFor();
    expect(opened.faults).toEqual([]);
  });

  test('text from files is shown as text: scripts, marks of direction, endless lines', async () => {
    await using opened = await pages.open('/?q=hostile', { viewport: { width: 320, height: 800 } });
    const { page, faults } = opened;
    await page.locator('.card').first().waitFor();
    expect((await page.locator('.card h2').first().textContent())?.toLowerCase()).toContain(HOSTILE.name);
    expect(await page.locator('#answer img, #answer script').count()).toBe(0);
    await page.locator('.card h2 a').first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goto(`${pages.url}/?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    await page.goto(`${pages.url}/?q=${'A'.repeat(9000)}`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.goto(`${pages.url}/?q=interminable`);
    await page.locator('.card').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(faults).toEqual([]);
  });

  test('a screen reader is told this, in this order', async () => {
    await using opened = await pages.open('/?q=vallorbe&where=43', PHONE);
    await opened.page.locator('.card').first().waitFor();
    const told = await opened.page.locator('body').ariaSnapshot();
    await expect(`${told}\n`).toMatchFileSnapshot('search-page.screen-reader.txt');
  });

  test('nothing moves by itself, and the page is light before its map', async () => {
    await using opened = await pages.open('/?q=martin&where=43', PHONE);
    const { page, weights, faults } = opened;
    await page.waitForLoadState('networkidle');
    const shift = await page.evaluate(
      `new Promise((resolve) => { let sum = 0; new PerformanceObserver((list) => { for (const it of list.getEntries()) sum += it.value; }).observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum))); })`,
    );
    expect(shift).toBe(0);
    const bytes = [...weights.values()].reduce((sum, it) => sum + it, 0);
    expect(weights.size).toBeGreaterThan(3);
    expect(bytes).toBeLessThan(WEIGHT_MAX);
    expect(faults).toEqual([]);
  });

  test('the map shows a pin a card, from here alone', async () => {
    await using opened = await pages.open('/?q=martin&where=43', { viewport: { width: 1400, height: 900 } });
    const { page, faults } = opened;
    await page.locator('#map .pin').nth(19).waitFor();
    await page.locator('#map img.leaflet-tile-loaded').first().waitFor();
    await page.locator('.card').first().hover();
    await page.locator('#map .pin.is-shown').waitFor();
    expect(faults).toEqual([]);
  });

  test('pages run only what comes from here, and sit in nobody’s frame', async () => {
    const policy = (await fetch(`${pages.url}/?q=martin`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toMatch(/^[^,]*script-src 'self'[^,]*$/);
    const api = await fetch(`${pages.url}/v1/correspondents?q=martin`);
    expect(api.headers.get('x-frame-options')).toBe('DENY');
    expect(api.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(api.headers.get('content-security-policy')).not.toContain('script-src');
  });

  test('faults are pages in French for browsers, problems for programs', async () => {
    const browser = await fetch(`${pages.url}/nulle-part`, { headers: { accept: 'text/html' } });
    expect(browser.status).toBe(404);
    expect(await browser.text()).toContain('Cette page n’existe pas');
    const program = await fetch(`${pages.url}/nulle-part`);
    expect(program.headers.get('content-type')).toContain('application/problem+json');
  });

  test('a card for address books escapes and folds', async () => {
    const text = await (await fetch(`${pages.url}/correspondants/99000000003/vcard`)).text();
    expect(text).toContain('VERSION:4.0\r\n');
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).toMatch(/END:VCARD\r\n$/);
    const unfolded = text.replaceAll('\r\n ', '');
    expect(unfolded).toMatch(/\r\nN:HOSTILE [^\r]*;ISAURE;;;\r\n/);
  });
});
