import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { chromium, type Page } from 'playwright-core';

import { listVisits, type PicturedIds } from './pictured-pages.ts';

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
const FOUND = '/?q=kin%C3%A9&where=Le+Puy-en-Velay';
type Visit = ReturnType<typeof listVisits>[number];

const VIEWS = {
  desktop: { viewport: { width: 1360, height: 900 } },
  dark: { viewport: { width: 1360, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 } },
  narrow: { viewport: { width: 320, height: 640 } },
} as const;

await mkdir(values.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: values.chromium,
  args: ['--no-sandbox', '--disable-background-networking'],
});
const ids: PicturedIds = {
  said: await findOne('q=kin%C3%A9&where=Le+Puy-en-Velay&acceptsNewPatients=true'),
  unsaid: await findOne('q=cardiologue'),
  service: await findOne('kind=service'),
  expert: await findOne('kind=expert'),
  team: await findOne('kind=team'),
  ownExpert: await findOwn('/espace/expertises', 'expert'),
  ownTeam: await findOwn('/espace/equipes', 'team'),
  rpps: await findRpps('q=kin%C3%A9'),
};
for (const { as, paths, states = {} } of listVisits(ids)) {
  const storageState = as && (await signIn(as));
  for (const [view, options] of Object.entries(VIEWS)) {
    const context = await browser.newContext({
      locale: 'fr-FR',
      ...options,
      ...(storageState && { storageState }),
    });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(paths)) {
      if (!name.includes(values.only)) continue;
      const answer = await page.goto(new URL(path, values.url).href, { waitUntil: 'networkidle' });
      if (answer?.status() === 404 && !name.startsWith('no-such')) continue;
      await picture(page, name, view);
    }
    for (const [name, { path, work }] of Object.entries(states)) {
      if (!name.includes(values.only)) continue;
      await page.goto(new URL(path, values.url).href, { waitUntil: 'networkidle' });
      await work(page);
      await picture(page, name, view);
    }
    for (const path of new Set(Object.values(states).map((it) => it.path))) await dropDraft(page, path);
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

async function dropDraft(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, values.url).href, { waitUntil: 'networkidle' });
  const drop = page.getByRole('button', { name: 'Abandonner le brouillon' });
  if (await drop.isVisible()) await drop.click();
}

async function printed(page: Page, view: string): Promise<void> {
  await page.goto(new URL(FOUND, values.url).href);
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
  return id.replace(/^professional-8/, '');
}

/** Of what the one who manages services has declared. */
async function findOwn(path: string, kind: string): Promise<string> {
  const storageState = await signIn({ name: 'Armand LAVOÛTE', provider: 'autre' });
  const context = await browser.newContext({ storageState });
  const page = await context.newPage();
  await page.goto(new URL(path, values.url).href);
  const [id = 'aucune'] = new RegExp(`${kind}-\\w+`).exec(await page.content()) ?? [];
  await context.close();
  return id;
}

async function findOne(query: string): Promise<string> {
  const answer = await fetch(new URL(`/v1/correspondents?limit=1&${query}`, values.url));
  const { results } = (await answer.json()) as { results: { id: string }[] };
  return results[0]?.id ?? 'personne';
}
