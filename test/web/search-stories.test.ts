import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { CHROMIUM, openPages, type OpenedPages } from './open-pages.ts';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};
const FOCUS_MOVES_MAX = 80;

/**
 * Somebody in a hospital looks for a physiotherapist for the lungs of a patient who goes home to Le Puy: one who takes new patients
 * and comes; then calls them, or writes to them.
 */
describe.skipIf(CHROMIUM === undefined)('who can come to this patient', () => {
  let pages: OpenedPages;
  beforeAll(async () => {
    pages = await openPages();
  }, 120_000);
  afterAll(() => pages?.[Symbol.asyncDispose]());

  const filters = (page: Page) => page.locator('details.narrow');
  const firstCard = (page: Page) => page.locator('.card').first();

  async function expectTheOne(page: Page): Promise<void> {
    const card = firstCard(page);
    await card.getByText('Se déplace jusqu’à Le Puy-en-Velay').waitFor();
    expect(await page.locator('.card').count()).toBe(1);
    expect(await card.locator('h2').textContent()).toContain('Anouk SOUFFLET');
    expect(await card.locator('.acts').textContent()).toContain('Kinésithérapie respiratoire');
    expect(await card.locator('.ways .yes').allTextContents()).toHaveLength(2);
    expect(await card.getByRole('link', { name: /appeler/ }).getAttribute('href')).toBe('tel:0471000005');
    expect(await card.getByRole('link', { name: /Écrire/ }).getAttribute('href')).toBe(
      'mailto:anouk.soufflet%40exemple.mssante.fr',
    );
  }

  test.each([
    ['a desktop', DESKTOP],
    ['a phone', PHONE],
  ])('on %s: typed, narrowed, copied', async (name, options) => {
    await using opened = await pages.open('/', options);
    const { page, context, faults } = opened;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByLabel('Qui ou quoi').pressSequentially('kiné respiratoire');
    await page.getByLabel('Où').fill('Le Puy-en-Velay');
    await firstCard(page).getByRole('link', { name: 'Anouk SOUFFLET', exact: true }).waitFor();
    if (name === 'a phone') await filters(page).locator('summary').click();
    await page.getByLabel('Accepte de nouveaux patients').check();
    await page.waitForURL(/acceptsNewPatients=true/);
    await page.getByLabel('Se déplace à').pressSequentially('le puy en vel');
    await page
      .getByRole('option', { name: /Le Puy-en-Velay/ })
      .first()
      .click();
    await page.waitForURL(/comesTo=/);
    await expectTheOne(page);
    await page.getByRole('button', { name: 'Copier l’adresse anouk.soufflet' }).click();
    await page.locator('#announcement', { hasText: 'Adresse copiée' }).waitFor({ state: 'attached' });
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('anouk.soufflet@exemple.mssante.fr');
    expect(faults).toEqual([]);
  });

  test('by keyboard only, each control where one expects it and seen when it has the focus', async () => {
    await using opened = await pages.open('/', DESKTOP);
    const { page, faults } = opened;
    const tabTo = async (label: string) => {
      for (let move = 0; move < FOCUS_MOVES_MAX; move += 1) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate<{ text: string; isSeen: boolean }>(`(() => {
          const it = document.activeElement;
          const { width, height } = it.getBoundingClientRect();
          const text = it.getAttribute('aria-label') ?? it.labels?.[0]?.textContent ?? it.textContent;
          return { text: text.replace(/\\s+/g, ' ').trim(), isSeen: width > 1 && height > 1 && it.matches(':focus-visible') };
        })()`);
        if (at.text === 'Aller au contenu' || at.text.startsWith('Correspondants')) continue;
        expect(at.isSeen, at.text).toBe(true);
        if (at.text.startsWith(label)) return;
      }
      throw new Error(`nothing called "${label}" has the focus after ${FOCUS_MOVES_MAX} moves`);
    };
    await tabTo('Qui ou quoi');
    await page.keyboard.type('kiné respiratoire');
    await tabTo('Où');
    await page.keyboard.type('Le Puy-en-Velay');
    await page.keyboard.press('Enter');
    await firstCard(page).getByRole('link', { name: 'Anouk SOUFFLET', exact: true }).waitFor();
    await page.waitForURL(/where=Le/);
    await tabTo('Se déplace à');
    await page.keyboard.type('43000');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.waitForURL(/comesTo=43000/);
    await firstCard(page).getByText('Se déplace jusqu’à').waitFor();
    await tabTo('Accepte de nouveaux patients');
    await page.keyboard.press('Space');
    await page.waitForURL(/acceptsNewPatients=true/);
    await page.locator('#f-acceptsNewPatients:focus').waitFor();
    await tabTo('Anouk SOUFFLET');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Anouk SOUFFLET' }).waitFor();
    await tabTo('04');
    expect(faults).toEqual([]);
  });

  test('without scripts', async () => {
    await using opened = await pages.open('/', { ...PHONE, javaScriptEnabled: false });
    const { page } = opened;
    await page.getByLabel('Qui ou quoi').fill('kiné respiratoire');
    await page.getByLabel('Où').fill('Le Puy-en-Velay');
    await page.getByRole('button', { name: 'Rechercher' }).click();
    await filters(page).locator('summary').click();
    await page.getByLabel('Accepte de nouveaux patients').check();
    await page.getByLabel('Se déplace à').fill('Le Puy-en-Velay');
    await page.getByRole('button', { name: 'Appliquer' }).click();
    await page.getByText('Affiner (2 choix)').waitFor();
    await expectTheOne(page);
    await firstCard(page).getByRole('link', { name: 'Anouk SOUFFLET', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Anouk SOUFFLET' }).waitFor();
  });

  test('a secretariat that is meant by what it does is written to, and its address is the search’s', async () => {
    await using opened = await pages.open('/', PHONE);
    const { page } = opened;
    await page.getByLabel('Qui ou quoi').pressSequentially('secretariat cardiologie');
    const card = firstCard(page);
    await card.getByText('cardio@ch-lepuy.mssante.fr').waitFor();
    expect(await card.getByRole('link', { name: /Écrire/ }).getAttribute('href')).toBe(
      'mailto:cardio%40ch-lepuy.mssante.fr',
    );
    await page.waitForURL(/q=secretariat(?:\+|%20)cardiologie/);
    await page.reload();
    await card.getByText('cardio@ch-lepuy.mssante.fr').waitFor();
  });
});
