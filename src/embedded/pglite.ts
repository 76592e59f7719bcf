import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { AppError } from '#domain/errors.ts';

const POSTGRES_MAJOR = 18;
/** The number of ENOSPC inside WebAssembly (WASI), which is not the system's. */
const WASM_ENOSPC = 51;
const WAL_CHECK_INTERVAL_MS = 10_000;
/** Of 16 MiB each. */
const WAL_SEGMENTS_MAX = 16;
/** Less than the server's defaults, as one connection needs less; WAL is kept short for the small disks of trial machines. */
const START_PARAMETERS = ['shared_buffers=64MB', 'max_wal_size=128MB', 'min_wal_size=32MB', 'work_mem=32MB'];

/**
 * Postgres 18 in this process. Refuses every call once Postgres has panicked (a full disk), for PGlite would then loop for ever.
 * `CREATE EXTENSION pg_trgm` and `unaccent` work. `statement_timeout` does not, there is no autovacuum, and a query holds up everything
 * else in the process while it runs.
 */
export class EmbeddedPglite extends PGlite {
  #panic: AppError | undefined;
  readonly #failing = new AbortController();

  /** Aborted, with an AppError as its reason, when the database can only be closed and opened again. */
  get failed(): AbortSignal {
    return this.#failing.signal;
  }

  /** @internal */
  refuseFromNowOn(error: AppError): void {
    this.#panic ??= error;
    this.#failing.abort(error);
  }

  override execProtocolRawSync(message: Uint8Array): Uint8Array {
    if (this.#panic) throw this.#panic;
    return super.execProtocolRawSync(message);
  }
}

/**
 * Opens the database in `dataDir/postgres`, making it if need be; in memory when `dataDir` is undefined. `template`, for tests, is what
 * `dumpDataDir('none')` gave. The folder must be held by this process (`lockDataDir`): PGlite itself does not prevent a second opening.
 *
 * A transaction that was committed survives the death of the process, at any moment; it may not survive a power cut, since PGlite never
 * flushes files to the disk (`relaxedDurability` changes nothing here).
 * Throws `disk-full`, `store-newer`, `store-unavailable`.
 */
export async function openPglite(
  dataDir: string | undefined,
  options: { template?: Blob } = {},
): Promise<EmbeddedPglite> {
  if (dataDir === undefined) {
    return open(undefined, options.template ? { loadDataDir: options.template } : {});
  }
  const directory = join(resolve(dataDir), 'postgres');
  if (!(await checkVersion(directory))) await createDatabase(directory);
  const pg = await open(directory);
  keepWalShort(pg, directory);
  return pg;
}

/**
 * Writes a checkpoint when the write-ahead log has grown: nothing else does it in PGlite, and a log without end fills the disk and makes
 * the opening after a crash slow. Answers whether it was needed.
 */
export async function checkpointIfNeeded(pg: PGlite, directory: string): Promise<boolean> {
  const segments = (await readdir(join(directory, 'pg_wal'))).filter((name) => /^[0-9A-F]{24}$/.test(name));
  if (segments.length <= WAL_SEGMENTS_MAX) return false;
  await pg.exec('CHECKPOINT');
  return true;
}

function keepWalShort(pg: EmbeddedPglite, directory: string): void {
  let isBusy = false;
  const timer = setInterval(() => {
    if (pg.closed || pg.failed.aborted) return clearInterval(timer);
    if (isBusy) return;
    isBusy = true;
    void checkpointIfNeeded(pg, directory)
      .catch(() => false)
      .finally(() => (isBusy = false));
  }, WAL_CHECK_INTERVAL_MS).unref();
}

/** Made aside and renamed when whole, so that being killed meanwhile leaves nothing half made. */
async function createDatabase(directory: string): Promise<void> {
  const draft = `${directory}.new`;
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toOpeningError(error, directory, '');
  }
  try {
    await (await open(draft)).close();
    await rename(draft, directory);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function open(directory: string | undefined, options: PGliteOptions = {}): Promise<EmbeddedPglite> {
  let complaint = '';
  const pg = new EmbeddedPglite({
    ...(directory ? { dataDir: directory } : {}),
    ...options,
    extensions: { pg_trgm, unaccent },
    startParams: [...PGlite.defaultStartParams, ...START_PARAMETERS.flatMap((setting) => ['-c', setting])],
    onStderr(text) {
      const [, level, what] = /\b(FATAL|PANIC):\s+(.*)/.exec(text) ?? [];
      if (what) complaint = what;
      if (level === 'PANIC') pg.refuseFromNowOn(toPanic(what ?? '', directory));
      return true;
    },
  });
  try {
    await pg.waitReady;
    return pg;
  } catch (error) {
    throw toOpeningError(error, directory, complaint);
  }
}

/** Answers whether there is a database at all. */
async function checkVersion(directory: string): Promise<boolean> {
  const major = Number(await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => '0'));
  if (major > POSTGRES_MAJOR) {
    throw new AppError(
      'store-newer',
      `${directory} was made by Postgres ${major}, and this program has Postgres ${POSTGRES_MAJOR}: use the newer program.`,
      { storeVersion: major, supportedVersion: POSTGRES_MAJOR },
    );
  }
  if (major > 0 && major < POSTGRES_MAJOR) {
    throw new AppError(
      'store-unavailable',
      `${directory} was made by Postgres ${major}, and this program has Postgres ${POSTGRES_MAJOR}: export it with the older program, or import the files into a new DATA_DIR.`,
      {},
    );
  }
  return major > 0;
}

function toPanic(what: string, directory: string | undefined): AppError {
  if (/No space left on device/.test(what)) return toDiskFull(directory);
  return new AppError(
    'store-unavailable',
    `The embedded database stopped: ${what}. Start the program again.`,
    {},
  );
}

function toOpeningError(error: unknown, directory: string | undefined, complaint: string): unknown {
  const { code, errno, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || errno === WASM_ENOSPC || complaint.includes('No space left')) {
    return toDiskFull(directory, error);
  }
  return new AppError(
    'store-unavailable',
    `The embedded database in ${directory ?? 'memory'} cannot be opened: ${complaint || message || 'no reason given'}.`,
    {},
    { cause: error },
  );
}

function toDiskFull(directory: string | undefined, cause?: unknown): AppError {
  const path = directory ?? 'memory';
  return new AppError(
    'disk-full',
    `The disk that holds ${path} is full: make room and start again; nothing that was committed is lost.`,
    { path },
    { cause },
  );
}
