import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '#domain/errors.ts';
import { findProcessIdentity } from './process-identity.ts';

/** What the lock file says of its holder. */
export interface LockHolder {
  pid: number;
  /** See `findProcessIdentity`. */
  identity: string;
  startedAt: string;
  /** Path of the control socket when the holder is a server. */
  socket: string | null;
}

export interface DataDirLock extends AsyncDisposable {
  /** Absolute, symbolic links resolved: the same folder has one name for every process. */
  readonly dataDir: string;
}

/**
 * Makes the folder (mode 0700) and holds it for this process until disposed of. The lock of a process that is no more is taken over.
 *
 * Throws `store-in-use` when a living process holds it, `disk-full`, and `settings-invalid` when the folder cannot be made or written.
 * Processes on two machines that share the folder over a network do not see each other.
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  const real = await makeFolder(dataDir);
  const mine: LockHolder = {
    pid: process.pid,
    identity: (await findProcessIdentity(process.pid)) ?? 'unknown',
    startedAt: new Date().toISOString(),
    socket: null,
  };
  try {
    const generation = await acquire(real, mine);
    return {
      dataDir: real,
      async [Symbol.asyncDispose]() {
        await writeLock(real, generation, { ...mine, pid: 0, identity: 'released' });
      },
    };
  } catch (error) {
    throw toFolderError(error, real);
  }
}

/** Who holds the folder and lives; `undefined` when nobody does. */
export async function findLockHolder(dataDir: string): Promise<LockHolder | undefined> {
  const holder = await readHolder(resolve(dataDir), await findLastGeneration(resolve(dataDir)));
  return holder && (await isLive(holder)) ? holder : undefined;
}

/** Tells clients where this process, which must hold the folder, listens. */
export async function recordControlSocket(dataDir: string, socket: string | null): Promise<void> {
  const generation = await findLastGeneration(dataDir);
  const holder = await readHolder(dataDir, generation);
  if (holder?.pid !== process.pid) throw new Error(`${dataDir} is not held by this process`);
  await writeLock(dataDir, generation, { ...holder, socket });
}

/**
 * The holder is who wrote the lock of the last generation. The last one is never removed, and a new one is made only over a dead one by
 * linking, which fails when the name exists; so of many that see the same dead holder one wins, however late the others act.
 */
async function acquire(dataDir: string, mine: LockHolder): Promise<number> {
  const draft = await writeDraft(dataDir, mine);
  try {
    while (true) {
      const last = await findLastGeneration(dataDir);
      const holder = await readHolder(dataDir, last);
      if (holder && (await isLive(holder))) throw toInUse(dataDir, holder);
      if (!(await linked(draft, lockPath(dataDir, last + 1)))) continue;
      if ((await findLastGeneration(dataDir)) === last + 1) {
        await removeLock(dataDir, last);
        return last + 1;
      }
      // What was seen as the last one was not any more.
      await removeLock(dataDir, last + 1);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

function toInUse(dataDir: string, { pid, startedAt }: LockHolder): AppError {
  return new AppError(
    'store-in-use',
    `${dataDir} is in use by process ${pid} since ${startedAt}; stop it, or choose another DATA_DIR.`,
    { dataDir, pid },
  );
}

/** 0 when nobody ever held the folder. */
async function findLastGeneration(dataDir: string): Promise<number> {
  const names = await readdir(dataDir).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return [];
    throw error;
  });
  return Math.max(0, ...names.map((name) => Number(/^lock\.(\d+)\.json$/.exec(name)?.[1] ?? 0)));
}

async function writeLock(dataDir: string, generation: number, holder: LockHolder): Promise<void> {
  await rename(await writeDraft(dataDir, holder), lockPath(dataDir, generation));
}

async function writeDraft(dataDir: string, holder: LockHolder): Promise<string> {
  const draft = join(dataDir, `lock.draft-${randomUUID()}`);
  await writeFile(draft, JSON.stringify(holder), { mode: 0o600 });
  return draft;
}

async function removeLock(dataDir: string, generation: number): Promise<void> {
  await rm(lockPath(dataDir, generation), { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isLive(holder: LockHolder): Promise<boolean> {
  return (await findProcessIdentity(holder.pid)) === holder.identity;
}

/** A lock that a power cut left empty or torn is nobody's. */
async function readHolder(dataDir: string, generation: number): Promise<LockHolder | undefined> {
  try {
    const value = JSON.parse(
      await readFile(lockPath(dataDir, generation), 'utf8'),
    ) as Partial<LockHolder> | null;
    const isWhole = typeof value?.pid === 'number' && typeof value.identity === 'string';
    return isWhole ? (value as LockHolder) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function makeFolder(dataDir: string): Promise<string> {
  const path = resolve(dataDir);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    return await realpath(path);
  } catch (error) {
    throw toFolderError(error, path);
  }
}

const FOLDER_FAULTS: Record<string, string> = {
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'is on a read-only disk',
  EEXIST: 'is a file, not a folder',
  ENOTDIR: 'lies under a file, not a folder',
};

function toFolderError(error: unknown, path: string): unknown {
  const code = codeOf(error) ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('disk-full', `The disk that holds ${path} is full.`, { path }, { cause: error });
  }
  const fault = FOLDER_FAULTS[code];
  if (!fault) return error;
  const detail = `DATA_DIR ${path} ${fault}; choose a folder that this user may write.`;
  return new AppError(
    'settings-invalid',
    detail,
    { faults: [{ pointer: 'DATA_DIR', detail }] },
    { cause: error },
  );
}

function lockPath(dataDir: string, generation: number): string {
  return join(dataDir, `lock.${generation}.json`);
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
