import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole } from '#access/roles.ts';
import { parseCorrespondentId } from '#domain/correspondent-id.ts';
import type { DeclarationContent } from '#domain/declaration.ts';
import { declare } from '#profiles/declarations/declare.ts';
import { findDeclaration, listDeclarations } from '#store/declarations.ts';
import { putTerritories } from '#store/territories.ts';

import type { DemoPerson } from '../../src/demo/demo-people.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { DEVICES, PHONE } from './devices.ts';
import { choose, focusByTab, press, typeInto } from './keyboard.ts';
import { CHROMIUM, HOSTILE, openPages, type OpenedPages } from './open-pages.ts';

const OPERATOR = { actor: { kind: 'operator' } } as const;
const HOSPITAL = '1430000018';
const PEOPLE: DemoPerson[] = [
  {
    id: 'isaure',
    givenName: 'Isaure',
    familyName: 'VALLORBE',
    presentation: 'masseuse-kinésithérapeute',
    provider: 'pro-sante-connect',
    rpps: '99000000001',
  },
  {
    id: 'armand',
    givenName: 'Armand',
    familyName: 'LAVOÛTE',
    presentation: 'services de l’hôpital',
    provider: 'autre',
    rpps: null,
  },
  {
    id: 'odile',
    givenName: 'Odile',
    familyName: 'VERNASSAL',
    presentation: 'coordinatrice',
    provider: 'autre',
    rpps: null,
  },
];
const EXPERTISE: DeclarationContent['expert'] = {
  title: 'Avis sur la drépanocytose',
  domain: 'hematologie',
  answers: ['Crise douloureuse'],
  area: [{ kind: 'departement', code: '43' }],
};

