import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';

import { grantRole, revokeRole } from '#access/roles.ts';
import type { Profile } from '#domain/profile.ts';
import { replaceProfile } from '#profiles/practitioner/edit-profile.ts';
import { getProfile } from '#profiles/practitioner/profile-page.ts';
import { saveProfiles } from '#store/profiles.ts';
import { putTerritories } from '#store/territories.ts';

import type { DemoPerson } from '../../src/demo/demo-people.ts';
import { openMessageHook, type MessageHook } from '../support/message-hook.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { DEVICES, PHONE } from './devices.ts';
import { findViolations, VIEWS } from './find-violations.ts';
import { focusByTab, press, typeInto } from './keyboard.ts';
import { CHROMIUM, HOSTILE, openPages, type OpenedPages } from './open-pages.ts';

const RPPS = '99000000001';
const ISAURE = `8${RPPS}`;
const PLACE = `tR1${RPPS}`;
const people: DemoPerson[] = [
  {
    id: 'isaure',
    givenName: 'Isaure',
    familyName: 'VALLORBE',
    presentation: 'kinésithérapeute',
    provider: 'pro-sante-connect',
    rpps: RPPS,
  },
  {
    id: 'sylvie-polignac',
    givenName: 'Sylvie',
    familyName: 'POLIGNAC',
    presentation: 'secrétaire',
    provider: 'autre',
    rpps: null,
  },
];
const OWNER = 'Isaure VALLORBE';
const { SHOTS } = process.env;

