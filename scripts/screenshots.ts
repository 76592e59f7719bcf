import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { chromium, type Page } from 'playwright-core';

/**
 * Pictures of every page of a running demonstration (`npm start`), to be looked at: as anybody, and as those of its people who see
 * pages of their own. The folder is kept out of git.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8787' },
    out: { type: 'string', default: 'screenshots' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    only: { type: 'string', default: '' },
  },
});

const TERRITORY = '/territoires/cpts-du-velay';
const VIEWS = {
  desktop: { viewport: { width: 1360, height: 900 } },
  dark: { viewport: { width: 1360, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 } },
  narrow: { viewport: { width: 320, height: 640 } },
} as const;

interface Visit {
  /** Somebody of the demonstration, and how they sign in; undefined: anybody. */
  as?: { name: string; provider: 'pro-sante-connect' | 'autre' };
  /** By the name of the picture. An address that leads nowhere yet is passed over. */
  paths: Record<string, string>;
  /** What is done on `/espace` before the picture, in order; a draft that is left over is dropped at the end. */
  states?: Record<string, (page: Page) => Promise<void>>;
}

const found = '/?q=kin%C3%A9&where=Le+Puy-en-Velay';
const pageOf = (id: string | undefined) => `/correspondants/${encodeURIComponent(id ?? 'personne')}`;
const said = await findOne('q=kin%C3%A9&where=Le+Puy-en-Velay&acceptsNewPatients=true');
const visits: Visit[] = [
  {
    paths: {
      welcome: '/',
      found,
      'found-narrowed': '/?q=kin%C3%A9&where=43&homeVisits=true&comesTo=Le+Puy-en-Velay',
      'found-services': '/?q=secr%C3%A9tariat&where=Lyon&kind=service',
      'found-experts': '/?kind=expert&q=avis',
      'found-teams': '/?kind=team&where=43',
      nobody: '/?q=zzzzqqqq&where=Pontarlier',
      'unknown-place': '/?q=kin%C3%A9&where=Pontarlieer',
      professional: pageOf(said),
      'professional-unsaid': pageOf(await findOne('q=cardiologue')),
      service: pageOf(await findOne('kind=service')),
      expert: pageOf(await findOne('kind=expert')),
      team: pageOf(await findOne('kind=team')),
      structure: '/structures/430000117',
      territory: TERRITORY,
      report: `${pageOf(said)}/erreur`,
      'sign-in': '/connexion',
      embed: '/embed?to=cardio@exemple.mssante.fr',
      docs: '/docs',
      'no-such-page': '/nulle-part',
      'no-such-invitation': '/invitation/x',
    },
  },
  {
    as: { name: 'Hélène MARTIN', provider: 'pro-sante-connect' },
    paths: {
      'my-space': '/mon-espace',
      'my-page': '/espace',
      'my-absences': '/espace/absence',
      'my-history': '/espace/historique',
      'my-delegates': '/espace/delegues',
      'my-contacts': '/espace/contacts',
      'my-readers': '/espace/consultations',
    },
    states: {
      'my-page-typed': async (page) => {
        await page.getByLabel('Horaires', { exact: true }).first().fill('lun-ven 9h-12h 14h-18h, sam 9h-12h');
        await page.getByText('Compris : lundi').first().waitFor();
        await page.getByText(/^Brouillon gardé/).waitFor();
      },
      'my-page-faults': async (page) => {
        await page.getByLabel('Horaires', { exact: true }).first().fill('lun-ven sauf mercredi');
        await page.getByLabel('Rayon, en kilomètres').fill('999');
        await page.getByRole('button', { name: 'Publier', exact: true }).click();
        await page.locator('#faults').waitFor();
      },
      'my-page-draft': async (page) => {
        await page.getByText('Voici votre brouillon').waitFor();
      },
    },
  },
  {
    as: { name: 'Armand LAVOÛTE', provider: 'autre' },
    paths: { expertises: '/espace/expertises', teams: '/espace/equipes' },
  },
  {
    as: { name: 'Odile VERNASSAL', provider: 'autre' },
    paths: {
      territories: '/territoires',
      board: TERRITORY,
      members: `${TERRITORY}/professionnels`,
      invitations: `${TERRITORY}/invitations`,
      imports: `${TERRITORY}/imports`,
      'territory-reports': `${TERRITORY}/erreurs`,
    },
  },
  {
    as: { name: 'Berthe ALLÈGRE', provider: 'autre' },
    paths: {
      operator: '/exploitation',
      run: '/exploitation/imports/1',
      keys: '/exploitation/cles',
      oppositions: '/exploitation/oppositions',
      'error-reports': '/exploitation/erreurs',
      journal: '/exploitation/journal',
    },
  },
];

