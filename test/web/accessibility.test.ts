import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole } from '#access/roles.ts';
import { toDeclaredId } from '#domain/correspondent-id.ts';
import type { DeclarationContent } from '#domain/declaration.ts';
import { AppError } from '#domain/errors.ts';
import { FORM_MODELS } from '#domain/form-models.ts';
import { declare } from '#profiles/declarations/declare.ts';
import { openSearchEngine } from '#search/engine.ts';

import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { findViolations, VIEWS } from './find-violations.ts';
import { CHROMIUM, openPages, type OpenedPages } from './open-pages.ts';

const MANAGER = 'Armand LAVOÛTE';
const HOSPITAL = '1430000018';
const OPERATOR = { actor: { kind: 'operator' } } as const;
const URGENT = [{ case: 'Urgence vitale', phone: '15' }];
const CONTENT: DeclarationContent = {
  expert: {
    title: 'Avis sur la drépanocytose',
    domain: 'hematologie',
    answers: ['Crise douloureuse'],
    doesNotAnswer: ['Prise de rendez-vous'],
    area: [{ kind: 'departement', code: '43' }],
    urgentNumbers: URGENT,
    mailbox: 'cardio@ch-lepuy.mssante.fr',
    form: FORM_MODELS.find((it) => it.kind === 'expert')!.form,
  },
  team: {
    name: 'Appui du Velay',
    type: 'dac',
    missions: ['Situations complexes'],
    area: [{ kind: 'departement', code: '43' }],
    urgentNumbers: URGENT,
    form: FORM_MODELS.find((it) => it.kind === 'team')!.form,
  },
};

/** Each state in which somebody may see a page, with words that only that state shows. */
const STATES: {
  path: string;
  shows: string;
  server?: 'without engine' | 'without store' | 'overloaded';
  /** Who looks at it; anybody when absent. */
  as?: typeof MANAGER;
  /** What they do there first. */
  work?: (page: Page) => Promise<void>;
}[] = [
  { path: '/', shows: 'Par exemple' },
  { path: '/?q=martin&where=43', shows: '25 correspondants' },
  { path: '/?q=ardechois&homeVisits=true&comesTo=Brioude', shows: 'Se déplace jusqu’à' },
  { path: '/?q=zzzzqqqq', shows: 'Personne ne répond' },
  { path: '/?q=martain+zozo&where=43', shows: 'Peu de réponses exactes' },
  { path: '/?where=Pontarlieer', shows: 'Ce lieu n’est pas connu' },
  { path: '/?q=martin', shows: 'La recherche est réduite', server: 'without engine' },
  { path: '/correspondants/99000000001', shows: 'non précisé' },
  { path: '/correspondants/99000000002', shows: 'Sur rendez-vous.' },
  { path: '/correspondants/99000000003', shows: 'HOSTILE' },
  { path: '/correspondants/cardio@ch-lepuy.mssante.fr', shows: 'Service' },
  { path: '/structures/430000018', shows: 'CENTRE HOSPITALIER EMILE ROUX' },
  { path: '/correspondants/99000000001/erreur', shows: 'Ce qui est faux' },
  { path: '/correspondants/99000000001/erreur?envoye=1', shows: 'Merci' },
  { path: '/connexion', shows: 'Chercher ne demande pas de compte' },
  { path: '/embed', shows: 'Dans votre page' },
  { path: '/docs', shows: 'Guide for integrators' },
  { path: '/nulle-part', shows: 'Cette page n’existe pas' },
  { path: '/?inconnu=1', shows: 'Cette adresse n’est pas valable' },
  { path: '/?q=martin', shows: 'L’annuaire ne répond pas', server: 'without store' },
  { path: '/?q=martin', shows: 'Trop de demandes', server: 'overloaded' },
  { path: '/?kind=expert,team&where=43', shows: 'Avis sur la drépanocytose' },
  { path: '/correspondants/EXPERT', shows: 'Ce que vous pouvez demander' },
  { path: '/correspondants/TEAM', shows: 'Ce que fait l’équipe' },
  { path: '/correspondants/EXPERT/erreur', shows: 'Ce qui est faux' },
  { as: MANAGER, path: '/espace/expertises', shows: 'Avis sur la drépanocytose' },
  { as: MANAGER, path: '/espace/expertises/nouvelle', shows: 'Déclarer une expertise' },
  { as: MANAGER, path: '/espace/expertises/nouvelle', shows: 'il reste à corriger', work: publishAsItIs },
  { as: MANAGER, path: '/espace/expertises/nouvelle', shows: 'Question 8', work: takeModel },
  { as: MANAGER, path: '/espace/expertises/EXPERT', shows: 'Modifier une expertise' },
  { as: MANAGER, path: '/espace/expertises/EXPERT/historique', shows: 'Version 1' },
  { as: MANAGER, path: '/espace/expertises/EXPERT/facturation', shows: 'Facturation' },
  { as: MANAGER, path: '/espace/equipes', shows: 'Appui du Velay' },
  { as: MANAGER, path: '/espace/equipes/nouvelle', shows: 'Déclarer une équipe ressource' },
  { as: MANAGER, path: '/espace/equipes/nouvelle', shows: 'il reste à corriger', work: publishAsItIs },
  { as: MANAGER, path: '/espace/equipes/TEAM', shows: 'Appui du Velay' },
  { as: MANAGER, path: '/espace/equipes/TEAM/historique', shows: 'Version 1' },
];

