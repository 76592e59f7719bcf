import { expect, test } from 'vitest';

import { openPayload } from '#search/payload.ts';

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('holds lines as long as there is room for a whole one, and is empty when it was taken', () => {
  const payload = openPayload(12, 8);
  expect(payload.add('été')).toBe(true);
  expect(payload.add('12')).toBe(false);
  expect(payload.add('1')).toBe(true);
  expect(textOf(payload.take())).toBe('été\n1\n');
  expect(payload.add('12345678901')).toBe(true);
  expect(payload.add('')).toBe(false);
  expect(textOf(payload.take())).toBe('12345678901\n');
  expect(payload.add('123456789012')).toBe(false);
  expect(payload.take()).toHaveLength(0);
});
