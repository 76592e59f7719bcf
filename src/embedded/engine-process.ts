import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, open, readFile, rename, stat, statfs } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#domain/errors.ts';
import { toUnsupportedPlatform } from './engine-binary.ts';
import { isRunning, listProcessesWithWord, type RunningProcess } from './process-identity.ts';
import { putSearchesFirst } from './put-searches-first.ts';

const LOOPBACK = '127.0.0.1';
const POLL_INTERVAL_MS = 20;
const STOP_TIMEOUT_MS = 5000;
const LOG_BYTES_MAX = 1 << 20;
/** Below this, an engine that dies without a word died of a full disk: its memory map then ends in SIGBUS. */
const FREE_BYTES_MIN = 16 << 20;

export interface EnginePlan {
  dataDir: string;
  binary: string;
  key: string;
  maxIndexingMemory: string;
}

export interface EngineProcess {
  pid: number;
  port: number;
  /** Settles when the process is gone. */
  exited: Promise<EngineExit>;
}

interface EngineExit {
  /** `undefined` when unknown, as for a process that is not our child. */
  cause: number | NodeJS.Signals | undefined;
  /** What the operating system said when it could not be started at all. */
  error?: unknown;
}

export function engineUrl(port: number): string {
  return `http://${LOOPBACK}:${port}`;
}

function engineLogFile(dataDir: string): string {
  return join(dataDir, 'meilisearch.log');
}

/**
 * Starts the engine and returns at once. It is in a session of its own: Ctrl-C reaches this process only, which then stops it in order.
 * The key travels in the environment, for command lines are public. Only errors are logged, for requests may hold what people typed.
 */
export async function startEngineProcess(plan: EnginePlan, port: number): Promise<EngineProcess> {
  await mkdir(databasePath(plan), { recursive: true, mode: 0o700 });
  await rotateLog(engineLogFile(plan.dataDir));
  const log = openSync(engineLogFile(plan.dataDir), 'a', 0o600);
  try {
    const child = spawn(plan.binary, toArguments(plan, port), {
      cwd: plan.dataDir,
      detached: true,
      env: {
        ...inherited(['PATH', 'HOME', 'TMPDIR', 'LANG']),
        MEILI_MASTER_KEY: plan.key,
        NO_COLOR: '1',
        // What it frees is kept for the next batch, so it stays as large as it once was. Given back to the system, a hundred
        // megabytes are asked for again with every change, which takes up to a second where a host lends memory only to what uses it.
        // @see https://microsoft.github.io/mimalloc/environment.html
        MIMALLOC_PURGE_DELAY: '-1',
        ...inherited(['MIMALLOC_PURGE_DELAY']),
      },
      stdio: ['ignore', log, log],
    });
    child.unref();
    const exited = new Promise<EngineExit>((settle) => {
      child.once('error', (error) => settle({ cause: undefined, error }));
      child.once('exit', (code, signal) => settle({ cause: signal ?? code ?? undefined }));
    });
    return { pid: child.pid ?? 0, port, exited };
  } finally {
    closeSync(log);
  }
}

/**
 * An engine that an earlier process of ours left behind when it was killed: adopted when it was started with the arguments that we
 * would give (its environment is not looked at) and answers to our key, otherwise stopped. Two engines on one folder would ruin it,
 * and the engine itself does not prevent that.
 */
export async function adoptOrphan(plan: EnginePlan, signal: AbortSignal): Promise<EngineProcess | undefined> {
  const orphans = await listProcessesWithWord(databasePath(plan));
  const [orphan, ...others] = orphans;
  const port = orphan && portOf(orphan);
  if (orphan && port && others.length === 0 && wasStartedBy(plan, orphan, port)) {
    const exited = watchExit(orphan.pid);
    if (await answersWithKey(port, plan.key, signal)) return { pid: orphan.pid, port, exited };
  }
  for (const { pid } of orphans) await stopProcess(pid, watchExit(pid));
  return undefined;
}

/** Waits until it answers to our key; throws what its exit means when it ends before. */
export async function waitUntilHealthy(
  engine: EngineProcess,
  plan: EnginePlan,
  signal: AbortSignal,
): Promise<void> {
  let exit: EngineExit | undefined;
  void engine.exited.then((value) => (exit = value));
  while (!(await answersWithKey(engine.port, plan.key, signal))) {
    signal.throwIfAborted();
    if (exit) throw await explainExit(exit, plan);
    await delay(POLL_INTERVAL_MS);
  }
  await putSearchesFirst(engine.pid);
}

