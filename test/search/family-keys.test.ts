import { expect, test } from 'vitest';

import { toFamilyKey, toFamilyKeyRange } from '#search/family-keys.ts';

import { openRandom } from './random-correspondent.ts';

test('of random words those within the range of a beginning are exactly those that begin so', () => {
  const random = openRandom(7);
  const integer = (below: number) => Math.floor(random() * below);
  const word = () => Array.from({ length: 1 + integer(14) }, () => 'abyz'[integer(4)]).join('');
  const words = Array.from({ length: 2000 }, word);
  let begun = 0;
  for (let round = 0; round < 200; round += 1) {
    const beginning = word().slice(0, 1 + integer(10));
    const { first, last } = toFamilyKeyRange(beginning)!;
    for (const it of words) {
      const key = toFamilyKey(it)!;
      expect(Number.isSafeInteger(key)).toBe(true);
      expect(first <= key && key <= last).toBe(it.startsWith(beginning));
      expect(key === first).toBe(it === beginning);
      begun += Number(it.startsWith(beginning));
    }
  }
  expect(begun).toBeGreaterThan(1000);
});

test.each(['', 'd’or', 'müller', '4711', 'le roy', 'ольга'])('%j has no key', (word) => {
  expect(toFamilyKey(word)).toBeUndefined();
  expect(toFamilyKeyRange(word)).toBeUndefined();
});

test('a beginning that keys cannot hold to its end has none', () => {
  expect(toFamilyKeyRange('charpentie')).toBeDefined();
  expect(toFamilyKeyRange('charpentier')).toBeUndefined();
  expect(toFamilyKey('charpentiere')).toBe(toFamilyKey('charpentier'));
});
