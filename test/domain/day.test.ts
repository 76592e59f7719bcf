import { expect, test } from 'vitest';

import { isDay } from '#domain/day.ts';

import { faultOfDays } from '../../src/web/my-page/parse-page-form.ts';

test.each(['2026-12-24', '2024-02-29', '2000-02-29', '2026-04-30'])('%s is a day', (text) => {
  expect(isDay(text)).toBe(true);
  expect(faultOfDays(text, text)).toBeUndefined();
});

test.each([
  '2026-99-99',
  '2026-02-29',
  '2026-02-31',
  '1900-02-29',
  '2026-04-31',
  '2026-00-10',
  '24/12/2026',
  '2026-12-24T00:00',
  '',
])('%j is none, in forms neither', (text) => {
  expect(isDay(text)).toBe(false);
  expect(faultOfDays(text, '2026-12-24')).toBe('Dites le premier jour : 24/12/2026.');
  expect(faultOfDays('2026-01-01', text)).toBe('Dites le dernier jour : 24/12/2026.');
});
