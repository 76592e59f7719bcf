import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { DeclarationContent } from '#domain/declaration.ts';
import { FORM_MODELS } from '#domain/form-models.ts';
import { toDeclaredId } from '#domain/correspondent-id.ts';
import { declare } from '#profiles/declarations/declare.ts';

import { CHROMIUM, HOSTILE, openPages, type OpenedPages } from './open-pages.ts';

const OPERATOR = { actor: { kind: 'operator' } } as const;
const ISAURE = '899000000001';
const WEEKDAYS = [
  { daysOfWeek: ['mon' as const, 'tue' as const], availableStartTime: '08:30', availableEndTime: '18:00' },
];

const EXPERTISE: DeclarationContent['expert'] = {
  title: 'Avis sur la rééducation respiratoire',
  domain: 'pneumologie',
  answers: ['Encombrement du nourrisson', 'Mucoviscidose', HOSTILE.turned],
  doesNotAnswer: ['Prise de rendez-vous'],
  population: 'enfants',
  area: [
    { kind: 'departement', code: '43' },
    { kind: 'commune', code: '42218' },
  ],
  usualDelay: { value: 2, unit: 'days' },
  urgentNumbers: [
    { case: 'Détresse respiratoire', phone: '15' },
    { case: 'Avis le jour même', phone: '0465710001', availableTime: WEEKDAYS },
  ],
  mailbox: 'isaure.vallorbe@exemple.mssante.fr',
  form: {
    ...FORM_MODELS.find((it) => it.kind === 'expert')!.form,
    description: `Précisez. ${HOSTILE.name}`,
  },
};
const TEAM: DeclarationContent['team'] = {
  name: 'Équipe mobile du Velay',
  type: 'equipe-mobile-geriatrie',
  missions: ['Évaluation à domicile'],
  public: 'personnes de plus de 75 ans',
  area: [{ kind: 'departement', code: '43' }],
  hours: WEEKDAYS,
  notAvailable: [{ description: 'Inventaire', during: { start: '2030-01-02', end: '2030-01-03' } }],
  mailbox: 'cardio@ch-lepuy.mssante.fr',
};

describe.skipIf(CHROMIUM === undefined)('pages of experts and teams', () => {
  let pages: OpenedPages;
  let expertPath: string;
  let teamPath: string;

  beforeAll(async () => {
    pages = await openPages();
    const { db } = pages.directory.store;
    const expert = await declare(
      db,
      'expert',
      { owner: { practitionerId: ISAURE }, content: EXPERTISE },
      OPERATOR,
    );
    const team = await declare(
      db,
      'team',
      { owner: { organizationId: '1430000018' }, content: TEAM },
      OPERATOR,
    );
    expertPath = `/correspondants/${toDeclaredId('expert', expert.key)}`;
    teamPath = `/correspondants/${toDeclaredId('team', team.key)}`;
    await pages.directory.untilIndexed();
  }, 120_000);
  afterAll(() => pages?.[Symbol.asyncDispose]());

  const textOf = (text: string | null) => text!.replace(/\s+/g, ' ');

  test.each([
    ['with scripts', {}],
    ['without scripts, on a phone', { javaScriptEnabled: false, viewport: { width: 320, height: 640 } }],
  ])('from a search to the message of a request, %s', async (_, options) => {
    await using opened = await pages.open(
      '/?q=encombrement+nourrisson&where=Haute-Loire&kind=expert',
      options,
    );
    const { page, faults } = opened;
    const card = page.locator('.card');
    expect(await card.count()).toBe(1);
    const said = textOf(await card.textContent());
    for (const part of ['Encombrement du nourrisson', 'enfants', 'Haute-Loire', 'sous 2 jours'])
      expect(said).toContain(part);
    await card.getByRole('link', { name: 'Demander un avis' }).click();
    await page.waitForURL((url) => url.hash === '#demande');
    const request = page.locator('#demande');
    const questions = textOf(await request.textContent());
    for (const question of [
      'Patient',
      'Âge (années) *',
      'oui ou non',
      'une réponse : Femme, Homme',
      'Précisez.',
    ])
      expect(questions).toContain(question);
    const link = new URL(
      (await request.getByRole('link', { name: 'Écrire la demande' }).getAttribute('href'))!,
    );
    expect(decodeURIComponent(link.pathname)).toBe('isaure.vallorbe@exemple.mssante.fr');
    expect(link.searchParams.get('subject')).toBe('Demande d’avis – Avis sur la rééducation respiratoire');
    expect(link.searchParams.get('body')).toContain('- Âge (années) *\u00a0:\n');
    // Nothing can be answered here.
    expect(await page.locator('main input, main textarea, main select').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('an expert says what to ask and what not, whom to call and when, and for where', async () => {
    await using opened = await pages.open(expertPath);
    const { page, faults } = opened;
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(EXPERTISE.title);
    expect(await page.locator('.takes li').allTextContents()).toHaveLength(3);
    expect(textOf(await page.locator('.leaves').textContent())).toContain('Prise de rendez-vous');
    const urgent = page.locator('.urgent li');
    expect(await urgent.nth(0).getByRole('link').getAttribute('href')).toBe('tel:15');
    expect(textOf(await urgent.nth(0).textContent())).toContain('À toute heure');
    expect(await urgent.nth(1).getByRole('link').getAttribute('href')).toBe('tel:0465710001');
    expect(textOf(await urgent.nth(1).textContent())).toContain('lundi à mardi 8h30–18h');
    const area = page.getByRole('region', { name: 'Pour quel territoire' });
    expect(await area.getByRole('listitem').allTextContents()).toEqual(['Haute-Loire', 'Saint-Étienne']);
    await page.getByRole('link', { name: 'Isaure VALLORBE', exact: false }).first().click();
    await page.waitForURL(/correspondants\/99000000001$/);
    expect(faults).toEqual([]);
  });

  test('a team says what it does, for whom, and when', async () => {
    await using opened = await pages.open(teamPath);
    const { page } = opened;
    const text = textOf(await page.locator('main').textContent());
    for (const part of [
      'Évaluation à domicile',
      'plus de 75 ans',
      '8h30–18h',
      'Inventaire',
      'Demander un appui',
    ])
      expect(text).toContain(part);
  });

  test('both are for machines too: schema.org, vCard, QR', async () => {
    await using opened = await pages.open(expertPath, { javaScriptEnabled: false });
    const data = JSON.parse((await opened.page.locator('script[type="application/ld+json"]').textContent())!);
    expect(data).toMatchObject({ areaServed: ['Haute-Loire', 'Saint-Étienne'], knowsAbout: 'Pneumologie' });
    const card = (await (await fetch(`${pages.url}${expertPath}/vcard`)).text()).replaceAll('\r\n ', '');
    expect(card).toContain('KIND:org');
    expect(card).toContain(String.raw`\nUrgence – Détresse respiratoire`);
    expect((await fetch(`${pages.url}${expertPath}/qr`)).headers.get('content-type')).toBe('image/svg+xml');
    const report = await fetch(`${pages.url}${teamPath}/erreur`);
    expect(await report.text()).toContain('Équipe mobile du Velay');
  });
});
