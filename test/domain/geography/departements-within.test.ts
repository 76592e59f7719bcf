import { expect, test } from 'vitest';

import { listDepartementsWithin } from '#domain/geography/departements-within.ts';

const MOULINS = { latitude: 46.5647, longitude: 3.3328 };

test('départements are as far as most of their people', () => {
  const near = listDepartementsWithin(MOULINS, 130_000);
  // Vichy and Montluçon, Clermont-Ferrand, Nevers.
  expect(near).toEqual(expect.arrayContaining(['03', '63', '58']));
  expect(near).not.toContain('69');
  expect(listDepartementsWithin(MOULINS, 260_000)).toEqual(expect.arrayContaining([...near, '69', '38']));
});

test('nobody lives in the middle of the sea', () => {
  expect(listDepartementsWithin({ latitude: 0, longitude: -20 }, 260_000)).toEqual([]);
});
