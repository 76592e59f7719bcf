import { expect, test } from 'vitest';

import { DEMO_PEOPLE } from '../../src/demo/demo-people.ts';
import { inventPage } from '../../src/demo/demo-pages.ts';
import { LE_PUY, professional } from '../search/sample-correspondents.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const PRIVATE_PRACTICE = {
  profession: { code: '70', label: 'Masseur-kinésithérapeute' },
  places: [{ ...LE_PUY, modeExercice: { code: 'L', label: 'Libéral' } }],
};

test('some people of the demonstration have a page, the same one at each start', () => {
  const pages = (now: Date, of = PRIVATE_PRACTICE) =>
    Array.from({ length: 300 }, (_, index) =>
      inventPage(professional('X', 'Y', { ...of, rpps: '99000000001' }), index, now),
    );
  const said = pages(NOW).filter((it) => it !== undefined);
  expect(said.length).toBeGreaterThan(150);
  expect(said.length).toBeLessThan(250);
  const [place] = PRIVATE_PRACTICE.places;
  const elsewhere = { ...place!, commune: { code: '69123', name: 'Lyon' } };
  const saidElsewhere = pages(NOW, { ...PRIVATE_PRACTICE, places: [elsewhere] }).filter(
    (it) => it !== undefined,
  );
  expect(saidElsewhere.length).toBeGreaterThan(20);
  expect(saidElsewhere.length).toBeLessThan(120);
  expect(pages(NOW)).toStrictEqual(pages(NOW));
  for (const { awayPeriods } of said)
    for (const { start, end } of awayPeriods ?? []) expect(start < end).toBe(true);
});

test('those whom one may sign in as write their own', () => {
  for (const { rpps } of DEMO_PEOPLE.filter((it) => it.rpps !== null))
    for (let index = 0; index < 60; index += 1)
      expect(inventPage(professional('X', 'Y', { ...PRIVATE_PRACTICE, rpps }), index, NOW)).toBeUndefined();
});
