import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const IMPORT = /\bfrom\s+'([^']+)'|\bimport\s+'([^']+)'/g;

/**
 * Changes with any file of ours that these modules reach by their imports, and with any dependency.
 * @param modules paths from the project's folder
 */
export async function digestSources(modules: readonly string[]): Promise<string> {
  const texts = new Map<string, string>();
  const waiting = modules.map((path) => resolve(ROOT, path));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (texts.has(path)) continue;
    const text = await readFile(path, 'utf8');
    texts.set(path, text);
    if (path.endsWith('.ts')) waiting.push(...listImports(path, text));
  }
  texts.set(join(ROOT, 'package-lock.json'), await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
  const hash = createHash('sha256');
  for (const path of [...texts.keys()].toSorted())
    hash.update(`${relative(ROOT, path)}\0${texts.get(path)!}\0`);
  return hash.digest('hex').slice(0, 16);
}

function listImports(from: string, text: string): string[] {
  return [...text.matchAll(IMPORT)]
    .map(([, named, unnamed]) => named ?? unnamed!)
    .filter((specifier) => /^[.#]/.test(specifier))
    .map((specifier) =>
      specifier.startsWith('#') ? resolve(ROOT, 'src', specifier.slice(1)) : resolve(from, '..', specifier),
    );
}
