import { expect, test } from 'vitest';

import { findMisspeltTown } from '#domain/geography/nearest-place-names.ts';

test.each([
  ['grenble', 'Grenoble (38)'],
  ['montpelier', 'Montpellier (34)'],
  ['Clermont Ferand', 'Clermont-Ferrand (63)'],
  ['aix en provance', 'Aix-en-Provence (13)'],
  ['perpignant', 'Perpignan (66)'],
])('"%s" is %s', (text, label) => {
  expect(findMisspeltTown(text, 15_000)).toBe(label);
});

test.each(['anecy', 'grxxble', 'martin', '38O00', 'x'.repeat(500), ''])('"%s" is no town', (text) => {
  expect(findMisspeltTown(text, 15_000)).toBeUndefined();
});

test('a smaller town is not among the larger ones', () => {
  expect(findMisspeltTown('yssingaux', 2000)).toBe('Yssingeaux (43)');
  expect(findMisspeltTown('yssingaux', 15_000)).toBeUndefined();
});
