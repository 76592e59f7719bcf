import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { preferProcess, readPeakMemoryMb } from './machine.ts';

const HOME = fileURLToPath(new URL('..', import.meta.url));
const MEMORY_POLL_MS = 100;

/** What one run of the operator's command line took. */
export interface CommandRun {
  exitCode: number | null;
  wallMs: number;
  memoryPeakMb: number;
  output: string;
  /** When each step began, as the command itself tells it, in milliseconds since its start. */
  steps: { atMs: number; step: string }[];
}

const running = new Set<ChildProcess>();

/** In sessions of their own, they would outlive this process. */
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Runs `src/cli.ts` as an operator may beside servers that must not wait: by itself in a session of its own.
 * @throws the signal's reason
 */
export async function runCli(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<CommandRun> {
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, [...argumentsOf('cli'), ...argv], {
    cwd: HOME,
    env: childEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  // As far before others as the servers are: it is the command that gives way, not this script that holds it back.
  preferProcess(child.pid!);
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  let memoryPeakMb = 0;
  const polling = setInterval(() => {
    memoryPeakMb = Math.max(memoryPeakMb, readPeakMemoryMb(child.pid!) ?? 0);
  }, MEMORY_POLL_MS);
  const steps: CommandRun['steps'] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    // "reading rpps [####....] 17 %, 380,000 lines": the step is what stands before the bar.
    const step = line.split(' [')[0]!;
    if (steps.at(-1)?.step !== step) steps.push({ atMs: performance.now() - startedAtMs, step });
    process.stderr.write(`  ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s ${line}\n`);
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  running.delete(child);
  clearInterval(polling);
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  return { exitCode, wallMs: performance.now() - startedAtMs, memoryPeakMb, output, steps };
}

export interface ServerProcess extends AsyncDisposable {
  url: string;
  pid: number;
  /** From the start of the process until searches could be answered. */
  readyMs: number;
}

/** Starts `src/server.ts` on a free port and waits until it says that it is ready. All that it says goes to `onLog`, line by line. */
export async function startServer(
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
  onLog: (line: string) => void = () => undefined,
  nodeOptions: readonly string[] = [],
): Promise<ServerProcess> {
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, ...argumentsOf('start')], {
    cwd: HOME,
    env: childEnv({ DEMO: 'off', PORT: '0', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLog);
  const url = await untilReady(child, signal).catch(async (error: unknown) => {
    child.kill('SIGTERM');
    await exited;
    throw error;
  });
  return {
    url,
    pid: child.pid!,
    readyMs: performance.now() - startedAtMs,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function untilReady(child: ChildProcess, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const match = /^Ready\..*?(http:\/\/[^/\s]+)/.exec(line);
      if (match) resolve(match[1]!);
    });
  });
}

/** What Node is given by a script of `package.json`, options included. */
function argumentsOf(script: 'cli' | 'start'): string[] {
  const { scripts } = JSON.parse(readFileSync(`${HOME}package.json`, 'utf8')) as {
    scripts: Record<string, string>;
  };
  return scripts[script]!.split(' ').slice(1);
}

/** Ours and nobody else's: a setting of the caller's shell must not change what is measured. */
function childEnv(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ'].flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  return { ...Object.fromEntries(inherited), ...env } as NodeJS.ProcessEnv;
}
