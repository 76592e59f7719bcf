import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { chromium } from 'playwright-core';

/** Pictures of every page of a running server (`npm start`), to be looked at. The folder is kept out of git. */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8787' },
    out: { type: 'string', default: 'screenshots' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});

const found = '/?q=kin%C3%A9&where=Le+Puy-en-Velay';
const search = await fetch(new URL('/v1/correspondents?q=cardiologue&limit=1', values.url));
const { results } = (await search.json()) as { results: { id: string }[] };
const paths: Record<string, string> = {
  welcome: '/',
  found,
  'found-services': '/?q=secr%C3%A9tariat&where=Lyon&kind=service',
  nobody: '/?q=zzzzqqqq&where=Pontarlier',
  'unknown-place': '/?q=kin%C3%A9&where=Pontarlieer',
  professional: `/correspondants/${results[0]?.id ?? ''}`,
  embed: '/embed',
  docs: '/docs',
  'no-such-page': '/nulle-part',
};
const views = {
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
for (const [view, options] of Object.entries(views)) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  for (const [name, path] of Object.entries(paths)) {
    await page.goto(new URL(path, values.url).href, { waitUntil: 'networkidle' });
    await page.screenshot({ path: join(values.out, `${name}-${view}.png`) });
  }
  await page.goto(new URL(found, values.url).href);
  await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: join(values.out, `found-print-${view}.png`) });
  await page.emulateMedia({ media: 'screen' });
  await context.close();
}
await browser.close();
