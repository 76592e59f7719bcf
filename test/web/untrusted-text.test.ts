import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole } from '#access/roles.ts';
import type { DeclarationContent } from '#domain/declaration.ts';
import { REPORT_MESSAGE_MAX } from '#domain/error-report.ts';
import { declare } from '#profiles/declarations/declare.ts';
import { putTerritories } from '#store/territories.ts';

import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { CHROMIUM, HOSTILE, openPages, type OpenedPages } from './open-pages.ts';

const REPORTED = `${HOSTILE.name} ${HOSTILE.turned} ${'C'.repeat(REPORT_MESSAGE_MAX)}`.slice(
  0,
  REPORT_MESSAGE_MAX,
);
const ADMINISTRATOR = 'Berthe ALLÈGRE';

const OPERATOR = { actor: { kind: 'operator' } } as const;
const HOSPITAL = '1430000018';
/** A mark that turns the direction and is never closed. */
const LOOSE = '\u202Eelatipoh';
const LONG_LINES = `${HOSTILE.name}\n${HOSTILE.endless}\n${LOOSE}`;
const SHARED = {
  area: [{ kind: 'territory' as const, code: 'velay' }],
  urgentNumbers: [{ case: `${HOSTILE.name} ${LOOSE}`, phone: '15' }],
  form: {
    type: 'object' as const,
    title: `Demande ${LOOSE}`,
    description: `${HOSTILE.name} ${HOSTILE.long}`,
    properties: {
      motif: { type: 'string' as const, title: HOSTILE.turned, enum: [HOSTILE.name, LOOSE, HOSTILE.long] },
    },
  },
};
const CONTENT: DeclarationContent = {
  expert: {
    ...SHARED,
    title: `Avis hostile ${HOSTILE.name} ${LOOSE}`,
    domain: 'pneumologie',
    answers: [HOSTILE.turned, HOSTILE.long.slice(0, 200)],
    doesNotAnswer: [HOSTILE.name],
    population: LOOSE,
  },
  team: {
    ...SHARED,
    name: `Équipe hostile ${HOSTILE.name} ${LOOSE}`,
    type: 'dac',
    missions: [HOSTILE.turned, HOSTILE.long.slice(0, 200)],
    public: LOOSE,
  },
};
const DECLARED = { expert: 'expertises', team: 'equipes' } as const;

/** Pages that show what somebody else wrote: a file, a person on their page, a reader who reports. */
const PATHS = [
  '/?q=hostile',
  '/?q=interminable',
  `/?q=${encodeURIComponent(`${HOSTILE.name}${HOSTILE.turned}`)}`,
  `/?q=${encodeURIComponent(HOSTILE.endless.slice(0, 9000))}`,
  `/?where=${encodeURIComponent(HOSTILE.name)}`,
  '/correspondants/99000000003',
  '/correspondants/99000000004',
  '/correspondants/99000000006',
  '/?q=sansfin',
  '/correspondants/99000000003/erreur',
  `/embed?to=${encodeURIComponent(HOSTILE.name)}&to=${HOSTILE.long}`,
  `/connexion?retour=${encodeURIComponent('//evil.example/"><script>alert(4)</script>')}`,
  '/exploitation/erreurs',
  '/exploitation/journal',
  '/?kind=expert&q=hostile',
  '/?kind=team&q=hostile',
  ...(['expert', 'team'] as const).flatMap((kind) => [
    `/correspondants/${kind}`,
    `/correspondants/${kind}/erreur`,
    `/espace/${DECLARED[kind]}`,
    `/espace/${DECLARED[kind]}/${kind}`,
    `/espace/${DECLARED[kind]}/${kind}/historique`,
    `/espace/${DECLARED[kind]}/nouvelle`,
  ]),
  '/espace/expertises/expert/facturation',
  ...['', '/professionnels', '/invitations', '/imports', '/erreurs'].map((it) => `/territoires/velay${it}`),
  ...['fault', 'doubtful', 'change', 'toutes'].map((it) => `/territoires/velay/imports/IMPORT?lignes=${it}`),
  '/espace/praticiens/99000000003',
  '/espace/praticiens/99000000003/historique',
  '/espace/praticiens/99000000003/absence',
];