await mkdir(values.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: values.chromium,
  args: ['--no-sandbox', '--disable-background-networking'],
});
for (const { as, paths, states = {} } of visits) {
  const storageState = as && (await signIn(as));
  for (const [view, options] of Object.entries(VIEWS)) {
    const context = await browser.newContext({ ...options, ...(storageState && { storageState }) });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(paths)) {
      if (!name.includes(values.only)) continue;
      const answer = await page.goto(new URL(path, values.url).href, { waitUntil: 'networkidle' });
      if (answer?.status() === 404 && !name.startsWith('no-such')) continue;
      await picture(page, name, view);
    }
    for (const [name, work] of Object.entries(states)) {
      if (!name.includes(values.only)) continue;
      await page.goto(new URL('/espace', values.url).href, { waitUntil: 'networkidle' });
      await work(page);
      await picture(page, name, view);
    }
    await dropDraft(page);
    if (paths['found'] !== undefined && values.only === '') await printed(page, view);
    if (paths['imports'] !== undefined && 'import-preview'.includes(values.only)) await previewed(page, view);
    await context.close();
  }
}
await browser.close();

/** The first screen, and the whole page. A map is fetched when everything else is there. */
async function picture(page: Page, name: string, view: string): Promise<void> {
  const map = page.locator('#map');
  if ((await map.isVisible()) && (await page.locator('.card').count()) > 0)
    await map.locator('.leaflet-tile-loaded').first().waitFor();
  await page.screenshot({ path: join(values.out, `${name}-${view}.png`) });
  await page.screenshot({ path: join(values.out, `${name}-${view}-whole.png`), fullPage: true });
}

async function dropDraft(page: Page): Promise<void> {
  const drop = page.getByRole('button', { name: 'Abandonner le brouillon' });
  if (await drop.isVisible()) await drop.click();
}

async function printed(page: Page, view: string): Promise<void> {
  await page.goto(new URL(found, values.url).href);
  await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: join(values.out, `found-print-${view}.png`) });
}

/** A spreadsheet with a line that changes a page, one that may be about many people, and one that is wrong. */
async function previewed(page: Page, view: string): Promise<void> {
  const rows = [
    'RPPS;Nom;Commune;Nouveaux patients;Horaires',
    `${await findRpps('q=kin%C3%A9')};;;oui;lun-ven 9h-12h`,
    ';MARTIN;Le Puy-en-Velay;oui;',
    `${await findRpps('q=infirmier')};;;peut-être;lun-ven 9h-25h`,
  ];
  await page.goto(new URL(`${TERRITORY}/imports`, values.url).href);
  const buffer = Buffer.from(rows.join('\n'));
  await page.getByLabel('Fichier CSV').setInputFiles({ name: 'cpts.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Vérifier ce tableau' }).click();
  await page.waitForLoadState('networkidle');
  for (const [name, tab] of [
    ['import-preview', /^Fausses/],
    ['import-preview-doubtful', /^Douteuses/],
    ['import-preview-changes', /^Changent/],
  ] as const) {
    const link = page.getByRole('link', { name: tab });
    if ((await link.count()) === 0) continue;
    await link.click();
    await page.waitForLoadState('networkidle');
    await picture(page, name, view);
  }
}

async function signIn({ name, provider }: NonNullable<Visit['as']>) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(new URL(`/connexion?avec=${provider}&retour=%2Fmon-espace`, values.url).href);
  await page.getByRole('button', { name }).click();
  await page.waitForURL(new URL('/mon-espace', values.url).href);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Of somebody of the territory. */
async function findRpps(query: string): Promise<string> {
  const id = await findOne(`${query}&where=Le+Puy-en-Velay&kind=professional`);
  return id?.replace(/^professional-8/, '') ?? '';
}

async function findOne(query: string): Promise<string | undefined> {
  const answer = await fetch(new URL(`/v1/correspondents?limit=1&${query}`, values.url));
  const { results } = (await answer.json()) as { results: { id: string }[] };
  return results[0]?.id;
}
