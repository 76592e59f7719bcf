import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { DEVICES, PHONE } from './devices.ts';
import { focusByTab, press, typeInto } from './keyboard.ts';
import { CHROMIUM, openPages, type OpenedPages } from './open-pages.ts';

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

  test.each(DEVICES)('%s: typed, narrowed, copied', async (name, options) => {
    await using opened = await pages.open('/', options);
    const { page, context, faults } = opened;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByLabel('Qui ou quoi').pressSequentially('kiné respiratoire');
    await page.getByLabel('Où').fill('Le Puy-en-Velay');
    await firstCard(page).getByRole('link', { name: 'Anouk SOUFFLET', exact: true }).waitFor();
    if (name === 'on a phone') await filters(page).locator('summary').click();
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

  test.each(DEVICES)('by keyboard only, %s', async (name, options) => {
    await using opened = await pages.open('/', options);
    const { page, faults } = opened;
    await typeInto(page, page.getByLabel('Qui ou quoi'), 'kiné respiratoire');
    await typeInto(page, page.getByLabel('Où'), 'Le Puy-en-Velay');
    await page.keyboard.press('Enter');
    await firstCard(page).getByRole('link', { name: 'Anouk SOUFFLET', exact: true }).waitFor();
    await page.waitForURL(/where=Le/);
    if (name === 'on a phone') await press(page, filters(page).locator('summary'));
    await typeInto(page, page.getByLabel('Se déplace à'), '43000');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.waitForURL(/comesTo=43000/);
    await firstCard(page).getByText('Se déplace jusqu’à').waitFor();
    await press(page, page.getByLabel('Accepte de nouveaux patients'), 'Space');
    await page.waitForURL(/acceptsNewPatients=true/);
    await page.locator('#f-acceptsNewPatients:focus').waitFor();
    await press(page, firstCard(page).getByRole('link', { name: 'Anouk SOUFFLET', exact: true }));
    await page.getByRole('heading', { level: 1, name: 'Anouk SOUFFLET' }).waitFor();
    await focusByTab(page, page.getByRole('link', { name: /^04/ }).first());
    expect(faults).toEqual([]);
  });

  test.each(DEVICES)('without scripts, %s', async (name, options) => {
    await using opened = await pages.open('/', { ...options, javaScriptEnabled: false });
    const { page } = opened;
    await page.getByLabel('Qui ou quoi').fill('kiné respiratoire');
    await page.getByLabel('Où').fill('Le Puy-en-Velay');
    await page.getByRole('button', { name: 'Rechercher' }).click();
    if (name === 'on a phone') await filters(page).locator('summary').click();
    await page.getByLabel('Accepte de nouveaux patients').check();
    await page.getByLabel('Se déplace à').fill('Le Puy-en-Velay');
    await page
      .getByRole('button', { name: /^(?:Appliquer|Rechercher)$/ })
      .last()
      .click();
    await page.waitForURL(/comesTo=/);
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
