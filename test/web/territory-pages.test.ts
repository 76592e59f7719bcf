import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole } from '#access/roles.ts';
import { findProfile } from '#store/profiles.ts';
import { putTerritories } from '#store/territories.ts';

import { openMessageHook, type MessageHook } from '../support/message-hook.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { DEVICES } from './devices.ts';
import { findViolations, VIEWS } from './find-violations.ts';
import { focusByTab, press } from './keyboard.ts';
import { CHROMIUM, HOSTILE, openPages, type OpenedPages } from './open-pages.ts';

const COORDINATORS = [
  '/territoires/velay',
  '/territoires/velay?vue=publique',
  '/territoires/velay/professionnels',
  '/territoires/velay/invitations',
  '/territoires/velay/imports',
  '/territoires/velay/erreurs',
];
const ANYBODYS = ['/territoires', '/territoires/velay', '/invitation/inconnue'];
/** One line changes a page, one may be about many people, one has a cell that cannot be read. */
const SPREADSHEET = [
  'RPPS;Nom;Commune;Nouveaux patients;Visites à domicile',
  '99000000001;VALLORBE;;oui;oui',
  ';MARTIN;Le Puy-en-Velay;oui;',
  '99000001003;;;peut-être;non',
].join('\r\n');

describe.skipIf(CHROMIUM === undefined)('the pages of a territory', () => {
  let provider: TestProvider;
  let pages: OpenedPages;
  let hook: MessageHook;
  let cookie: string;

  beforeAll(async () => {
    [provider, hook] = await Promise.all([openTestProvider(), openMessageHook()]);
    pages = await openPages({ signIn: provider.settings, sender: hook.sender });
    const { db } = pages.directory.store;
    await putTerritories(db, [
      { id: 'velay', name: 'CPTS du Velay', communeCodes: ['43152', '43157'] },
      { id: 'autre', name: 'CPTS d’ailleurs', communeCodes: ['43001'] },
    ]);
    const who = provider.subjectOf('Odile VERNASSAL');
    const operator = { actor: { kind: 'operator' } } as const;
    await grantRole(db, { who, role: 'coordinator', target: 'velay' }, operator);
    ({ cookie } = await provider.signIn(pages.app, 'Odile VERNASSAL'));
  }, 180_000);

  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]();
    await hook?.[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
  });

  const open = async (path: string, options?: BrowserContextOptions) => {
    const cookies = cookie.split('; ').map((it) => {
      const [name = '', value = ''] = it.split('=');
      const common = { domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false };
      return { name, value, ...common, sameSite: 'Lax' as const };
    });
    return pages.open(path, { storageState: { cookies, origins: [] }, ...options });
  };
  const pageOf = async (rpps: string) =>
    (await findProfile(pages.directory.store.db, `8${rpps}`))?.profile ?? {};
  const file = (text: string, name = 'cpts.csv') => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  });

  test.each(COORDINATORS.filter((it) => !it.includes('vue=')))(
    '%s: the board and what goes with it are for its coordinators only',
    async (path) => {
      const anonymous = await fetch(`${pages.url}${path}`, { redirect: 'manual' });
      const sylvie = await provider.signIn(pages.app, 'Sylvie POLIGNAC');
      const hers = await sylvie.fetch(path);
      if (path === '/territoires/velay') {
        for (const text of [await anonymous.text(), await hers.text()]) {
          expect(text).toContain('Chercher dans ce territoire');
          expect(text).not.toContain('pages complètes');
        }
        return;
      }
      expect([anonymous.status, anonymous.headers.get('location')]).toEqual([
        303,
        `/connexion?retour=${encodeURIComponent(path)}`,
      ]);
      expect(hers.status).toBe(403);
    },
  );

  test('anybody sees what a territory is and searches within it, without scripts', async () => {
    await using opened = await pages.open('/territoires', { javaScriptEnabled: false });
    const { page } = opened;
    await page.getByRole('link', { name: 'CPTS du Velay' }).click();
    await page.getByRole('heading', { level: 1, name: 'CPTS du Velay' }).waitFor();
    await page.getByRole('link', { name: 'Polignac' }).waitFor();
    await page.getByLabel('Qui, ou quoi').fill('ardechois');
    await page.getByRole('button', { name: 'Chercher' }).click();
    await page.getByRole('heading', { name: /ARDECHOIS/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('where')).toBe('CPTS du Velay');
  });

  test('the board tells by words and numbers what its charts and map show', async () => {
    await using opened = await open('/territoires/velay');
    const { page, faults } = opened;
    await page.getByText('professionnels', { exact: true }).waitFor();
    const professions = page.getByRole('region', { name: 'Profession, tableau' });
    await professions.getByRole('rowheader', { name: 'Masseur-Kinésithérapeute' }).waitFor();
    await page.getByText('Ce que ces nombres comptent').click();
    await page.getByText(/les huit/i).waitFor();
    await page.locator('.territory-map').scrollIntoViewIfNeeded();
    await page.locator('.territory-map .commune-disc').first().waitFor();
    expect(faults).toEqual([]);
  });

  describe.each(DEVICES)('%s, by keyboard only', (_, options) => {
    test('a spreadsheet is given, mended, confirmed and undone', { timeout: 120_000 }, async () => {
      await using opened = await open('/territoires/velay', options);
      const { page, faults } = opened;
      const chooser = page.waitForEvent('filechooser', { timeout: 60_000 });
      await press(page, page.getByRole('link', { name: 'Import d’un tableau' }));
      await focusByTab(page, page.getByLabel('Fichier CSV'));
      await page.keyboard.press('Enter');
      await (await chooser).setFiles(file(SPREADSHEET));
      await press(page, page.getByRole('button', { name: 'Vérifier ce tableau' }));
      await page.getByText('peut-être').or(page.locator('input[value="peut-être"]')).first().waitFor();
      expect(await pageOf('99000000001')).toEqual({});

      // What is wrong, beside its cell.
      const cell = page.getByLabel('Nouveaux patients, ligne 4');
      await focusByTab(page, cell);
      expect(await cell.getAttribute('aria-describedby')).not.toBeNull();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('non');
      await press(page, page.getByRole('button', { name: 'Enregistrer ces corrections' }));

      // Whom it is about, chosen among candidates.
      await press(page, page.getByRole('link', { name: /^Douteuses/ }));
      await focusByTab(page, page.getByRole('radio').first());
      await page.keyboard.press('Space');
      const chosen = (await page.locator('input[type=radio]:checked').getAttribute('value'))!;
      await press(page, page.getByRole('button', { name: 'Enregistrer ces corrections' }));
      await page.getByRole('heading', { name: '3 pages changeront' }).waitFor();

      await press(page, page.getByRole('button', { name: 'Appliquer aux pages' }));
      await page.getByRole('heading', { name: '3 pages changées' }).waitFor();
      expect(await pageOf('99000000001')).toEqual({ ways: { acceptsNewPatients: true, homeVisits: true } });
      expect(await pageOf('99000001003')).toEqual({ ways: { acceptsNewPatients: false, homeVisits: false } });
      expect(await pageOf(chosen)).toEqual({ ways: { acceptsNewPatients: true } });

      await press(page, page.getByRole('button', { name: 'Annuler cet import' }));
      await page.getByRole('heading', { name: /^Les pages sont revenues/ }).waitFor();
      for (const rpps of ['99000000001', '99000001003', chosen]) expect(await pageOf(rpps)).toEqual({});
      expect(faults).toEqual([]);
    });
  });

  test('the same without scripts; what cannot be read is told, and one may leave lines out', async () => {
    await using opened = await open('/territoires/velay/imports', { javaScriptEnabled: false });
    const { page } = opened;
    const give = async (text: string) => {
      await page.getByLabel('Fichier CSV').setInputFiles(file(text));
      await page.getByRole('button', { name: 'Vérifier ce tableau' }).click();
    };
    await give('Couleur\nbleu');
    await page.getByRole('alert').getByText('Couleur').waitFor();
    await give(SPREADSHEET);
    await page.getByRole('button', { name: 'Abandonner ce tableau' }).click();
    await page.getByRole('heading', { name: 'Déposer un tableau' }).waitFor();
    await give(SPREADSHEET);
    await page.getByLabel(/Laisser de côté\s+2\s+lignes/).check();
    await page.getByRole('button', { name: 'Appliquer aux pages' }).click();
    await page.getByRole('heading', { name: '1 page changée' }).waitFor();
    expect(await pageOf('99000000001')).toMatchObject({ ways: { homeVisits: true } });
    await page.getByRole('button', { name: 'Annuler cet import' }).click();
    await page.getByRole('heading', { name: /^Les pages sont revenues/ }).waitFor();
    expect(await pageOf('99000000001')).toEqual({});
  });

  test('what a file holds is shown as text, however long and whatever it is', async () => {
    await using opened = await open('/territoires/velay/imports', { viewport: { width: 320, height: 640 } });
    const { page, faults } = opened;
    page.on('dialog', (dialog) => faults.push(`dialog: ${dialog.message()}`));
    const text = [
      'RPPS;Nouveaux patients;Remarques',
      `99000000001;${HOSTILE.name};${HOSTILE.turned.replaceAll('"', '')}`,
      `99000000002;\u0000=cmd|' /C calc'!A0;${'A'.repeat(10_000)}`,
      `"${HOSTILE.name}";oui;`,
    ].join('\n');
    await page.getByLabel('Fichier CSV').setInputFiles(file(text, '<img src=x onerror=alert(1)>.csv'));
    await page.getByRole('button', { name: 'Vérifier ce tableau' }).click();
    await page.getByRole('heading', { level: 2, name: '<img src=x' }).waitFor();
    expect(await page.locator(`input[value="${HOSTILE.name}"]`).count()).toBeGreaterThan(0);
    expect(await page.locator('main script, main img').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(faults).toEqual([]);
  });

  test('people are invited; the link opens for whom it was sent to, once they have signed in', async () => {
    hook.taken.length = 0;
    await using opened = await open('/territoires/velay/professionnels?nom=martin+paul0', {
      javaScriptEnabled: false,
    });
    const { page } = opened;
    await page.getByLabel(/^Adresse électronique de PAUL0 MARTIN/).fill('paul.zero@exemple.fr');
    await page.getByRole('button', { name: 'Inviter les personnes choisies' }).click();
    await page.getByText(/1.invitation envoyée/).waitFor();
    const [message] = hook.taken;
    expect(message!.to).toEqual({ kind: 'email', address: 'paul.zero@exemple.fr' });
    const link = new URL(/http\S+\/invitation\/\S+/.exec(message!.text)![0]);
    await page.getByRole('link', { name: 'Invitations', exact: true }).click();
    await page
      .getByRole('row', { name: /PAUL0 MARTIN/ })
      .getByText('pas encore ouverte')
      .waitFor();

    // Its coordinator has the link too, and it gives nothing.
    await page.goto(`${pages.url}${link.pathname}`);
    await page.getByRole('alert').filter({ hasText: 'ne s’ouvre que pour la personne invitée' }).waitFor();
    await using anonymous = await pages.open(link.pathname);
    await anonymous.page.getByRole('link', { name: 'S’identifier' }).waitFor();
    const forged = await fetch(`${pages.url}${link.pathname}`, { method: 'POST', redirect: 'manual' });
    expect(forged.headers.get('location')).not.toBe('/mon-espace');
    await page.goto(`${pages.url}/territoires/velay/invitations`);
    await page
      .getByRole('row', { name: /PAUL0 MARTIN/ })
      .getByText('pas encore ouverte')
      .waitFor();
    expect(await page.content()).not.toContain('paul.zero@exemple.fr');
  });

  test.each(VIEWS)('axe finds nothing: $name', { timeout: 240_000 }, async ({ options }) => {
    await fetch(`${pages.url}/v1/correspondents/99000000001/error-reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ field: 'phone', message: 'Le numéro a changé <i>' }),
    });
    for (const path of ANYBODYS) {
      await using opened = await pages.open(path, { ...options, bypassCSP: true });
      expect(await findViolations(opened.page), `${path}, anybody`).toEqual([]);
    }
    for (const path of COORDINATORS) {
      await using opened = await open(path, { ...options, bypassCSP: true });
      expect(await findViolations(opened.page), path).toEqual([]);
    }
    await using opened = await open('/territoires/velay/imports', { ...options, bypassCSP: true });
    const { page } = opened;
    await page.getByLabel('Fichier CSV').setInputFiles(file('Couleur\nbleu'));
    await page.getByRole('button', { name: 'Vérifier ce tableau' }).click();
    await page.getByRole('alert').waitFor();
    expect(await findViolations(page), 'a file that cannot be read').toEqual([]);
    await page.getByLabel('Fichier CSV').setInputFiles(file(SPREADSHEET));
    await page.getByRole('button', { name: 'Vérifier ce tableau' }).click();
    for (const tab of [/^Fausses/, /^Douteuses/, /^Changent une page/, /^Toutes/]) {
      await page.getByRole('link', { name: tab }).click();
      await page.locator('.tabs a[aria-current]', { hasText: tab }).waitFor();
      expect(await findViolations(page), `lines ${tab}`).toEqual([]);
    }
    await page.getByLabel(/Laisser de côté\s+2\s+lignes/).check();
    for (const button of ['Appliquer aux pages', 'Annuler cet import']) {
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('heading', { name: /^1 page changée|^Les pages sont revenues/ }).waitFor();
      await page.getByRole('button', { name: button }).waitFor({ state: 'detached' });
      expect(await findViolations(page), button).toEqual([]);
    }
  });
});
