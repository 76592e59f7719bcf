import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { DifferenceReport } from '#demo/differences.ts';

const MAKER = fileURLToPath(new URL('../scripts/make-corpus.ts', import.meta.url));

/** Option of `cli import` → what the file is called. */
const FILES = {
  '--postcodes': /codes-postaux/,
  '--finess': /^finess-/,
  '--rpps': /Personne_activite/,
  '--savoir-faire': /SavoirFaire/,
  '--diplomes': /Dipl_AutExerc/,
  '--mssante': /MSSante/,
} as const;

/** The arguments of `cli import` for every official file of a folder. */
export function toImportArguments(folder: string): string[] {
  const names = readdirSync(folder);
  return Object.entries(FILES).flatMap(([option, pattern]) => {
    const name = names.find((it) => pattern.test(it));
    return name === undefined ? [] : [option, resolve(folder, name)];
  });
}

/** Makes a set of official files where there is none yet. @param extra further arguments of `scripts/make-corpus.ts` */
export function ensureCorpus(folder: string, preset: string, extra: readonly string[] = []): void {
  if (existsSync(folder) && toImportArguments(folder).length > 0) return;
  process.stderr.write(`making ${folder}\n`);
  execFileSync(process.execPath, [MAKER, '--directory', folder, '--preset', preset, ...extra], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

export function readDifferences(folder: string): DifferenceReport {
  return JSON.parse(readFileSync(join(folder, 'differ.json'), 'utf8')) as DifferenceReport;
}
