import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { createApp } from '../src/app.ts';
import { SETTINGS } from '../src/config.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');

test('the README tells every setting with its default and its meaning', () => {
  for (const { name, default: value, meaning } of SETTINGS) {
    expect(readme).toContain(`| \`${name}\` | ${value === '' ? '' : `\`${value}\``} | ${meaning} |`);
  }
});

test('the README tells every route', () => {
  const app = createApp({
    openDirectory: () => {
      throw new Error('not asked');
    },
    reading: () => 'open',
    checkHealth: async () => [],
    metrics: NO_METRICS,
  });
  const paths = new Set(
    app.routes.filter((it) => it.method === 'GET').map((it) => it.path.replace(/:(\w+)/g, '{$1}')),
  );
  for (const path of paths) {
    if (path !== '/' && path !== '/docs.css') expect(readme, path).toContain(`${path}\``);
  }
});

test('the README names the scripts that exist', async () => {
  const { scripts } = JSON.parse(await readFile(join(import.meta.dirname, '../package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const [, name] of readme.matchAll(/npm run ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(name);
});