/** SIGTERM, and SIGKILL when it is still there after five seconds. */
export async function stopProcess(pid: number, exited: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  const late = delay(STOP_TIMEOUT_MS, true, { signal: timer.signal }).catch(() => false);
  sendSignal(pid, 'SIGTERM');
  if (await Promise.race([exited.then(() => false), late])) sendSignal(pid, 'SIGKILL');
  timer.abort();
  await Promise.all([exited, waitUntilGone(pid)]);
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export function isPortTaken(error: unknown): boolean {
  return error instanceof AppError && error.message.includes('Address already in use');
}

function toArguments(plan: EnginePlan, port: number): string[] {
  const valued = {
    'db-path': databasePath(plan),
    'dump-dir': join(plan.dataDir, 'meilisearch-dumps'),
    'snapshot-dir': join(plan.dataDir, 'meilisearch-snapshots'),
    env: 'production',
    'log-level': 'ERROR',
    'max-indexing-memory': plan.maxIndexingMemory,
    // The engine's own default is half of the cores.
    'max-indexing-threads': String(availableParallelism()),
    'http-addr': `${LOOPBACK}:${port}`,
  };
  return ['--no-analytics', ...Object.entries(valued).flatMap(([name, value]) => [`--${name}`, value])];
}

function wasStartedBy(plan: EnginePlan, { words }: RunningProcess, port: number): boolean {
  return words.join(' ') === [plan.binary, ...toArguments(plan, port)].join(' ');
}

function portOf({ words }: RunningProcess): number | undefined {
  return Number(words[words.indexOf('--http-addr') + 1]?.split(':').at(-1)) || undefined;
}

function databasePath({ dataDir }: { dataDir: string }): string {
  return join(dataDir, 'meilisearch');
}

function inherited(names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

async function answersWithKey(port: number, key: string, signal: AbortSignal): Promise<boolean> {
  const health = await statusOf(port, '/health', key, signal);
  return health === 200 && (await statusOf(port, '/version', key, signal)) === 200;
}

async function statusOf(
  port: number,
  path: string,
  key: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const headers = { authorization: `Bearer ${key}`, connection: 'close' };
  try {
    const response = await fetch(`${engineUrl(port)}${path}`, {
      headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(STOP_TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}

async function explainExit(exit: EngineExit, plan: EnginePlan): Promise<AppError> {
  const logFile = engineLogFile(plan.dataDir);
  const said = await lastWords(logFile);
  const { bavail, bsize } = await statfs(plan.dataDir);
  if (/No space left|ENOSPC|os error 28|MDB_MAP_FULL/.test(said) || bavail * bsize < FREE_BYTES_MIN) {
    return new AppError(
      'disk-full',
      `The search engine did not start: the disk that holds ${plan.dataDir} is full.`,
      { path: plan.dataDir },
    );
  }
  if (exit.error || /GLIBC|error while loading shared libraries/.test(said)) {
    return toUnsupportedPlatform(said || String(exit.error), exit.error);
  }
  const remedy = /incompatible with your current engine|MDB_|is not an LMDB/.test(said)
    ? ` The index can be made again from the store: delete ${databasePath(plan)} and start again.`
    : '';
  return new AppError(
    'engine-failed',
    `The search engine did not start (${exit.cause ?? 'no exit code'}): ${said || 'it gave no reason.'}${remedy}`,
    { logFile },
  );
}

/** The engine's error in its log since its last start, in one line: a backtrace follows it. */
async function lastWords(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).split('\n').map((line) => line.trim());
  const start = lines.findLastIndex((line) => line.startsWith(START_MARK));
  const ofThisStart = lines.slice(start + 1).filter(Boolean);
  return (
    ofThisStart.findLast((line) => line.startsWith('Error: '))?.slice('Error: '.length) ??
    ofThisStart.findLast((line) => / ERROR |panicked|GLIBC|error while loading/.test(line)) ??
    ofThisStart.at(-1) ??
    ''
  );
}

const START_MARK = '--- start ';

async function rotateLog(logFile: string): Promise<void> {
  const size = (await stat(logFile).catch(() => undefined))?.size ?? 0;
  if (size > LOG_BYTES_MAX) await rename(logFile, `${logFile}.1`);
  const file = await open(logFile, 'a', 0o600);
  await file.write(`${START_MARK}${new Date().toISOString()}\n`);
  await file.close();
}

/** For a process that is not our child. */
async function watchExit(pid: number): Promise<EngineExit> {
  await waitUntilGone(pid);
  return { cause: undefined };
}

async function waitUntilGone(pid: number): Promise<void> {
  while (await isRunning(pid)) await delay(POLL_INTERVAL_MS);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
