import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Packs what the pages serve into one module, which Node and Workers import alike: our files of `src/web/assets`, htmx and
 * Leaflet as their packages have them. Run it after changing any; a test says when it was forgotten.
 */
export async function packWebAssets(): Promise<string> {
  const require = createRequire(import.meta.url);
  const folder = join(import.meta.dirname, '../src/web/assets');
  const own = (await readdir(folder)).toSorted().map((name) => ({ name, path: join(folder, name) }));
  const packages = [
    { name: 'htmx.js', path: require.resolve('htmx.org/dist/htmx.min.js') },
    { name: 'leaflet.js', path: require.resolve('leaflet/dist/leaflet.js') },
    { name: 'leaflet.css', path: require.resolve('leaflet/dist/leaflet.css') },
  ];
  const assets = await Promise.all(
    [...own, ...packages].map(async ({ name, path }) => {
      const text = (await readFile(path, 'utf8')).replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
      const hash = createHash('sha256').update(text).digest('hex').slice(0, 10);
      return [name, { hash, text }] as const;
    }),
  );
  return `${JSON.stringify(Object.fromEntries(assets), null, 1)}\n`;
}

if (import.meta.main) {
  await writeFile(join(import.meta.dirname, '../src/web/assets.json'), await packWebAssets());
}
