import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readErrorReports } from '#profiles/error-reports/handle-error-reports.ts';

import { CHROMIUM, openPages, type OpenedPages } from './open-pages.ts';

describe.skipIf(CHROMIUM === undefined)('"Signaler une erreur"', () => {
  let pages: OpenedPages;
  beforeAll(async () => {
    pages = await openPages();
  }, 120_000);
  afterAll(() => pages?.[Symbol.asyncDispose]());

  const messages = async () =>
    (await readErrorReports(pages.directory.store.db, { state: 'open' })).map((it) => it.message);

  test.each([
    ['a professional, without scripts', '/correspondants/99000000001', { javaScriptEnabled: false }],
    [
      'a service, on a phone',
      '/correspondants/cardio@ch-lepuy.mssante.fr',
      { viewport: { width: 320, height: 640 } },
    ],
    ['a structure', '/structures/430000018', {}],
  ])('from the page of %s: kept, and thanked for', async (name, path, options) => {
    await using opened = await pages.open(path, options);
    const { page, faults } = opened;
    await page.getByRole('link', { name: 'Signaler une erreur' }).click();
    await page.getByLabel('Un numéro de téléphone').check();
    await page.getByLabel('Ce qui serait juste').fill(`Le 04, pas le 05.\n<script>${name}</script>`);
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByRole('heading', { name: 'Merci' }).waitFor();
    expect(await messages()).toContain(`Le 04, pas le 05.\n<script>${name}</script>`);
    expect(faults).toEqual([]);
  });

  test('what holds a patient is given back to be mended, and not kept', async () => {
    await using opened = await pages.open('/correspondants/99000000002/erreur');
    const { page } = opened;
    await page.getByLabel('Autre chose').check();
    await page.getByLabel('Ce qui serait juste').fill('Pour 2 55 08 14 168 025 38, s’il vous plaît');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByRole('alert').filter({ hasText: 'identité d’un patient' }).waitFor();
    expect(await page.getByLabel('Ce qui serait juste').inputValue()).toContain('s’il vous plaît');
    expect(await page.getByLabel('Autre chose').isChecked()).toBe(true);
    expect((await messages()).join()).not.toContain('s’il vous plaît');
  });

  test('a program that fills every field is thanked, and what it sends is dropped', async () => {
    const body = new URLSearchParams({ field: 'other', message: 'Achetez', site: 'http://exemple.fr' });
    const answer = await fetch(`${pages.url}/correspondants/99000000002/erreur`, { method: 'POST', body });
    expect(await answer.text()).toContain('Merci');
    expect(await messages()).not.toContain('Achetez');
  });
});
