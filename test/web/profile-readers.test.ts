import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { CHROMIUM, HOSTILE, openPages, type OpenedPages } from './open-pages.ts';

describe.skipIf(CHROMIUM === undefined)('what a professional says', () => {
  let pages: OpenedPages;
  beforeAll(async () => {
    pages = await openPages();
  }, 120_000);
  afterAll(() => pages?.[Symbol.asyncDispose]());

  test('is on their card, with an absence of today and whether they come', async () => {
    await using opened = await pages.open('/?q=ardechois&comesTo=Brioude', { javaScriptEnabled: false });
    const card = opened.page.locator('.card').first();
    const text = (await card.textContent())!.replace(/\s+/g, ' ');
    for (const said of [
      'Absence du',
      'Je lis mes messages.',
      'Échographie · Petite chirurgie',
      'Médecine de montagne',
    ])
      expect(text).toContain(said);
    expect(await card.locator('.comes.stated').textContent()).toContain('Brioude');
    expect(await card.locator('.ways .yes').allTextContents()).toHaveLength(2);
    expect(await card.locator('.ways .no').allTextContents()).toHaveLength(1);
    expect(await card.locator('.ways .unsaid').count()).toBe(0);
    expect(await card.getByRole('link', { name: '99000000001' }).getAttribute('href')).toBe(
      '/correspondants/99000000001',
    );
  });

  test('is on their page, whole, and "not said" is not "no"', async () => {
    await using opened = await pages.open('/correspondants/99000000002');
    const { page, faults } = opened;
    const text = (await page.locator('main').textContent())!.replace(/\s+/g, ' ');
    for (const said of [
      'lundi à mercredi',
      '9h–12h30',
      'Formation',
      'Brioude (43)',
      'occitan',
      'fauteuil roulant',
      'Comptes rendus',
      'Sur rendez-vous.',
    ])
      expect(text).toContain(said);
    expect(await page.locator('.ways .unsaid').count()).toBe(5);
    const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent())!);
    expect(data.knowsLanguage).toEqual(['fr', 'oc']);
    expect(data.workLocation[0].openingHoursSpecification[0]).toMatchObject({
      opens: '09:00',
      closes: '12:30',
    });
    const card = await (await fetch(`${pages.url}/correspondants/99000000002/vcard`)).text();
    expect(card).toContain('\r\nLANG:oc\r\nNOTE:Sur rendez-vous.\r\n');
    expect(faults).toEqual([]);
  });

  test('narrows a search: by way and by place to come to, without scripts too', async () => {
    await using opened = await pages.open('/?where=43', { javaScriptEnabled: false });
    const { page } = opened;
    await page.getByLabel('Visites à domicile').check();
    await page.getByLabel('Se déplace à').fill('Brioude');
    await page.getByRole('button', { name: 'Rechercher' }).click();
    expect(await page.locator('.card h2 a').allTextContents()).toEqual(['Léa ARDECHOIS']);
    await page.getByLabel('Se déplace à').fill('Yssingeaux');
    await page.getByRole('button', { name: 'Rechercher' }).click();
    await page
      .getByRole('link', { name: /Sans demander qui se déplace là/ })
      .first()
      .click();
    expect(await page.locator('.card').count()).toBe(2);
  });

  test('a place to come to that is not known keeps what was typed, and gives near names', async () => {
    await using opened = await pages.open('/?where=43');
    const { page, faults } = opened;
    await page.getByLabel('Se déplace à').fill('Brioudee');
    await page.getByLabel('Se déplace à').press('Enter');
    await page.getByRole('heading', { name: 'Ce lieu n’est pas connu' }).waitFor();
    expect(await page.getByLabel('Se déplace à').inputValue()).toBe('Brioudee');
    await page
      .locator('.nothing')
      .getByRole('link', { name: /Brioude/ })
      .first()
      .click();
    expect(await page.getByLabel('Se déplace à').inputValue()).toContain('Brioude');
    expect(await page.locator('.card h2 a').allTextContents()).toEqual(['Léa ARDECHOIS']);
    expect(faults).toEqual([]);
  });

  test('leaves out those who are away today, when asked', async () => {
    await using opened = await pages.open('/?q=ardechois&comesTo=Brioude', { javaScriptEnabled: false });
    const { page } = opened;
    await page.getByLabel('Pas absent aujourd’hui').check();
    await page.getByRole('button', { name: 'Rechercher' }).click();
    await page.getByText('Personne ne répond').waitFor();
    await page
      .getByRole('link', { name: /Avec les personnes absentes/ })
      .first()
      .click();
    expect(await page.locator('.card h2 a').allTextContents()).toEqual(['Léa ARDECHOIS']);
  });

  test('of whoever says nothing, a page claims nothing', async () => {
    await using opened = await pages.open('/correspondants/99000000001');
    const marks = opened.page.locator('.ways li');
    expect(await marks.count()).toBe(8);
    for (const mark of await marks.allTextContents()) expect(mark).toMatch(/: non précisé\s*$/);
  });

  test('is told to machines under the address by which people reach the service', async () => {
    const publicUrl = 'https://annuaire.exemple.fr';
    const url = await pages.serve({ signIn: () => ({ publicUrl, providers: [], tokens: undefined }) });
    const read = async (path: string) => (await fetch(`${url}${path}`)).text();
    expect(await read('/correspondants/99000000002/vcard')).toContain(`URL:${publicUrl}/`);
    expect(await read('/correspondants/99000000002')).toContain(`"@id":"${publicUrl}/correspondants/`);
    expect(await read('/embed')).toContain(`src=&quot;${publicUrl}/embed/picker.js`);
    const elsewhere = await read('/correspondants/99000000002/qr');
    expect(elsewhere).not.toBe(await (await fetch(`${pages.url}/correspondants/99000000002/qr`)).text());
  });

  test('is shown as text, whatever it holds', async () => {
    for (const path of ['/correspondants/99000000003', '/?q=hostile']) {
      await using opened = await pages.open(path);
      const { page, faults } = opened;
      await page.getByText(HOSTILE.name).first().waitFor();
      expect(await page.locator('img[src=x]').count()).toBe(0);
      expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
      expect(faults).toEqual([]);
    }
  });
});
