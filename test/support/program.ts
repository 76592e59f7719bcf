import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const ROOT = join(import.meta.dirname, '../..');

export interface Program extends AsyncDisposable {
  pid: number;
  /** All that it has said, on both channels. */
  output(): string;
  /** Resolves with the first match in what it says; rejects when it ends without. */
  untilSays(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code; null when a signal ended it. */
  exited: Promise<number | null>;
}

/** Starts one of our entries (`src/server.ts`, `src/cli.ts`) as a user does, with these settings only. */
export function startProgram(
  entry: string,
  args: readonly string[],
  settings: Record<string, string>,
): Program {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    [join(ROOT, entry), ...args],
    {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  const spoke = new EventTarget();
  const hear = (text: Buffer) => {
    said += text.toString();
    spoke.dispatchEvent(new Event('said'));
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const exited = once(child, 'close').then(([code]) => {
    spoke.dispatchEvent(new Event('said'));
    return code as number | null;
  });
  return {
    pid: child.pid!,
    output: () => said,
    untilSays: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(said);
          if (match) resolve(match);
          else if (child.exitCode !== null || child.signalCode !== null) {
            reject(
              new Error(
                `it ended (${child.exitCode ?? child.signalCode}) without saying ${pattern}:\n${said}`,
              ),
            );
          } else return;
          spoke.removeEventListener('said', look);
        };
        spoke.addEventListener('said', look);
        look();
      }),
    kill: (signal) => void child.kill(signal),
    exited,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Runs a command to its end. */
export async function runProgram(entry: string, args: readonly string[], settings: Record<string, string>) {
  const program = startProgram(entry, args, settings);
  const exitCode = await program.exited;
  return { exitCode, output: program.output() };
}
