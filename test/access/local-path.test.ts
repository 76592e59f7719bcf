import { expect, test } from 'vitest';

import { toLocalPath } from '#access/local-path.ts';

test.each(['/', '/mon-espace', '/?q=martin&where=43#answer', '/correspondants/mailbox-a%40b.fr'])(
  '%s is a path of this service',
  (path) => {
    expect(toLocalPath(path)).toBe(path);
  },
);

test.each([
  undefined,
  '',
  'mon-espace',
  'https://ailleurs.fr/',
  '//ailleurs.fr',
  '///ailleurs.fr',
  '/\\ailleurs.fr',
  '\\\\ailleurs.fr',
  '/\t/ailleurs.fr',
  '/\n/ailleurs.fr',
  '/.//ailleurs.fr',
  '/x/..//ailleurs.fr',
  '/%2e//ailleurs.fr',
  'javascript:alert(1)',
  ' /mon-espace',
  `/${'x'.repeat(2001)}`,
])('%j leads to the first page', (path) => {
  expect(toLocalPath(path)).toBe('/');
});
