import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole } from '#access/roles.ts';

import { DEMO_PEOPLE } from '../../src/demo/demo-people.ts';
import { importFiles } from '../support/import-files.ts';
import { openOfficialFolder } from '../support/official-files.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { STORE_KINDS } from '../support/test-store.ts';
import { DEVICES } from './devices.ts';
import { choose, focusByTab, press, typeInto } from './keyboard.ts';
import { CHROMIUM, openPages, type OpenedPages } from './open-pages.ts';

const BERTHE = 'Berthe ALLÈGRE';
const LINES = 20_000;

/** The embedded Postgres has one connection: while an import writes, its pages wait. */
const hasServer = STORE_KINDS.includes('Postgres server');

/** Whoever runs the directory signs in, watches the import of the night, compares, gives a key and takes it back, reads the journal. */
describe.skipIf(CHROMIUM === undefined || !hasServer)('the work of an operator', () => {
  let provider: TestProvider;
  let pages: OpenedPages;
  beforeAll(async () => {
    pages = await openPages({
      store: 'Postgres server',
      signIn: async (url) => {
        provider = await openTestProvider(DEMO_PEOPLE, url);
        return provider.settings;
      },
    });
    await grantRole(
      pages.directory.store.db,
      { who: provider.subjectOf(BERTHE), role: 'administrator', target: undefined },
      { actor: { kind: 'operator' } },
    );
  });
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
  });

  /** As every night: one file after the other until `isSeen`; then one that lacks most of its lines. */
  async function importUntil(isSeen: () => boolean): Promise<void> {
    await using folder = await openOfficialFolder();
    const run = async (count: number, night: number, acceptChanges: boolean) => {
      const lines = Array.from({ length: count }, (_, index) => ({
        "Type d'identifiant PP": '8',
        'Identifiant PP': '99000009999',
        'Identification nationale PP': '899000009999',
        'Code profession': '10',
        'Code type savoir-faire': 'S',
        'Code savoir-faire': `SM${night}-${index}`,
      }));
      const path = await folder.writeSavoirFaire(lines);
      return importFiles(pages.directory.store, [{ source: 'savoir-faire', path }], { acceptChanges });
    };
    const states: string[] = [];
    for (let night = 0; !isSeen(); night += 1) states.push((await run(LINES, night, true)).state);
    states.push((await run(10, 0, false)).state);
    expect(new Set(states)).toEqual(new Set(['succeeded', 'refused']));
  }

  test.each(DEVICES)('by keyboard alone, %s', async (device, options) => {
    await using opened = await pages.open('/exploitation', options);
    const { page, faults } = opened;
    const link = (name: string | RegExp) => page.getByRole('link', { name, exact: true });
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

    await press(page, link('Autre compte'));
    await press(page, page.getByRole('button', { name: BERTHE }));
    await page.waitForURL(`${pages.url}/exploitation`);
    // The pages of the provider are elsewhere, by their nature.
    faults.length = 0;

    // The import of the night goes on by itself, and so does the page.
    let isSeen = false;
    const importing = importUntil(() => isSeen);
    try {
      await page.locator('.running', { hasText: /lecture|comparaison|écriture/ }).waitFor();
      await page.getByRole('progressbar').first().waitFor();
    } finally {
      isSeen = true;
      await importing;
    }
    const history = page.getByRole('region', { name: 'Derniers imports' });
    await history.getByText('refusé par un seuil').first().waitFor();
    await history.getByText('fait').first().waitFor();
    await focusByTab(page, history);
    const refused = history.getByRole('row').filter({ hasText: 'refusé par un seuil' }).first();
    await press(page, refused.getByRole('link'));
    await page.getByText(/de lignes qui disparaîtraient,\s+pour\s+5,0/).waitFor();
    await press(page, link('Maintenant'));

    const sources = page.getByRole('region', { name: 'Fraîcheur des fichiers' });
    await focusByTab(page, sources);
    await sources
      .getByRole('row', { name: /^savoir-faire .* à l’instant|^savoir-faire .*(?:seconde|minute)/ })
      .waitFor();
    await press(page, button('Comparer maintenant'));
    await page.getByText('Aucune différence').waitFor();

    await press(page, link('Clés'));
    const name = `Messagerie ${device}`;
    await typeInto(page, page.getByLabel('Application', { exact: true }), name);
    await press(page, page.getByLabel('Suivre tous les changements'), 'Space');
    await press(page, button('Créer la clé'));
    const key = (await page.locator('.secret').textContent())!;
    const ask = async () =>
      (await fetch(`${pages.url}/v1/changes`, { headers: { authorization: `Bearer ${key}` } })).status;
    expect(await ask()).toBe(200);
    await press(page, button('Copier la clé'));
    await press(page, button(`Révoquer la clé de ${name}`));
    await page.getByRole('row', { name }).getByText('révoquée').waitFor();
    expect(await ask()).toBe(401);

    await press(page, link('Journal'));
    await typeInto(page, page.getByLabel('Qui (nom)'), BERTHE);
    await choose(page, page.getByLabel('Opération'), 'Révoquer une clé');
    await press(page, button('Filtrer'));
    await page.getByRole('cell', { name: 'Révoquer une clé' }).first().waitFor();
    expect(await page.getByRole('cell', { name: 'Créer une clé' }).count()).toBe(0);
    await press(page, button('Se déconnecter'));
    await link('Se connecter').waitFor();
    expect((await page.goto(`${pages.url}/exploitation`))!.url()).toContain('/connexion');
    expect(faults).toEqual([]);
  });
});
