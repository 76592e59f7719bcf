import { parseArgs } from 'node:util';

import { chromium, type Browser, type Page } from 'playwright-core';

import { describeMachine } from './machine.ts';
import { milliseconds, percentile, writeReport } from './report.ts';

/**
 * What somebody meets on the pages of a running server (`npm start`), in a real Chromium: how long after the last key the first
 * result is painted, what a page weighs before its map, what moves by itself, what it asks of others, what it says on the console.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8787' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    rounds: { type: 'string', default: '3' },
  },
});

const TYPED = ['martin', 'kiné', 'infirmière', 'dr bernard', 'cardio lyon', 'secrétariat', 'sage femme 43'];
const KEY_EVERY_MS = 90;
const FIRST_RESULT_MS_MAX = 300;
const WEIGHT_BYTES_MAX = 150_000;
const FOUND = '/?q=kin%C3%A9&where=Le+Puy-en-Velay';

const browser = await chromium.launch({
  executablePath: values.chromium,
  args: ['--no-sandbox', '--disable-background-networking'],
});
const faults: string[] = [];
const shifts: number[] = [];
const firstResultMs: number[] = [];
for (const view of [
  { viewport: { width: 1360, height: 900 } },
  { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
]) {
  await using opened = await open(browser, view);
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const text of TYPED) {
      firstResultMs.push(await typeAndWait(opened.page, text));
      shifts.push(await readShift(opened.page));
    }
  }
}
const weights = { welcome: await weigh('/'), found: await weigh(FOUND) };
await browser.close();

const p50 = percentile(firstResultMs, 0.5);
const p95 = percentile(firstResultMs, 0.95);
const shift = Math.max(...shifts);
const heaviest = Math.max(weights.welcome, weights.found);
writeReport(
  'pages',
  [
    { what: 'last key to first result painted, median', measured: milliseconds(p50) },
    {
      what: 'the same, 95th percentile',
      measured: milliseconds(p95),
      target: `≤ ${FIRST_RESULT_MS_MAX} ms`,
      isMet: p95 <= FIRST_RESULT_MS_MAX,
    },
    {
      what: `the same, the slowest of ${firstResultMs.length}`,
      measured: milliseconds(Math.max(...firstResultMs)),
    },
    {
      what: 'weight before the map, uncompressed',
      measured: `${Math.round(heaviest / 1000)} kB`,
      target: `≤ ${WEIGHT_BYTES_MAX / 1000} kB`,
      isMet: heaviest <= WEIGHT_BYTES_MAX,
    },
    { what: 'layout shift', measured: String(shift), target: '0', isMet: shift === 0 },
    {
      what: 'requests elsewhere, console messages',
      measured: String(faults.length),
      target: '0',
      isMet: faults.length === 0,
    },
  ],
  { machine: describeMachine([]), firstResultMs, weights, faults },
);

/** Types as people do, and waits for the answer to the whole text: from the last key to the frame that shows its first card. */
async function typeAndWait(page: Page, text: string): Promise<number> {
  await page.goto(values.url, { waitUntil: 'networkidle' });
  await page.evaluate(`(() => {
    globalThis.lastKeyMs = 0;
    document.addEventListener('input', (event) => { globalThis.lastKeyMs = event.timeStamp; }, true);
    globalThis.shownMs = new Promise((resolve) => document.addEventListener('answer', () => {
      const tab = document.querySelector('.tabs a');
      const asked = tab && new URL(tab.href).searchParams.get('q');
      if (asked !== ${JSON.stringify(text)} || !document.querySelector('.card')) return;
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    }));
  })()`);
  await page.locator('#q').pressSequentially(text, { delay: KEY_EVERY_MS });
  return page.evaluate('globalThis.shownMs.then((ms) => ms - globalThis.lastKeyMs)');
}

/** What moved without somebody's doing since the page came. */
function readShift(page: Page): Promise<number> {
  return page.evaluate(`new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const it of list.getEntries()) if (!it.hadRecentInput) sum += it.value; })
      .observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
  })`);
}

/** Bytes of the bodies that a phone receives for a page, which shows no map before it is asked to. */
async function weigh(path: string): Promise<number> {
  await using opened = await open(browser, { viewport: { width: 390, height: 844 } });
  const bodies: Promise<number>[] = [];
  opened.page.on('response', (response) => bodies.push(response.body().then((it) => it.length)));
  await opened.page.goto(new URL(path, values.url).href, { waitUntil: 'networkidle' });
  return (await Promise.all(bodies)).reduce((sum, bytes) => sum + bytes, 0);
}

async function open(browser: Browser, options: Parameters<Browser['newContext']>[0]) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('console', (message) => faults.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(values.url) && !request.url().startsWith('data:'))
      faults.push(`outside: ${new URL(request.url()).origin}`);
  });
  return { page, [Symbol.asyncDispose]: () => context.close() };
}
