import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { FOREIGN_PAGES, openForeignSite, type ForeignPage } from './foreign-site.ts';
import { CHROMIUM, openPages, type OpenedPages } from './open-pages.ts';

const BYTES_MAX = 5_000;
const BOTH = ['isaure.vallorbe@exemple.mssante.fr', 'cardio@ch-lepuy.mssante.fr'];

describe.skipIf(CHROMIUM === undefined)('the picker in pages of others', () => {
  let pages: OpenedPages;
  let site: Awaited<ReturnType<typeof openForeignSite>>;

  beforeAll(async () => {
    pages = await openPages();
    site = await openForeignSite(pages.url);
  }, 120_000);

  afterAll(async () => {
    await site?.[Symbol.asyncDispose]();
    await pages?.[Symbol.asyncDispose]();
  });

  async function open(name: ForeignPage) {
    const context = await pages.browser.newContext();
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      const address = request.url();
      if (![pages.url, site.url].some((it) => address.startsWith(`${it}/`)) && !address.startsWith('data:'))
        faults.push(`outside: ${address}`);
    });
    await page.goto(`${site.url}/${name}.html`);
    await page.getByRole('combobox').waitFor();
    return { page, faults, [Symbol.asyncDispose]: () => context.close() };
  }

  async function choose(page: Page, text: string, option: RegExp): Promise<void> {
    await page.getByRole('combobox').focus();
    await page.keyboard.type(text);
    await page.getByRole('option', { name: option }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }

  test.each(FOREIGN_PAGES)(
    '%s: recipients chosen by keyboard reach the server with the form',
    async (name) => {
      await using opened = await open(name);
      const { page, faults } = opened;
      if (name === 'react') await page.getByRole('button', { name: 'Several' }).click();
      await choose(page, 'vallorbe', /isaure\.vallorbe@/);
      await page.keyboard.type('ardechois');
      await page.getByText(/Personne ne répond|Nobody matches/).waitFor();
      await page.getByRole('combobox').fill('');
      await choose(page, 'cardiologie', /cardio@/);
      expect(await page.locator('correspondant-picker .chip').count()).toBe(2);
      await page.getByRole('button', { name: /Envoyer|Send/ }).click();
      await page.waitForURL(/sent/);
      expect(site.sent).toEqual(BOTH);
      expect(faults).toEqual([]);
    },
  );

  test('chips are taken off by keyboard, and what was taken off is not sent', async () => {
    await using opened = await open('plain');
    const { page } = opened;
    await choose(page, 'cardiologie', /cardio@/);
    await choose(page, 'vallorbe', /isaure\.vallorbe@/);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('correspondant-picker .chip').count()).toBe(1);
    await page.keyboard.press('Backspace');
    expect(await page.locator('correspondant-picker .chip').count()).toBe(0);
    await choose(page, 'vallorbe', /isaure\.vallorbe@/);
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.waitForURL(/sent/);
    expect(site.sent).toEqual([BOTH[0]]);
  });

  test('React: properties reach an element that was made before its script, events reach React', async () => {
    await using opened = await open('react');
    const { page } = opened;
    await choose(page, 'vallorbe', /isaure\.vallorbe@/);
    await page.locator('output', { hasText: 'Isaure VALLORBE' }).waitFor();
    await choose(page, 'cardiologie', /cardio@/);
    expect(await page.locator('correspondant-picker .chip').count()).toBe(1);
    await page.getByRole('button', { name: 'Several' }).click();
    await choose(page, 'vallorbe', /isaure\.vallorbe@/);
    expect(await page.locator('correspondant-picker .chip').count()).toBe(2);
  });

  test('speaks the language of its place, French or English', async () => {
    await using french = await open('plain');
    expect(await french.page.getByRole('combobox').getAttribute('placeholder')).toBe('Nom, métier, service…');
    await choose(french.page, 'vallorbe', /ouverture inconnue/);
    await french.page.getByRole('button', { name: 'Retirer Isaure VALLORBE' }).waitFor();
    await using english = await open('react');
    expect(await english.page.getByRole('combobox').getAttribute('placeholder')).toBe(
      'Name, profession, service…',
    );
    await choose(english.page, 'vallorbe', /opening unknown/);
    await english.page.getByRole('button', { name: 'Remove Isaure VALLORBE' }).waitFor();
  });

  test('what was chosen is still there when one comes back to the page', async () => {
    await using opened = await open('plain');
    const { page } = opened;
    await choose(page, 'vallorbe', /isaure\.vallorbe@/);
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.waitForURL(/sent/);
    await page.goBack();
    await page.locator('correspondant-picker .chip', { hasText: 'Isaure VALLORBE' }).waitFor();
  });

  test('a required one that is empty holds the form back', async () => {
    await using opened = await open('plain');
    const { page } = opened;
    await page.getByRole('button', { name: 'Envoyer' }).click();
    expect(page.url()).toContain('plain.html');
    expect(await page.evaluate('document.querySelector("correspondant-picker").validity.valueMissing')).toBe(
      true,
    );
  });

  test('the demonstration tells what a page reads, in both languages', async () => {
    await using opened = await pages.open('/embed');
    const { page, faults } = opened;
    await choose(page, 'vallorbe', /isaure\.vallorbe@/);
    await page.locator('#chosen', { hasText: 'isaure.vallorbe@exemple.mssante.fr' }).waitFor();
    await page.getByLabel('English').check();
    await page.getByRole('button', { name: 'Remove Isaure VALLORBE' }).waitFor();
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.locator('.note', { hasText: 'isaure.vallorbe@exemple.mssante.fr' }).waitFor();
    expect(faults).toEqual([]);
  });
});

test('the picker weighs a few kilobytes', async () => {
  const script = await readFile(join(import.meta.dirname, '../../src/web/assets/picker.js'));
  expect(gzipSync(script).length).toBeLessThan(BYTES_MAX);
});

test('its types compile in a strict project, and refuse what it does not take', async () => {
  const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
  const page = join(import.meta.dirname, 'foreign/typed-page.ts');
  const options =
    '--ignoreConfig --noEmit --strict --exactOptionalPropertyTypes --target es2024 --module nodenext --lib es2024,dom,dom.iterable --types';
  const { stdout } = await promisify(execFile)(process.execPath, [
    tsc,
    ...options.split(' '),
    '',
    page,
  ]).catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
}, 60_000);
