import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';

import { CHROMIUM, openPages, type OpenedPages } from './open-pages.ts';

const run = promisify(execFile);

describe.skipIf(CHROMIUM === undefined)('the page for integrators', () => {
  let pages: OpenedPages;
  beforeAll(async () => {
    pages = await openPages();
  }, 120_000);
  afterAll(() => pages?.[Symbol.asyncDispose]());

  test('every line for a shell runs as it stands, and gives what its step says', async () => {
    await using opened = await pages.open('/docs', { javaScriptEnabled: false });
    const lines = await opened.page.locator('#guide .curl').allTextContents();
    expect(lines.length).toBeGreaterThan(8);
    const { key } = await createKey(pages.directory.store.db, 'Messagerie', [
      'export',
      'mailbox-activity:exemple.mssante.fr',
    ]);
    for (const line of lines) {
      const failing = line.replaceAll('curl ', 'curl -sS --fail-with-body ');
      const { stdout } = await run('sh', ['-euc', failing], { env: { ...process.env, KEY: key } });
      const answers = stdout
        .trim()
        .split('\n')
        .map((it) => JSON.parse(it) as Record<string, unknown>);
      expect(answers.length, line).toBeGreaterThan(0);
      if (line.includes('POST') || line.includes('--data-binary'))
        expect(answers[0], line).toMatchObject({ lines: 1 });
      if (line.includes('q='))
        expect(answers[0]!['results'] ?? answers[0]!['suggestions'] ?? answers[0]!['id'], line).toBeDefined();
    }
  });

  test('every request that is offered can be followed as a link where nothing runs', async () => {
    await using opened = await pages.open('/docs', { javaScriptEnabled: false });
    const links = await opened.page.locator('#guide .try a').all();
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) {
      const path = (await link.getAttribute('href'))!;
      expect((await fetch(pages.url + path)).status, path).toBe(200);
    }
  });

  test('a request is changed and run on the page, with a key, to this server alone', async () => {
    await using opened = await pages.open('/docs');
    const { page } = opened;
    const step = page.locator('#guide-search');
    await step.getByLabel('GET').fill('/v1/correspondents?q=vallorbe');
    await step.getByRole('button', { name: 'Run' }).click();
    await step.locator('.told', { hasText: /^200, / }).waitFor();
    expect(JSON.parse((await step.locator('.answer').textContent())!).results[0].rpps).toBe('99000000001');
    await step.getByLabel('GET').fill('https://example.invalid/v1/correspondents');
    await step.getByLabel('GET').press('Enter');
    await step.locator('.told', { hasText: 'Only requests to this server' }).waitFor();
    expect(opened.faults).toEqual([]);
    await page.getByLabel('Key of your application').fill('corr_wrong');
    await step.getByLabel('GET').fill('/v1/sources');
    await step.getByLabel('GET').press('Enter');
    await step.locator('.told', { hasText: /^401, / }).waitFor();
  });
});
