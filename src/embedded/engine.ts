import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { getEngineBinary } from './engine-binary.ts';
import {
  adoptOrphan,
  engineUrl,
  findFreePort,
  isPortTaken,
  startEngineProcess,
  stopProcess,
  waitUntilHealthy,
  type EnginePlan,
  type EngineProcess,
} from './engine-process.ts';

export interface EmbeddedEngine extends AsyncDisposable {
  /** Does not change while it is open, even when the engine was started again. */
  readonly url: string;
  readonly key: string;
  /** Of the engine as it runs now. */
  readonly pid: number;
}

export interface EmbeddedEngineOptions {
  /** Held by this process (`lockDataDir`): two engines on one folder ruin it. */
  dataDir: string;
  /** MEILI_BINARY. */
  binary?: string | undefined;
  /** Gives up starting. Once open, dispose of the engine instead. */
  signal: AbortSignal;
  log: EngineLog;
  /** Memory for indexing, at most: `1GiB`. */
  maxIndexingMemory?: string;
}

/** A LogTape logger is one. */
export interface EngineLog {
  info(message: string, properties: Record<string, unknown>): void;
  warning(message: string, properties: Record<string, unknown>): void;
}

const RESTART_DELAY_MIN_MS = 100;
const RESTART_DELAY_MAX_MS = 10_000;
/** An engine that lived this long starts its delays afresh. */
const STEADY_AFTER_MS = 60_000;
const PORT_ATTEMPTS = 5;

/**
 * Starts Meilisearch as a child process and keeps it running, on the same port, until disposed of. One that an earlier process left
 * behind is adopted.
 *
 * Throws `engine-unsupported-platform`, `engine-untrusted`, `disk-full`, and `engine-failed` with the engine's own last words.
 */
export async function openEmbeddedEngine(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
  const { binary, signal, log, maxIndexingMemory = '1GiB' } = options;
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const plan: EnginePlan = {
    dataDir,
    binary: await getEngineBinary({ dataDir, binary }),
    key: await getOwnKey(dataDir),
    maxIndexingMemory,
  };
  const orphan = await adoptOrphan(plan, signal);
  if (orphan) log.info('The search engine of an earlier run was adopted', { pid: orphan.pid });
  return supervise(orphan ?? (await startOnFreePort(plan, signal)), plan, log);
}

function supervise(first: EngineProcess, plan: EnginePlan, log: EngineLog): EmbeddedEngine {
  const { port } = first;
  const stopping = new AbortController();
  let current = first;

  async function keepRunning(): Promise<void> {
    let restartDelayMs = RESTART_DELAY_MIN_MS;
    let startedAt = Date.now();
    let error: unknown;
    while (!stopping.signal.aborted) {
      const exit = await Promise.race([current.exited, aborted(stopping.signal)]);
      if (!exit) return;
      if (Date.now() - startedAt > STEADY_AFTER_MS) restartDelayMs = RESTART_DELAY_MIN_MS;
      log.warning('The search engine stopped; it is started again', { ...exit, error, restartDelayMs });
      await delay(restartDelayMs, undefined, { signal: stopping.signal });
      restartDelayMs = Math.min(restartDelayMs * 2, RESTART_DELAY_MAX_MS);
      startedAt = Date.now();
      try {
        current = await startEngineProcess(plan, port);
        await waitUntilHealthy(current, plan, stopping.signal);
        error = undefined;
        log.info('The search engine runs again', { pid: current.pid });
      } catch (failure) {
        error = failure;
      }
    }
  }

  const running = keepRunning().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  return {
    url: engineUrl(port),
    key: plan.key,
    get pid() {
      return current.pid;
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
      await stopProcess(current.pid, current.exited);
    },
  };
}

async function startOnFreePort(plan: EnginePlan, signal: AbortSignal): Promise<EngineProcess> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    const engine = await startEngineProcess(plan, await findFreePort());
    try {
      await waitUntilHealthy(engine, plan, signal);
      return engine;
    } catch (error) {
      await stopProcess(engine.pid, engine.exited);
      // Another process may take the port between its choice and its use.
      if (!isPortTaken(error) || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

/** The engine's master key, made at the first start. */
async function getOwnKey(dataDir: string): Promise<string> {
  const file = join(dataDir, 'meilisearch.key');
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (known.length >= 32) return known;
  const key = randomBytes(32).toString('base64url');
  await writeFile(file, key, { mode: 0o600 });
  return key;
}

async function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return;
  await new Promise((settle) => signal.addEventListener('abort', settle, { once: true }));
}
