import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { dayInFrance } from '#domain/away.ts';
import { replaceProfile } from '#profiles/practitioner/edit-profile.ts';

import { findViolations } from './find-violations.ts';
import { CHROMIUM, HOSTILE, openPages, type OpenedPages } from './open-pages.ts';

describe.skipIf(CHROMIUM === undefined)('what people say of their practice', () => {
  let pages: OpenedPages;
  beforeAll(async () => {
    pages = await openPages();
    const today = dayInFrance(new Date());
    await replaceProfile(
      pages.directory.store.db,
      {
        practitionerId: '899000000002',
        by: { kind: 'owner', name: 'Léa ARDECHOIS' },
        audit: { actor: { kind: 'operator' } },
        editor: undefined,
        baseVersion: 0,
      },
      {
        ways: { acceptsNewPatients: true, nightDuty: false, homeVisits: true },
        homeVisitArea: { communeCodes: ['43157'] },
        languages: ['fr', 'ar'],
        ownWords: [`${HOSTILE.name} ${HOSTILE.turned}`],
        remarks: `<b>Sur rendez-vous</b>\n${HOSTILE.long}`,
        awayPeriods: [
          { start: today, end: today, message: '<i>Formation</i>', replacement: { name: 'Dr <u>' } },
        ],
      },
    );
    await pages.directory.untilIndexed();
  }, 120_000);
  afterAll(() => pages?.[Symbol.asyncDispose]());

  test('cards tell what is said, yes or no, and that somebody is away', async () => {
    await using opened = await pages.open('/?q=ardechois');
    const { page, faults } = opened;
    const card = page.locator('.card').first();
    await card.getByText('Accepte de nouveaux patients : oui').waitFor();
    await card.getByText('Garde de nuit : non').waitFor();
    await card.getByText('Absent jusqu’au').waitFor();
    await card.getByText('<i>Formation</i>. Remplacé par Dr <u>').waitFor();
    expect(await card.getByText('Téléconsultation').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('a search is narrowed by what is said: ways, home visits, presence', async () => {
    await using opened = await pages.open('/?where=43000', { javaScriptEnabled: false });
    const { page } = opened;
    await page.getByLabel(/Accepte de nouveaux patients/).check();
    await page.getByLabel('Se déplace à').fill('Le Puy-en-Velay');
    await page.getByRole('button', { name: 'Rechercher' }).click();
    expect(await page.locator('.card h2 a').allInnerTexts()).toEqual([expect.stringContaining('ARDECHOIS')]);
    await page.getByText('Se déplace à Le Puy-en-Velay').waitFor();
    await page.getByLabel('Pas absent aujourd’hui').check();
    await page.getByRole('button', { name: 'Rechercher' }).click();
    expect(await page.locator('.card').count()).toBe(0);
    await page.getByText('Personne ne répond').waitFor();
  });

  test('the page tells all, also what is not said, as text', async () => {
    await using opened = await pages.open('/correspondants/99000000002', {
      viewport: { width: 320, height: 640 },
      bypassCSP: true,
    });
    const { page, faults } = opened;
    await page.getByText('Téléconsultation : non précisé').waitFor();
    await page.getByText('arabe').waitFor();
    expect(await page.locator('.message').textContent()).toContain('<b>Sur rendez-vous</b>');
    expect(await page.locator('main b, main img:not(.side img), main i, main u').count()).toBe(0);
    expect(faults).toEqual([]);
    expect(await findViolations(page)).toEqual([]);
  });

  test('of whoever says nothing, a page claims nothing', async () => {
    await using opened = await pages.open('/correspondants/99000000001');
    expect(await opened.page.getByText(': non précisé').count()).toBe(8);
    expect(await opened.page.getByText(/: (?:oui|non)$/).count()).toBe(0);
  });
});