describe.skipIf(CHROMIUM === undefined)('accessibility', () => {
  let provider: TestProvider;
  let pages: OpenedPages;
  const urls: Record<string, string> = {};
  const ids: Record<string, string> = {};
  let cookie: string;
  beforeAll(async () => {
    provider = await openTestProvider();
    pages = await openPages({ signIn: provider.settings });
    const nobody = { url: 'http://127.0.0.1:9', key: undefined, indexName: 'x', timeoutMs: 200 };
    urls['without engine'] = await pages.serve({ engine: openSearchEngine(nobody) });
    urls['without store'] = await pages.serve({
      openDirectory: () => {
        throw new AppError('store-unavailable', 'The database does not answer.', {});
      },
    });
    urls['overloaded'] = await pages.serve({
      openDirectory: () => {
        throw new AppError('too-many-requests', 'Too many requests.', { retryAfterSeconds: 1 });
      },
    });
    const { db } = pages.directory.store;
    const who = provider.subjectOf(MANAGER);
    await grantRole(db, { who, role: 'manager', target: HOSPITAL }, OPERATOR);
    ({ cookie } = await provider.signIn(pages.app, MANAGER));
    for (const kind of ['expert', 'team'] as const) {
      const declared = { owner: { organizationId: HOSPITAL }, content: CONTENT[kind] };
      ids[kind.toUpperCase()] = toDeclaredId(kind, (await declare(db, kind, declared, OPERATOR)).key);
    }
    await pages.directory.untilIndexed();
  }, 120_000);
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
  });

  test.each(VIEWS)(
    'axe finds nothing, and nothing needs sideways scrolling: $name',
    { timeout: 600_000 },
    async ({ options }) => {
      for (const { path: pattern, shows, server, as, work } of STATES) {
        const path = pattern.replace(/EXPERT|TEAM/, (word) => ids[word]!);
        const url = `${server === undefined ? pages.url : urls[server]}${path}`;
        const extraHTTPHeaders = { accept: 'text/html', ...(as && { cookie }) };
        // The policy of the pages refuses scripts from elsewhere, axe too.
        await using opened = await pages.open(url, { ...options, bypassCSP: true, extraHTTPHeaders });
        const { page } = opened;
        await work?.(page);
        await page.waitForLoadState('networkidle');
        const text = (await page.locator('body').innerText()).replace(/\s+/g, ' ');
        expect(text, `${server ?? ''} ${path}`).toContain(shows);
        expect(await findViolations(page), `${server ?? ''} ${path}`).toEqual([]);
      }
    },
  );
});

async function publishAsItIs(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publier', exact: true }).click();
  await page.getByRole('alert').first().waitFor();
}

async function takeModel(page: Page): Promise<void> {
  await page.locator('#model').selectOption({ index: 1 });
  await page.locator('button[value=model]').click();
  await page.locator('[id="q.7.title"]').waitFor();
}