describe.skipIf(CHROMIUM === undefined)('declaring experts and teams', () => {
  let provider: TestProvider;
  let pages: OpenedPages;

  beforeAll(async () => {
    provider = await openTestProvider(PEOPLE);
    pages = await openPages({ signIn: provider.settings });
    const { db } = pages.directory.store;
    await putTerritories(db, [{ id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157', '43089'] }]);
    for (const [name, role, target] of [
      ['Armand LAVOÛTE', 'manager', HOSPITAL],
      ['Odile VERNASSAL', 'coordinator', 'velay'],
    ] as const)
      await grantRole(db, { who: provider.subjectOf(name), role, target }, OPERATOR);
  }, 120_000);
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
  });

  const openAs = async (name: string, path: string, options: BrowserContextOptions = {}) => {
    const { cookie } = await provider.signIn(pages.app, name);
    const cookies = cookie.split('; ').map((it) => {
      const [key = '', value = ''] = it.split('=');
      const shared = { domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false };
      return { name: key, value, ...shared, sameSite: 'Lax' as const };
    });
    return pages.open(path, { storageState: { cookies, origins: [] }, ...options });
  };
  const declareHers = async (change: Partial<DeclarationContent['expert']> = {}) => {
    const content = { ...EXPERTISE, ...change };
    const owner = { practitionerId: '899000000001' };
    const { key } = await declare(pages.directory.store.db, 'expert', { owner, content }, OPERATOR);
    return { key, path: `/espace/expertises/expert-${key}` };
  };
  const contentOf = async (key: string) =>
    (await findDeclaration(pages.directory.store.db, 'expert', key))!.content;
  const byId = (page: Page, id: string) => page.locator(`[id="${id}"]`);
  const idIn = (page: Page) => /(?:expert|team)-\w+/.exec(page.url())![0];
  const search = async (query: string) =>
    (await (await fetch(`${pages.url}/v1/correspondents?${query}`)).json()) as { results: { id: string }[] };

  test.each(DEVICES)(
    'an expertise, with the keyboard alone, %s: a model, a question more, published, found',
    { timeout: 180_000 },
    async (device, options) => {
      await using opened = await openAs('Isaure VALLORBE', '/mon-espace', options);
      const { page, faults } = opened;
      await press(page, page.getByRole('link', { name: 'Expertises (télé-expertise)' }));
      await press(page, page.getByRole('link', { name: 'Déclarer une expertise' }));
      await page.getByRole('heading', { name: 'Déclarer une expertise' }).waitFor();
      const found = async () => {
        const { results } = await search('kind=expert&q=encombrement&where=43');
        return results.map((it) => it.id);
      };
      const before = await found();
      const type = async (id: string, text: string) => {
        await focusByTab(page, byId(page, id));
        await page.keyboard.type(text);
      };
      await type('title', 'Avis sur l’encombrement bronchique');
      await type('domain', 'Pneumo');
      await type('answers', 'Encombrement du nourrisson');
      await page.keyboard.press('Enter');
      await page.keyboard.type('Dilatation des bronches');
      await type('population', 'enfants');
      await type('delay.value', '2');
      await type('area', 'Haute-Loire');
      await type('mailbox', 'isaure.vallorbe@exemple.mssante.fr');
      await type('urgent.0.case', 'Détresse');
      await type('urgent.0.phone', '04 65 71 00 01');
      await type('urgent.0.hours', 'lun-ven 8h-18h');
      await focusByTab(page, byId(page, 'model'));
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect
        .poll(() => page.locator('[id="q.0.title"]').inputValue(), { timeout: 10_000 })
        .toBe('Âge (années)');
      await type('q.8.title', 'Oxygène à domicile');
      await type('q.8.kind', 'Oui');
      // While one types, what others will see follows, and nothing is published.
      await page.locator('#preview').getByText('Oxygène à domicile').waitFor();
      expect(await found()).toEqual(before);
      await press(page, page.getByRole('button', { name: 'Publier' }));
      await page.getByText('C’est publié').waitFor();
      const id = idIn(page);
      await pages.directory.untilIndexed();
      expect((await found()).toSorted()).toEqual([...before, id].toSorted());
      const { form, ...said } = await contentOf(parseCorrespondentId(id)!.key);
      expect(said).toEqual({
        title: 'Avis sur l’encombrement bronchique',
        domain: 'pneumologie',
        answers: ['Encombrement du nourrisson', 'Dilatation des bronches'],
        population: 'enfants',
        area: [{ kind: 'departement', code: '43' }],
        usualDelay: { value: 2, unit: 'days' },
        urgentNumbers: [
          {
            case: 'Détresse',
            phone: '0465710001',
            availableTime: [
              {
                daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'],
                availableStartTime: '08:00',
                availableEndTime: '18:00',
              },
            ],
          },
        ],
        mailbox: 'isaure.vallorbe@exemple.mssante.fr',
      });
      expect(form!.properties).toMatchObject({
        patient: { type: 'object', properties: { age: { type: 'integer' } } },
        oxygene_a_domicile: { type: 'boolean', title: 'Oxygène à domicile' },
      });
      const answered = await fetch(`${pages.url}/v1/experts/${id}/form`);
      expect(await answered.json()).toEqual(form);
      await press(page, page.getByRole('link', { name: 'La voir dans l’annuaire' }));
      await page.getByRole('link', { name: 'Modifier cette page' }).waitFor();
      expect(faults).toEqual([]);
    },
  );

  test.each(DEVICES)(
    'a team, with the keyboard alone, %s: what is wrong is mended, published, found',
    async (device, options) => {
      const mission = `Retour à domicile ${device}`;
      await using opened = await openAs('Odile VERNASSAL', '/mon-espace', options);
      const { page, faults } = opened;
      await press(page, page.getByRole('link', { name: 'Équipes ressources' }));
      await press(page, page.getByRole('link', { name: 'Déclarer une équipe ressource' }));
      await typeInto(page, page.getByLabel('Nom de l’équipe'), 'Appui du Velay');
      await choose(page, page.getByLabel('Sorte d’équipe'), 'Dispositif d’appui à la coordination');
      await typeInto(page, page.getByRole('textbox', { name: 'Ce que fait l’équipe' }), mission);
      await typeInto(page, page.getByLabel('Territoire', { exact: true }), 'Pontarlieer');
      await press(page, page.getByRole('button', { name: 'Publier' }));
      const summary = page.getByRole('alert');
      await press(page, summary.getByRole('link', { name: /Pontarlieer|Territoire/ }));
      await page.locator('#area:focus').waitFor();
      await typeInto(page, page.getByLabel('Territoire', { exact: true }), 'CPTS du Velay');
      await press(page, page.getByRole('button', { name: 'Publier' }));
      await page.getByText('C’est publié').waitFor();
      const id = idIn(page);
      await pages.directory.untilIndexed();
      const { results } = await search(`kind=team&q=${encodeURIComponent(mission)}&where=le puy`);
      expect(results.map((it) => it.id)).toContain(id);
      await press(page, page.getByRole('link', { name: 'La voir dans l’annuaire' }));
      await page.getByRole('heading', { level: 1, name: 'Appui du Velay' }).waitFor();
      expect(faults.filter((it) => !it.includes('400'))).toEqual([]);
    },
  );

  test('a team, on a phone and without scripts: what is wrong is told and mended, then published', async () => {
    const phone = { ...PHONE, javaScriptEnabled: false };
    await using opened = await openAs('Odile VERNASSAL', '/espace/equipes', phone);
    const { page } = opened;
    await page.getByRole('link', { name: 'Déclarer une équipe ressource' }).click();
    await page.getByLabel('Nom de l’équipe').fill(`Appui du Velay ${HOSTILE.name}`);
    await page.getByLabel('Sorte d’équipe').selectOption('dac');
    await page.getByLabel('Horaires', { exact: true }).fill('lundi de 9h à jamais');
    await page.getByLabel('Territoire', { exact: true }).fill('CPTS du Velay\nPontarlieer');
    await page.getByRole('button', { name: 'Publier' }).click();
    const alert = page.getByRole('alert');
    for (const wrong of ['Horaires', 'Pontarlieer', 'Ce que fait l’équipe'])
      expect(await alert.textContent()).toContain(wrong);
    expect(await page.locator('#area').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Horaires', { exact: true }).fill('lun-ven 9h-17h');
    await page.getByLabel('Territoire', { exact: true }).fill('CPTS du Velay');
    await page.getByRole('textbox', { name: 'Ce que fait l’équipe' }).fill('Situations complexes');
    await page.getByRole('button', { name: 'Publier' }).click();
    await page.getByText('C’est publié').waitFor();
    const id = idIn(page);
    await pages.directory.untilIndexed();
    expect((await search('q=dac&where=le puy')).results.map((it) => it.id)).toContain(id);
    await page.getByRole('link', { name: 'La voir dans l’annuaire' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(HOSTILE.name);
  });

  test('a form that is sent twice declares once, and sent again with other words asks before it declares more', async () => {
    const armand = await provider.signIn(pages.app, 'Armand LAVOÛTE');
    const listAll = () => listDeclarations(pages.directory.store.db, 'expert', { after: '', limit: 100 });
    const before = (await listAll()).length;
    const shown = await (await armand.fetch('/espace/expertises/nouvelle')).text();
    const hidden = (name: string, text: string) =>
      new RegExp(`name="${name}" value="([^"]+)"`).exec(text)![1]!;
    const typed = {
      do: 'publish',
      csrf: armand.csrfToken,
      version: '0',
      owner: hidden('owner', shown),
      request: hidden('request', shown),
      title: 'Avis envoyé deux fois',
      domain: 'dermatologie',
      answers: 'Une fois',
      area: 'Haute-Loire',
    };
    const post = (values: Record<string, string>) =>
      armand.fetch('/espace/expertises/nouvelle', {
        method: 'POST',
        body: new URLSearchParams(values),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const [first, second] = await Promise.all([post(typed), post(typed)]);
    expect([first!.status, await first!.clone().text()]).toEqual([303, '']);
    expect(second!.headers.get('location')).toBe(first!.headers.get('location'));
    expect(await listAll()).toHaveLength(before + 1);
    const again = await post({ ...typed, title: 'Avis changé' });
    const text = await again.text();
    expect([again.status, text]).toEqual([409, expect.stringContaining('déjà publié')]);
    expect(text).toContain('Avis changé');
    expect(await listAll()).toHaveLength(before + 1);
    const knowingly = { ...typed, title: 'Avis changé', request: hidden('request', text) };
    expect((await post(knowingly)).status).toBe(303);
    expect(await listAll()).toHaveLength(before + 2);
  });

  test('what is typed is kept until it is published or given up', async () => {
    const { key, path } = await declareHers();
    const kept = 'Fièvre chez l’enfant drépanocytaire';
    {
      await using opened = await openAs('Isaure VALLORBE', path);
      await opened.page.getByLabel('Ce que l’on peut demander').fill(kept);
      await opened.page.locator('#preview').getByText('Brouillon gardé').waitFor();
    }
    await using opened = await openAs('Isaure VALLORBE', path, { javaScriptEnabled: false });
    const { page } = opened;
    expect(await page.getByLabel('Ce que l’on peut demander').inputValue()).toBe(kept);
    expect((await contentOf(key)).answers).toEqual(EXPERTISE.answers);
    await page.getByRole('button', { name: 'Abandonner le brouillon' }).click();
    await page.waitForLoadState();
    expect(await page.getByLabel('Ce que l’on peut demander').inputValue()).toBe('Crise douloureuse');
  });

  test('who publishes after another sees what the other said, and overwrites nothing unknowingly', async () => {
    const { key, path } = await declareHers({ title: 'Avis à deux' });
    await using first = await openAs('Isaure VALLORBE', path);
    await using second = await openAs('Isaure VALLORBE', path, { javaScriptEnabled: false });
    await second.page.getByLabel('Pour quels patients').fill('adultes');
    await second.page.getByRole('button', { name: 'Publier' }).click();
    await second.page.getByText('C’est publié').waitFor();
    await first.page.getByLabel('Titre', { exact: true }).fill('Avis à trois');
    await first.page.getByRole('button', { name: 'Publier' }).click();
    const alert = first.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('adultes');
    expect(await contentOf(key)).toMatchObject({ title: 'Avis à deux', population: 'adultes' });
    expect(await first.page.getByLabel('Titre', { exact: true }).inputValue()).toBe('Avis à trois');
    await first.page.getByLabel('Pour quels patients').fill('adultes');
    await first.page.getByRole('button', { name: 'Publier' }).click();
    await first.page.getByText('C’est publié').waitFor();
    expect(await contentOf(key)).toMatchObject({ title: 'Avis à trois', population: 'adultes' });
  });

  test('a form that an application made stays as it is, and a model loses nothing by being looked at', async () => {
    const form = {
      type: 'object' as const,
      title: 'Demande',
      properties: {
        age: { type: 'integer' as const, title: 'Âge', minimum: 0, maximum: 130 },
        lignes: {
          type: 'array' as const,
          title: 'Lignes',
          items: { type: 'object' as const, properties: { a: { type: 'string' as const, title: 'A' } } },
        },
      },
    };
    const { key, path } = await declareHers({ form });
    await using opened = await openAs('Isaure VALLORBE', path, { javaScriptEnabled: false });
    const { page } = opened;
    await page.getByLabel('Pour quels patients').fill('tous');
    await page.getByRole('button', { name: 'Publier' }).click();
    await page.getByText('C’est publié').waitFor();
    expect(await contentOf(key)).toMatchObject({ population: 'tous', form });
  });

  test('it is withdrawn, put back, and its history tells who did', async () => {
    const { key, path } = await declareHers({ title: 'Avis à retirer' });
    await using opened = await openAs('Isaure VALLORBE', path, { javaScriptEnabled: false });
    const { page } = opened;
    await page.getByRole('button', { name: 'Retirer de l’annuaire' }).click();
    await page.getByText('Retirée de l’annuaire').waitFor();
    expect((await fetch(`${pages.url}/correspondants/expert-${key}`)).status).toBe(404);
    await page.getByRole('button', { name: 'La remettre' }).click();
    await page.getByText('C’est publié').waitFor();
    expect((await fetch(`${pages.url}/correspondants/expert-${key}`)).status).toBe(200);
    await page.getByRole('link', { name: 'Historique' }).click();
    const versions = page.locator('.changes > li');
    expect(await versions.count()).toBe(3);
    expect(await versions.nth(0).textContent()).toContain('annule la version 2');
    expect(await versions.nth(1).textContent()).toContain('Isaure VALLORBE');
    const first = (await versions.nth(2).innerText()).replace(/\s+/g, ' ');
    for (const said of ['Hématologie', 'Haute-Loire']) expect(first).toContain(said);
    expect(first).not.toMatch(/hematologie|departement/);
  });

  test('private numbers are saved, given back to who manages the expertise, and shown to nobody else', async () => {
    const { key, path } = await declareHers({ title: 'Avis facturé' });
    await using opened = await openAs('Isaure VALLORBE', `${path}/facturation`);
    const { page } = opened;
    await page.getByLabel('De quoi', { exact: true }).fill('Adeli');
    await page.getByLabel('Numéro', { exact: true }).fill('FACTURE-9917-GIRAFE');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Les numéros sont enregistrés').waitFor();
    expect(await page.getByLabel('Numéro', { exact: true }).inputValue()).toBe('FACTURE-9917-GIRAFE');
    for (const where of ['', '/historique', '?publie=1']) {
      await page.goto(`${pages.url}${path}${where}`);
      expect(await page.content(), where).not.toContain('GIRAFE');
    }
    for (const where of ['', '/vcard', '/erreur']) {
      const text = await (await fetch(`${pages.url}/correspondants/expert-${key}${where}`)).text();
      expect(text, where).toContain('facturé');
      expect(text, where).not.toContain('GIRAFE');
    }
    const isaure = await provider.signIn(pages.app, 'Isaure VALLORBE');
    const body = new URLSearchParams({ version: '0.5', label: 'Adeli', number: '1', csrf: isaure.csrfToken });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await isaure.fetch(`${path}/facturation`, { method: 'POST', body, headers })).status).toBe(409);
    const armand = await provider.signIn(pages.app, 'Armand LAVOÛTE');
    expect((await armand.fetch(`${path}/facturation`)).status).toBe(403);
  });

  test('the identity of a patient is neither kept nor published', async () => {
    const { path } = await declareHers({ title: 'Avis prudent' });
    await using opened = await openAs('Isaure VALLORBE', path, { javaScriptEnabled: false });
    const { page } = opened;
    await page.getByLabel('Pour quels patients').fill('269054958815780@patient.mssante.fr');
    await page.getByRole('button', { name: 'Publier' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('identité d’un patient');
    await page.goto(`${pages.url}${path}`);
    expect(await page.content()).not.toContain('269054958815780');
  });

  test('whoever may not is refused, and whoever is unknown signs in first', async () => {
    const { path } = await declareHers({ title: 'Avis gardé' });
    const odile = await provider.signIn(pages.app, 'Odile VERNASSAL');
    const armand = await provider.signIn(pages.app, 'Armand LAVOÛTE');
    for (const person of [odile, armand])
      for (const where of ['', '/historique', '/facturation'])
        expect((await person.fetch(`${path}${where}`)).status, where).toBe(403);
    expect((await odile.fetch('/espace/expertises/nouvelle')).status).toBe(403);
    expect((await armand.fetch('/espace/expertises/nouvelle')).status).toBe(200);
    const anonymous = await fetch(`${pages.url}${path}`, { redirect: 'manual' });
    expect(anonymous.headers.get('location')).toBe(`/connexion?retour=${encodeURIComponent(path)}`);
    const count = async () =>
      (await listDeclarations(pages.directory.store.db, 'expert', { after: '', limit: 100 })).length;
    const before = await count();
    const body = new URLSearchParams({ do: 'publish', title: 'x', csrf: odile.csrfToken, owner: 'rpps' });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const forged = await odile.fetch('/espace/expertises/nouvelle', { method: 'POST', body, headers });
    expect(forged.status).toBe(403);
    // He declares for his structure, and has never been a professional.
    const named = { do: 'publish', title: 'x', csrf: armand.csrfToken, owner: 'rpps' };
    const foreign = await armand.fetch('/espace/expertises/nouvelle', {
      method: 'POST',
      body: new URLSearchParams(named),
      headers,
    });
    expect([foreign.status, await foreign.text()]).toEqual([400, expect.stringContaining('au nom de qui')]);
    expect(await count()).toBe(before);
  });
});
