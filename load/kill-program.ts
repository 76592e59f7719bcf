import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAMS = {
  cli: fileURLToPath(new URL('../src/cli.ts', import.meta.url)),
  server: fileURLToPath(new URL('../src/server.ts', import.meta.url)),
} as const;

const OUTPUT_CHARS_MAX = 100_000;

/** One of the project's own programs as a child process that may be killed at any moment. */
export interface Program extends AsyncDisposable {
  pid: number;
  /** Null when a signal ended it. */
  exited: Promise<number | null>;
  hasExited(): boolean;
  /** What it said last, on both of its outputs. */
  output(): string;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
}

const living = new Set<number>();

/** Whatever ends this process, none of its programs outlives it. */
process.once('exit', () => {
  for (const pid of living) process.kill(pid, 'SIGKILL');
});

/** Disposing stops it in order. */
export function startProgram(
  name: keyof typeof PROGRAMS,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Program {
  const child = spawn(process.execPath, [PROGRAMS[name], ...argv], {
    // A session of its own: Ctrl-C is for the script, which then stops the others in their order.
    detached: true,
    env: { ...inherited(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid!;
  living.add(pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-OUTPUT_CHARS_MAX)));
  }
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', () => living.delete(pid));
    child.once('close', resolve);
  });
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    exited,
    hasExited,
    output: () => output,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    [Symbol.asyncDispose]: async () => {
      if (!hasExited()) child.kill('SIGTERM');
      await exited;
    },
  };
}

function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
