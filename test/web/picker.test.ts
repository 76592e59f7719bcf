import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { CHROMIUM, openPages, type OpenedPages } from './open-pages.ts';

describe.skipIf(CHROMIUM === undefined)('the picker in pages of others', () => {
  let pages: OpenedPages;
  let foreign: Server;
  let foreignUrl: string;
  const sent: string[] = [];

  beforeAll(async () => {
    pages = await openPages();
    foreign = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://foreign');
      if (pathname === '/sent') {
        sent.push(...searchParams.getAll('to'));
        response.end('sent');
        return;
      }
      const picker = '<correspondant-picker name="to" multiple required></correspondant-picker>';
      const isMade = pathname === '/made.html';
      response.setHeader(
        'content-type',
        pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8',
      );
      if (pathname === '/strict.html') {
        response.setHeader(
          'content-security-policy',
          `default-src 'none'; script-src ${pages.url}; connect-src ${pages.url}; form-action 'self'; require-trusted-types-for 'script'`,
        );
      }
      response.end(
        pathname === '/make.js'
          ? `const it = document.createElement('correspondant-picker'); it.name = 'to'; it.multiple = true; it.setAttribute('lang', 'en'); document.querySelector('label').append(it);`
          : `<!doctype html><html lang="fr"><title>x</title><script type="module" src="${pages.url}/embed/picker.js"></script>
             <form action="/sent"><label>À ${isMade ? '' : picker}</label><button>Envoyer</button></form>${isMade ? '<script type="module" src="/make.js"></script>' : ''}</html>`,
      );
    });
    await new Promise<void>((resolve) => void foreign.listen(0, '127.0.0.1', resolve));
    foreignUrl = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
  }, 120_000);

  afterAll(async () => {
    foreign?.close();
    await pages?.[Symbol.asyncDispose]();
  });

  test.each(['plain', 'made', 'strict'])('%s: chosen by keyboard, submitted with the form', async (name) => {
    const context = await pages.browser.newContext();
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (!message.text().includes('404')) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${foreignUrl}/${name}.html`);
    const box = page.getByRole('combobox');
    await box.focus();
    await page.keyboard.type('vallorbe');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('cardiologie');
    await page.getByRole('option', { name: /cardio@/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('cardiologie');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('correspondant-picker .chip').count()).toBe(2);
    sent.length = 0;
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.waitForURL(/sent/);
    expect(sent).toEqual(['isaure.vallorbe@exemple.mssante.fr', 'cardio@ch-lepuy.mssante.fr']);
    expect(faults).toEqual([]);
    await context.close();
  });

  test('a required one that is empty holds the form back', async () => {
    const context = await pages.browser.newContext();
    const page = await context.newPage();
    await page.goto(`${foreignUrl}/plain.html`);
    await page.getByRole('combobox').waitFor();
    await page.getByRole('button', { name: 'Envoyer' }).click();
    expect(page.url()).toContain('plain.html');
    expect(await page.evaluate('document.querySelector("correspondant-picker").validity.valueMissing')).toBe(
      true,
    );
    await context.close();
  });
});