describe.skipIf(CHROMIUM === undefined)('text that others wrote', () => {
  let provider: TestProvider;
  let pages: OpenedPages;
  /** What the words of a path stand for. */
  const ids: Record<string, string> = {};
  let cookies: { name: string; value: string; url: string }[];
  beforeAll(async () => {
    provider = await openTestProvider();
    pages = await openPages({ signIn: provider.settings });
    await grantRole(
      pages.directory.store.db,
      { who: provider.subjectOf(ADMINISTRATOR), role: 'administrator', target: undefined },
      { actor: { kind: 'operator' } },
    );
    const { cookie } = await provider.signIn(pages.app, ADMINISTRATOR);
    cookies = cookie.split('; ').map((it) => {
      const [name = '', value = ''] = it.split('=');
      return { name, value, url: pages.url };
    });
    const report = await fetch(`${pages.url}/v1/correspondents/99000000003/error-reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ field: 'other', message: REPORTED }),
    });
    expect(report.status).toBe(201);
    await seed();
  }, 120_000);
  const idOf = (word: string) => ids[word] ?? word;
  /** A spreadsheet, an expertise, a team, and what somebody is typing of each, all by somebody hostile. */
  async function seed(): Promise<void> {
    const { db } = pages.directory.store;
    const name = `CPTS ${HOSTILE.name} ${HOSTILE.turned}`;
    await putTerritories(db, [{ id: 'velay', name, communeCodes: ['43157'] }]);
    const who = provider.subjectOf(ADMINISTRATOR);
    await grantRole(db, { who, role: 'manager', target: HOSPITAL }, OPERATOR);
    const berthe = await provider.signIn(pages.app, ADMINISTRATOR);
    const sheet = [
      `RPPS;Nom;Commune;Nouveaux patients;Remarques;Horaires`,
      `99000000001;;;oui;${HOSTILE.name} ${LOOSE};`,
      `99000000003;${HOSTILE.name};;${LOOSE};${HOSTILE.endless};${HOSTILE.name}`,
      `;MARTIN;${LOOSE};oui;${HOSTILE.long};`,
      `${HOSTILE.name};${HOSTILE.endless};;;;`,
    ].join('\n');
    const fileName = encodeURIComponent(`${HOSTILE.name}${LOOSE}.csv`);
    const made = await berthe.fetch(`/v1/territories/velay/imports?fileName=${fileName}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: sheet,
    });
    expect(made.status, await made.clone().text()).toBe(201);
    ids['IMPORT'] = ((await made.json()) as { id: string }).id;
    for (const kind of ['expert', 'team'] as const) {
      const { key } = await declare(
        db,
        kind,
        { owner: { organizationId: HOSPITAL }, content: CONTENT[kind] },
        OPERATOR,
      );
      ids[kind] = `${kind}-${key}`;
      const version = { csrf: berthe.csrfToken, do: 'draft', version: '1' };
      const typed = {
        title: HOSTILE.endless,
        name: HOSTILE.endless,
        answers: LONG_LINES,
        missions: LONG_LINES,
      };
      const body = { ...version, ...typed, area: HOSTILE.name, hours: HOSTILE.turned, population: LOOSE };
      const kept = await berthe.fetch(`/espace/${DECLARED[kind]}/${ids[kind]}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...body, 'q.0.title': HOSTILE.name, 'urgent.0.case': HOSTILE.turned }),
      });
      expect(kept.status).toBe(200);
    }
    await pages.directory.untilIndexed();
  }
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
  });

  test.each(PATHS.map((path) => [path.slice(0, 60), path]))(
    '%s: nothing of it runs, nothing overflows, its direction stays its own',
    async (_, path) => {
      await using opened = await pages.open('/embed', { viewport: { width: 320, height: 640 } });
      const { page, context, faults } = opened;
      await context.addCookies(cookies);
      await context.addInitScript('globalThis.alert = (it) => { globalThis.ran = it; };');
      const address = path.replace(/(?<=\/)(?:expert|team|IMPORT)(?=[/?]|$)/, idOf);
      const answer = await page.goto(`${pages.url}${address}`, { waitUntil: 'networkidle' });
      expect(answer!.status()).toBeLessThan(500);
      expect(await page.evaluate('globalThis.ran')).toBeUndefined();
      expect(await page.locator('img[src=x], [onerror], a[href^="javascript:" i]').count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(await page.evaluate(LOOSE_MARKS)).toEqual([]);
      expect(faults.filter((it) => !/status of 40[04]/.test(it))).toEqual([]);
    },
  );

  test('is there to be read, as it was written', async () => {
    await using opened = await pages.open('/correspondants/99000000003');
    const { page, context } = opened;
    await page.getByText(HOSTILE.name).first().waitFor();
    await context.addCookies(cookies);
    await page.goto(`${pages.url}/exploitation/erreurs`);
    await page.getByText('alert(1)').first().waitFor();
  });

  test('does not run in the choices of the picker either', async () => {
    await using opened = await pages.open('/embed');
    const { page, faults } = opened;
    await page.evaluate(`document.querySelector('correspondant-picker').recipients = [{
      id: 'x', name: ${JSON.stringify(HOSTILE.turned + HOSTILE.name)}, detail: '', address: 'x@exemple.mssante.fr', status: 'unknown',
    }]`);
    await page.locator('correspondant-picker .chip bdi', { hasText: HOSTILE.name }).waitFor();
    expect(await page.locator('correspondant-picker img, correspondant-picker script').count()).toBe(0);
    expect(faults).toEqual([]);
  });
});

/** Texts with marks of direction that stand in nothing that isolates them. */
const LOOSE_MARKS = `(() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(data) && !parentElement.closest('bdi, script, [dir=auto], textarea'))
      found.push(parentElement.outerHTML.slice(0, 200));
  }
  return found;
})()`;
