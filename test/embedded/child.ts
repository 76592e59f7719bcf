import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface ScriptChild extends AsyncDisposable {
  pid: number;
  process: ChildProcess;
  /** The next line it writes, or rejects with what it said when it ends. */
  nextLine(): Promise<string>;
  kill(): Promise<void>;
}

/** Runs a module text in a process of its own, in the repository. */
export function runScript(source: string): ScriptChild {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], {
    cwd: new URL('../..', import.meta.url),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdout.setEncoding('utf8');
  const lines = readLines(child.stdout);
  const gone = once(child, 'exit');
  async function kill() {
    child.kill('SIGKILL');
    await gone;
  }
  return {
    pid: child.pid ?? 0,
    process: child,
    async nextLine() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`The child ended: ${said}`);
      return value;
    },
    kill,
    [Symbol.asyncDispose]: kill,
  };
}

async function* readLines(stream: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  return undefined;
}