describe.skipIf(CHROMIUM === undefined)('filling in one’s page', { timeout: 120_000 }, () => {
  let provider: TestProvider;
  let hook: MessageHook;
  let pages: OpenedPages;
  beforeAll(async () => {
    hook = await openMessageHook();
    pages = await openPages({
      signIn: async (url) => {
        provider = await openTestProvider(people, url);
        return provider.settings;
      },
      sender: hook.sender,
    });
  }, 240_000);
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]();
    await hook?.[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    for (const table of ['profile', 'profile_change', 'profile_draft', 'delegation', 'private_contact'])
      await pages.directory.store.db.execute(sql`delete from ${sql.identifier(table)}`);
  });

  const toCookies = (cookie: string) =>
    cookie.split('; ').map((it) => {
      const [name = '', value = ''] = it.split('=');
      return { name, value, url: pages.url };
    });
  /** In a browser of one's own, after walking through the sign-in. */
  const openAs = async (name: string, path: string, options?: BrowserContextOptions) => {
    const opened = await pages.open('/embed', options);
    await opened.context.addCookies(toCookies((await provider.signIn(pages.app, name)).cookie));
    await opened.page.goto(new URL(path, pages.url).href);
    return opened;
  };
  const shoot = async (page: Page, name: string) => {
    if (SHOTS === undefined) return;
    await mkdir(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
  };
  const save = async (profile: unknown, baseVersion: number, by = 'Odile SECRÉTAIRE') =>
    replaceProfile(
      pages.directory.store.db,
      {
        practitionerId: ISAURE,
        by: { kind: 'delegate', name: by },
        audit: { actor: { kind: 'operator' } },
        editor: undefined,
        baseVersion,
      },
      profile,
    );
  const said = async () => (await getProfile(pages.directory.store.db, ISAURE)).profile;
  const field = (page: Page, name: string) => page.locator(`[name="${name}"]`);
  const publish = (page: Page) => page.getByRole('button', { name: 'Publier', exact: true }).click();

  test('what a later version no longer takes is told, stays while one edits, and can be mended', async () => {
    const { db } = pages.directory.store;
    const old = {
      acts: ['saignee'],
      homeVisitArea: { communeCodes: ['43157'], radiusKm: 250 },
      awayPeriods: [{ start: '2020-01-01', end: '2099-12-31' }],
      preferredMailbox: 'partie@exemple.mssante.fr',
      remarks: 'x'.repeat(2500),
      fax: '04 71 00 00 00',
    } as Profile;
    const by = { kind: 'owner', name: OWNER } as const;
    await saveProfiles(db, [{ practitionerId: ISAURE, expectedVersion: 0, profile: old, by }]);
    await using opened = await openAs(OWNER, '/espace', { javaScriptEnabled: false });
    const { page } = opened;
    const notice = page.getByText('Ceci ne s’écrit plus ainsi').locator('..');
    for (const name of ['Actes', 'Rayon', 'Absences', 'Remarques', 'fax'])
      expect(await notice.textContent()).toContain(name);
    await field(page, 'ownWords').fill('École du dos');
    await publish(page);
    await page.getByText('C’est publié.', { exact: true }).waitFor();
    expect(await said()).toEqual({ ...old, ownWords: ['École du dos'] });
    await page.getByLabel('saignee').uncheck();
    await field(page, 'area.radius').fill('20');
    await field(page, 'remarks').fill('Court');
    await publish(page);
    await page.getByText('C’est publié.', { exact: true }).waitFor();
    expect(await said()).toMatchObject({
      homeVisitArea: { communeCodes: ['43157'], radiusKm: 20 },
      remarks: 'Court',
      preferredMailbox: old.preferredMailbox,
    });
    expect(await said()).not.toHaveProperty('acts');
  });

  test.each(DEVICES)(
    'by keyboard alone, %s: hours as people write them, read back, found within two seconds, undone',
    async (_, options) => {
      await using opened = await openAs(OWNER, '/espace', options);
      const { page, faults } = opened;
      await shoot(page, 'empty');
      // A group of choices is one stop: its arrows choose.
      await focusByTab(page, page.locator('[name="ways.homeVisits"]:checked'));
      while (!(await page.locator('[name="ways.homeVisits"][value=true]').isChecked()))
        await page.keyboard.press('ArrowLeft');
      await typeInto(page, page.getByLabel('Chercher un acte'), 'Vertige');
      await page.getByText('1 dans la liste').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await typeInto(page, field(page, 'hours.0.line'), 'lun-ven 9h-12h 14h-18h, sam 9h-12h');
      await page.getByText('Compris : lundi à vendredi 9h–12h, 14h–18h').waitFor();
      await page.locator('#preview').getByText('lundi à vendredi').waitFor();
      await page.getByText(/^Brouillon gardé à/).waitFor();
      await shoot(page, 'typing');
      expect(await said()).toEqual({});
      await press(page, page.getByRole('button', { name: 'Publier', exact: true }));
      await page.getByText('C’est publié.', { exact: true }).waitFor();
      const publishedAt = Date.now();
      await shoot(page, 'published');
      for (;;) {
        const answer = await fetch(`${pages.url}/v1/correspondents?homeVisits=true&q=vallorbe`);
        const { results } = (await answer.json()) as { results: { rpps: string }[] };
        if (results.some((it) => it.rpps === RPPS)) break;
        if (Date.now() - publishedAt > 10_000) throw new Error('not found');
      }
      expect(await said()).toMatchObject({
        ways: { homeVisits: true },
        acts: ['kinesitherapie-vestibulaire'],
        hours: [{ availableTime: [{ availableStartTime: '09:00' }, { availableStartTime: '14:00' }] }],
      });
      await press(page, page.getByRole('link', { name: 'Historique' }));
      await page.getByRole('heading', { name: /Isaure VALLORBE/ }).waitFor();
      await shoot(page, 'history');
      await press(page, page.getByRole('button', { name: 'Annuler ce changement' }));
      await page.getByText('C’est annulé.').waitFor();
      expect(await said()).toEqual({});
      expect(faults).toEqual([]);
    },
  );

  test('on a phone without scripts: everything is said, shown again as it was understood, and publishing again changes nothing', async () => {
    await using opened = await openAs(OWNER, '/espace', { ...PHONE, javaScriptEnabled: false });
    const { page } = opened;
    await page.locator('[name="ways.acceptsNewPatients"][value=true]').check();
    await page.locator('[name="ways.nightDuty"][value=false]').check();
    await page.getByLabel('Kinésithérapie respiratoire').check();
    await field(page, 'ownWords').fill('Bilan à domicile\nÉcole du dos');
    await field(page, 'equipment').fill('Table électrique');
    await page.getByLabel('français', { exact: true }).check();
    await page.getByLabel('Accessible en fauteuil roulant').check();
    await page.getByLabel('jour par jour').check();
    await page.getByLabel('lundi').fill('8h30-12h et 14h-19h');
    await page.getByLabel('jeudi').fill('14h - 18h');
    await page.getByText('Jours de fermeture').click();
    await field(page, 'hours.0.closed.0.start').fill('2027-08-02');
    await field(page, 'hours.0.closed.0.end').fill('2027-08-20');
    await field(page, 'hours.0.closed.0.description').fill('Congés');
    await field(page, 'area.radius').fill('12');
    await field(page, 'area.communes').fill('Brioude, Saint-Julien-Chapteuil\n43200');
    await page.getByRole('radio', { name: 'isaure.vallorbe@' }).check();
    await field(page, 'sending.0.what').fill('Comptes rendus');
    await field(page, 'sending.0.where').fill('Ma messagerie');
    await field(page, 'remarks').fill('Parking derrière.\nSonnez deux fois.');
    await page.getByRole('button', { name: 'Garder en brouillon' }).click();
    await page.getByText('Voici votre brouillon').waitFor();
    expect(await said()).toEqual({});
    expect(await page.locator('#preview').textContent()).toContain('École du dos');
    await publish(page);
    await page.getByText('C’est publié.', { exact: true }).waitFor();
    await shoot(page, 'filled-phone');
    const first = await said();
    expect(first).toMatchObject({
      ways: { acceptsNewPatients: true, nightDuty: false },
      acts: ['kinesitherapie-respiratoire'],
      ownWords: ['Bilan à domicile', 'École du dos'],
      equipment: ['Table électrique'],
      languages: ['fr'],
      accessibility: ['wheelchair'],
      hours: [
        {
          organizationId: PLACE,
          availableTime: [
            { daysOfWeek: ['mon'], availableStartTime: '08:30', availableEndTime: '12:00' },
            { daysOfWeek: ['mon'], availableStartTime: '14:00', availableEndTime: '19:00' },
            { daysOfWeek: ['thu'], availableStartTime: '14:00', availableEndTime: '18:00' },
          ],
          notAvailable: [{ description: 'Congés', during: { start: '2027-08-02', end: '2027-08-20' } }],
        },
      ],
      preferredMailbox: 'isaure.vallorbe@exemple.mssante.fr',
      sending: [{ what: 'Comptes rendus', where: 'Ma messagerie' }],
      remarks: 'Parking derrière.\nSonnez deux fois.',
    });
    expect(first.homeVisitArea?.radiusKm).toBe(12);
    expect(first.homeVisitArea?.communeCodes).toEqual(expect.arrayContaining(['43040', '43200']));
    expect(await field(page, 'area.communes').inputValue()).toContain('Brioude (43)');
    await publish(page);
    await page.getByText('Rien n’avait changé').waitFor();
    expect(await said()).toEqual(first);
  });

  test('what is wrong is told beside each field and above, and nothing typed is lost', async () => {
    await using opened = await openAs(OWNER, '/espace');
    const { page, faults } = opened;
    await field(page, 'hours.0.line').fill('lun-ven sauf mercredi 9h-12h');
    await field(page, 'area.radius').fill('250');
    await field(page, 'area.communes').fill('Brioudee');
    await field(page, 'sending.0.what').fill('Comptes rendus');
    await field(page, 'ownWords').fill('x'.repeat(90));
    await publish(page);
    const summary = page.locator('#faults');
    await summary.waitFor();
    await shoot(page, 'faults');
    expect(await summary.getByRole('listitem').count()).toBe(5);
    expect(await page.evaluate('document.activeElement.id')).toBe('faults');
    expect(await summary.textContent()).toContain('Peut-être\u00a0: Brioude');
    expect(await page.locator('[aria-invalid=true]').count()).toBe(5);
    expect(await field(page, 'hours.0.line').inputValue()).toBe('lun-ven sauf mercredi 9h-12h');
    expect(await page.locator('#preview').textContent()).not.toContain('lundi');
    await summary.getByRole('link', { name: 'Rayon' }).click();
    expect(await page.evaluate('document.activeElement.name')).toBe('area.radius');
    expect(await said()).toEqual({});
    // The answer is a 400, which the console tells.
    expect(faults.filter((it) => !it.includes('400'))).toEqual([]);
  });

  test('an act that is no act is refused, and what holds a patient is neither kept nor published', async () => {
    const isaure = await provider.signIn(pages.app, OWNER);
    const post = (path: string, fields: Record<string, string>) =>
      isaure.fetch(path, {
        method: 'POST',
        headers: { accept: 'text/html' },
        body: new URLSearchParams({ csrf: isaure.csrfToken, rpps: RPPS, version: '0', ...fields }),
      });
    const unknown = await post('/espace', { acts: 'magie' });
    expect([unknown.status, await unknown.text()]).toEqual([
      400,
      expect.stringContaining('n’est pas dans la liste'),
    ]);
    const patient = await post('/espace', { remarks: 'Pour 2 55 08 14 168 025 38' });
    expect([patient.status, await patient.text()]).toEqual([
      400,
      expect.stringContaining('identité d’un patient'),
    ]);
    expect((await post('/espace', { rpps: '99000000002' })).status).toBe(403);
    const rows = await pages.directory.store.db.execute(sql`select content::text from profile_draft`);
    expect(JSON.stringify(rows)).not.toContain('168 025');
    expect(await said()).toEqual({});
  });

  test('two editors: what they changed apart is merged, what both changed is chosen', async () => {
    await save({ remarks: 'Avant.', languages: ['fr'] }, 0);
    await using opened = await openAs(OWNER, '/espace');
    const { page } = opened;
    await field(page, 'remarks').fill('Ma remarque.');
    await field(page, 'equipment').fill('Échographe');
    await save({ remarks: 'Leur remarque.', languages: ['fr', 'en'] }, 1);
    await publish(page);
    const conflicts = page.locator('#conflicts');
    await conflicts.waitFor();
    await shoot(page, 'conflict');
    expect(await conflicts.textContent()).toContain('Odile SECRÉTAIRE');
    expect(await conflicts.textContent()).toContain('Leur remarque.');
    expect(await field(page, 'remarks').inputValue()).toBe('Ma remarque.');
    expect(await page.locator('[name=languages][value=en]').isChecked()).toBe(true);
    await conflicts.getByLabel(/Ce qu’a mis/).check();
    await publish(page);
    await page.getByText('C’est publié.', { exact: true }).waitFor();
    expect(await said()).toEqual({
      remarks: 'Leur remarque.',
      languages: ['fr', 'en'],
      equipment: ['Échographe'],
    });
  });

  test('what is typed outlives the session, with scripts and without', async () => {
    await using opened = await openAs(OWNER, '/espace');
    const { page, context } = opened;
    await field(page, 'remarks').fill('Tapé avant.');
    await page.getByText(/^Brouillon gardé à/).waitFor();
    await context.clearCookies();
    await field(page, 'remarks').fill('Tapé avant. Et après.');
    await page.getByRole('link', { name: /Reconnectez-vous/ }).click();
    await page.getByRole('link', { name: 'Pro Santé Connect' }).click();
    await page.getByRole('button', { name: OWNER }).click();
    await page.getByText('Voici ce que vous aviez tapé').waitFor();
    expect(await field(page, 'remarks').inputValue()).toBe('Tapé avant. Et après.');

    await using plain = await openAs(OWNER, '/espace', { javaScriptEnabled: false });
    expect(await field(plain.page, 'remarks').inputValue()).toContain('Tapé avant.');
    await field(plain.page, 'remarks').fill('Sans script.');
    await plain.context.clearCookies();
    await publish(plain.page);
    await plain.page.getByRole('heading', { name: 'Votre session est terminée' }).waitFor();
    await shoot(plain.page, 'session-over');
    await plain.context.addCookies(toCookies((await provider.signIn(pages.app, OWNER)).cookie));
    await plain.page.getByRole('button', { name: 'Reprendre' }).click();
    await plain.page.getByText('Voici ce que vous aviez tapé').waitFor();
    expect(await field(plain.page, 'remarks').inputValue()).toBe('Sans script.');
    await publish(plain.page);
    await plain.page.getByText('C’est publié.', { exact: true }).waitFor();
    expect(await said()).toEqual({ remarks: 'Sans script.' });
  });

  test('who is entrusted with a page is not to be typed again either', async () => {
    await using opened = await openAs(OWNER, '/espace/delegues', { javaScriptEnabled: false });
    const { page, context } = opened;
    await field(page, 'name').fill('Sylvie, secrétariat');
    await field(page, 'delegate').fill('sylvie-polignac@exemple.fr');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Confier' }).click();
    await page.getByRole('heading', { name: 'Votre session est terminée' }).waitFor();
    await context.addCookies(toCookies((await provider.signIn(pages.app, OWNER)).cookie));
    await page.getByRole('button', { name: 'Reprendre' }).click();
    expect(await field(page, 'delegate').inputValue()).toBe('sylvie-polignac@exemple.fr');
    await page.getByRole('button', { name: 'Confier' }).click();
    await page.getByText('Sylvie, secrétariat').first().waitFor();
  });

  test('away in two taps, with a message and who replaces; and back', async () => {
    await using opened = await openAs(OWNER, '/mon-espace', PHONE);
    const { page, faults } = opened;
    await page.getByRole('link', { name: 'Je m’absente' }).tap();
    await shoot(page, 'absence-phone');
    await page.getByRole('button', { name: 'Une semaine' }).tap();
    await page.getByText('C’est publié.', { exact: true }).waitFor();
    const [period] = (await said()).awayPeriods ?? [];
    expect(Date.parse(period!.end) - Date.parse(period!.start)).toBe(6 * 86_400_000);
    await page.getByRole('button', { name: 'Je suis de retour' }).tap();
    await page.getByText('C’est publié.', { exact: true }).waitFor();
    expect((await said()).awayPeriods).toBeUndefined();
    await page.getByLabel('Du (vide').fill('2027-07-01');
    await page.getByLabel('Jusqu’au').fill('2027-07-15');
    await field(page, 'message').fill('Congés.');
    await field(page, 'replacement').fill('99000000002');
    await page.getByRole('button', { name: 'Publier cette absence' }).tap();
    await page.getByText('Léa ARDECHOIS').waitFor();
    await shoot(page, 'absences-phone');
    expect((await said()).awayPeriods).toEqual([
      {
        start: '2027-07-01',
        end: '2027-07-15',
        message: 'Congés.',
        replacement: { rpps: '99000000002', name: expect.stringContaining('ARDECHOIS') },
      },
    ]);
    await page.getByLabel('Du (vide').fill('2027-07-10');
    await page.getByLabel('Jusqu’au').fill('2027-07-09');
    await page.getByRole('button', { name: 'Publier cette absence' }).tap();
    await page.getByText('Le dernier jour est avant le premier.').first().waitFor();
    // As a browser without a calendar may send it.
    const isaure = await provider.signIn(pages.app, OWNER);
    const body = new URLSearchParams({ start: 'demain', days: '6', csrf: isaure.csrfToken });
    const headers = { cookie: isaure.cookie, origin: pages.url };
    const refused = await fetch(`${pages.url}/espace/absence`, { method: 'POST', headers, body });
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('Dites le premier jour'),
    ]);
    expect(faults.filter((it) => !it.includes('400'))).toEqual([]);
  });

  test('a delegate fills the page in until revoked, and the owner reads it', async () => {
    await using owner = await openAs(OWNER, '/espace/delegues');
    await field(owner.page, 'name').fill('Sylvie, secrétariat');
    await field(owner.page, 'delegate').fill('sylvie');
    await owner.page.getByRole('button', { name: 'Confier' }).click();
    await owner.page.locator('#faults').waitFor();
    await shoot(owner.page, 'delegates-faults');
    await field(owner.page, 'delegate').fill('sylvie-polignac@exemple.fr');
    await owner.page.getByRole('button', { name: 'Confier' }).click();
    await owner.page.getByText('Sylvie, secrétariat').waitFor();
    await shoot(owner.page, 'delegates');

    await using delegate = await openAs('Sylvie POLIGNAC', '/mon-espace');
    await shoot(delegate.page, 'my-space-delegate');
    await delegate.page.getByRole('link', { name: /VALLORBE/ }).click();
    await delegate.page.getByRole('heading', { name: /Page de/ }).waitFor();
    expect(await delegate.page.getByRole('link', { name: 'Contacts privés' }).count()).toBe(0);
    await field(delegate.page, 'remarks').fill('Par Sylvie.');
    await publish(delegate.page);
    await delegate.page.getByText('C’est publié.', { exact: true }).waitFor();
    await field(delegate.page, 'remarks').fill('Trop tard.');
    const sylvie = await provider.signIn(pages.app, 'Sylvie POLIGNAC');
    const offers = async (path: string) =>
      (await (await sylvie.fetch(path)).text()).includes('Remplir cette page');
    expect(await offers(`/correspondants/${RPPS}`)).toBe(true);
    expect(await offers('/correspondants/99000000002')).toBe(false);

    await owner.page.goto(`${pages.url}/espace/consultations`);
    await owner.page
      .getByText(/Sylvie POLIGNAC.*a changé\s: Remarques/s)
      .first()
      .waitFor();
    await shoot(owner.page, 'audit');
    await owner.page.goto(`${pages.url}/espace/delegues`);
    await owner.page.getByRole('button', { name: 'Arrêter' }).click();
    await owner.page.getByText('ne peut plus rien changer').waitFor();
    expect(await offers(`/correspondants/${RPPS}`)).toBe(false);
    await publish(delegate.page);
    await delegate.page.getByRole('heading', { name: 'Cette page n’est pas pour vous' }).waitFor();
    expect(await said()).toEqual({ remarks: 'Par Sylvie.' });
  });

  test('a coordinator fills in the pages of the territory, and no other', async () => {
    const { db } = pages.directory.store;
    await putTerritories(db, [{ id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157'] }]);
    const grant = {
      who: provider.subjectOf('Sylvie POLIGNAC'),
      role: 'coordinator',
      target: 'velay',
    } as const;
    await grantRole(db, grant, { actor: { kind: 'operator' } });
    await using opened = await openAs('Sylvie POLIGNAC', '/mon-espace');
    const { page } = opened;
    await page.getByLabel(/par son numéro RPPS/).fill('123');
    await page.getByRole('button', { name: 'Ouvrir' }).click();
    await page.getByText('Un numéro RPPS a 11 chiffres.').waitFor();
    await page.goto(`${pages.url}/correspondants/${RPPS}`);
    await page.getByRole('link', { name: 'Remplir cette page' }).click();
    await page.getByText('comme coordinateur du territoire').waitFor();
    await field(page, 'remarks').fill('Par la CPTS.');
    await publish(page);
    await page.getByText('C’est publié.', { exact: true }).waitFor();
    expect(await said()).toEqual({ remarks: 'Par la CPTS.' });
    await putTerritories(db, [{ id: 'velay', name: 'CPTS du Velay', communeCodes: ['43040'] }]);
    expect((await page.goto(`${pages.url}/espace/praticiens/${RPPS}`))?.status()).toBe(403);
    await revokeRole(db, grant, { actor: { kind: 'operator' } });
  });

  test('a click on the map adds a commune, another takes it off', async () => {
    await using opened = await openAs(OWNER, '/espace');
    const { page, faults } = opened;
    const map = page.locator('#area-map');
    await map.scrollIntoViewIfNeeded();
    await map.locator('path.area-place').first().waitFor();
    await field(page, 'area.radius').fill('10');
    await map.locator('path.area-disc').waitFor();
    await map.click({ position: { x: 60, y: 60 } });
    await map.locator('path.area-commune').waitFor();
    await shoot(page, 'map');
    const typed = await field(page, 'area.communes').inputValue();
    expect(typed).toMatch(/^\S.* \(\d\d\)$/);
    await page.getByText(`Compris\u00a0: ${typed}.`).waitFor();
    await map.locator('path.area-commune').click();
    await expect.poll(() => map.locator('path.area-commune').count()).toBe(0);
    expect(await field(page, 'area.communes').inputValue()).toBe('');
    expect(faults).toEqual([]);
  });

  test('hours on one line and day by day are the same hours, whichever was typed', async () => {
    await using opened = await openAs(OWNER, '/espace');
    const { page } = opened;
    await field(page, 'hours.0.line').fill('lun, mar 9h-12h');
    await page.getByText('Compris : lundi à mardi 9h–12h').waitFor();
    await page.getByLabel('jour par jour').check();
    expect(await page.getByLabel('mardi').inputValue()).toBe('9h-12h');
    await page.getByLabel('mercredi').fill('14h-18h');
    await page.locator('#preview').getByText('14h–18h').waitFor();
    await page.getByLabel('en une ligne').check();
    expect(await field(page, 'hours.0.line').inputValue()).toBe('lun, mar 9h-12h, mer 14h-18h');
    await publish(page);
    await page.getByText('C’est publié.', { exact: true }).waitFor();

    await using plain = await openAs(OWNER, '/espace', { javaScriptEnabled: false });
    await field(plain.page, 'hours.0.line').fill('ven 8h-9h');
    await plain.page.getByLabel('jour par jour').check();
    await publish(plain.page);
    await plain.page.getByText('C’est publié.', { exact: true }).waitFor();
    expect((await said()).hours?.[0]?.availableTime).toEqual([
      { daysOfWeek: ['fri'], availableStartTime: '08:00', availableEndTime: '09:00' },
    ]);
  });

  test('a private contact counts once its code came back, and is on no page', async () => {
    await using opened = await openAs(OWNER, '/espace/contacts');
    const { page } = opened;
    const phone = page.locator('section', { has: page.getByRole('heading', { name: 'Téléphone' }) });
    await phone.getByLabel('Numéro de téléphone').fill('06 99');
    await phone.getByRole('button', { name: 'Recevoir un code' }).click();
    await page.locator('#faults').waitFor();
    await phone.getByLabel('Numéro de téléphone').fill('06 99 12 34 56');
    await phone.getByRole('button', { name: 'Recevoir un code' }).click();
    await phone.getByLabel('Code reçu').fill('nimporte');
    await phone.getByRole('button', { name: 'Vérifier' }).click();
    await page.getByText('Ce n’est pas le code').first().waitFor();
    await shoot(page, 'contacts');
    const code = /\d{6}/.exec(hook.taken.at(-1)!.text)![0];
    await phone.getByLabel('Code reçu').fill(code);
    await phone.getByRole('button', { name: 'Vérifier' }).click();
    await page.getByText('C’est vérifié.').waitFor();
    const shown = await (await fetch(`${pages.url}/correspondants/${RPPS}`)).text();
    expect(shown).not.toMatch(/0?699123456/);
    await page.getByRole('button', { name: 'Oublier ce numéro' }).click();
    await page.getByText('C’est oublié.').waitFor();
  });

  test('text that is hostile is shown as text: in the form, the preview, the history, the page', async () => {
    await using opened = await openAs(OWNER, '/espace');
    const { page, faults } = opened;
    const text = `${HOSTILE.name}</textarea>${HOSTILE.turned}`;
    await field(page, 'remarks').fill(text);
    await page.locator('#preview').getByText('alert(1)').waitFor();
    await publish(page);
    await page.getByText('C’est publié.', { exact: true }).waitFor();
    expect(await field(page, 'remarks').inputValue()).toContain(`${HOSTILE.name}</textarea>`);
    expect((await said()).remarks).not.toContain('\u202e');
    await page.goto(`${pages.url}/espace/historique`);
    await page.getByText('alert(1)').first().waitFor();
    expect(await page.locator('img[src=x]').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('nobody but who may: signing in first, and only from pages of ours', async () => {
    const anonymous = await fetch(`${pages.url}/espace/historique`, { redirect: 'manual' });
    expect(anonymous.headers.get('location')).toBe('/connexion?retour=%2Fespace%2Fhistorique');
    const sylvie = await provider.signIn(pages.app, 'Sylvie POLIGNAC');
    for (const path of ['/espace', `/espace/praticiens/${RPPS}`, `/espace/praticiens/${RPPS}/historique`])
      expect((await sylvie.fetch(path)).status, path).toBe(403);
    const { cookie, csrfToken } = await provider.signIn(pages.app, OWNER);
    const forge = (path: string, origin: string, csrf = '') =>
      fetch(`${pages.url}${path}`, {
        method: 'POST',
        headers: { cookie, origin, accept: 'text/html' },
        body: new URLSearchParams({ csrf, rpps: RPPS, version: '0', remarks: 'Forgé' }),
      });
    const foreign = await forge('/espace/reprise', 'https://ailleurs.exemple.fr', csrfToken);
    expect(foreign.status).toBe(403);
    expect(await foreign.text()).not.toContain('Forgé');
    expect((await forge('/espace', pages.url)).status).toBe(403);
    expect((await forge('/espace/reprise', pages.url)).status).toBe(200);
    expect(await said()).toEqual({});
  });

  test.each(VIEWS)(
    'axe finds nothing in any state: $name',
    { timeout: 240_000 },
    async ({ name, options }) => {
      await using opened = await openAs(OWNER, '/espace', { ...options, bypassCSP: true });
      const { page } = opened;
      const look = async (state: string) => {
        await page.waitForLoadState('networkidle');
        await shoot(page, `${state} ${name}`);
        expect(await findViolations(page), state).toEqual([]);
      };
      await look('empty');
      await field(page, 'hours.0.line').fill('9h');
      await field(page, 'area.radius').fill('999');
      await publish(page);
      await page.locator('#faults').waitFor();
      await look('faults');
      await field(page, 'hours.0.line').fill('lun-ven 9h-12h');
      await field(page, 'area.radius').fill('15');
      await field(page, 'area.communes').fill('Brioude');
      await publish(page);
      await page.getByText('C’est publié.', { exact: true }).waitFor();
      await look('filled');
      await field(page, 'remarks').fill('Moi');
      await save({ ...(await said()), remarks: 'Eux' }, 1);
      await publish(page);
      await page.locator('#conflicts').waitFor();
      await look('conflict');
      for (const path of ['historique', 'absence', 'delegues', 'contacts', 'consultations']) {
        await page.goto(`${pages.url}/espace/${path}`);
        await look(path);
      }
      await page.goto(`${pages.url}/mon-espace`);
      await look('mon-espace');
    },
  );
});
