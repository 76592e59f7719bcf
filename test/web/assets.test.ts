import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { packWebAssets } from '../../scripts/make-web-assets.ts';

test('what is served is what the files and the packages hold: else run `npm run assets`', async () => {
  const packed = await readFile(join(import.meta.dirname, '../../src/web/assets.json'), 'utf8');
  expect(packed === (await packWebAssets())).toBe(true);
});
