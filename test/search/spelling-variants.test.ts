import { expect, test } from 'vitest';

import { listSpellingVariants } from '#search/spelling-variants.ts';

test.each([
  ['azotin', 'mazotin'],
  ['alpeyre', 'lapeyre'],
  ['vensaid', 'bensaid'],
  ['mmorel', 'morel'],
  ['rcy', 'rey'],
  ['nol', 'noel'],
  ['ryo', 'roy'],
  ['sal', 'sala'],
])('"%s" may be meant for "%s"', (typed, meant) => {
  expect(listSpellingVariants(typed)).toContain(meant);
});

test.each(['deschamps', 'a', '43000', 'l3', ''])('"%s" has no variants', (typed) => {
  expect(listSpellingVariants(typed)).toEqual([]);
});

test('a longer word varies in its beginning only, where the engine forgives nothing', () => {
  expect(listSpellingVariants('morel')).not.toContain('moret');
  expect(listSpellingVariants('morel')).not.toContain('morel');
});
