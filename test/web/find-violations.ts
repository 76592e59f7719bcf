import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** 400 % of a window of 1280 is what 320 px shows. */
export const VIEWS = [
  { name: 'light', options: { viewport: { width: 1400, height: 900 } } },
  { name: 'dark', options: { viewport: { width: 1400, height: 900 }, colorScheme: 'dark' as const } },
  { name: '320 px, light', options: { viewport: { width: 320, height: 640 } } },
  { name: '320 px, dark', options: { viewport: { width: 320, height: 640 }, colorScheme: 'dark' as const } },
];

interface Violation {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

/**
 * What axe finds in a page as it stands, and whether it must be scrolled sideways. The page bypasses its own policy, which refuses
 * axe. Of a dark page only the colours are looked at, half of the work: all else is the same in the light.
 */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate(`
    axe.run(matchMedia('(prefers-color-scheme: dark)').matches ? { runOnly: ['cat.color'] } : {}).then((it) => it.violations)
  `)) as Violation[];
  const isWide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  return [
    ...found.map((it) => `${it.id}: ${it.nodes[0]?.html} ${it.nodes[0]?.failureSummary}`),
    ...(isWide ? ['it must be scrolled sideways'] : []),
  ];
}
