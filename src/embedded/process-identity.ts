import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface RunningProcess {
  pid: number;
  /** The words of its command line; outside Linux split at spaces. */
  words: string[];
}

/**
 * A text that names one process for ever: a pid alone is given again to others, at once in a container whose server is always pid 1.
 * `undefined` when no such process runs (a zombie does not run).
 */
export async function findProcessIdentity(pid: number): Promise<string | undefined> {
  if (pid <= 0) return undefined;
  if (process.platform !== 'linux')
    return (await ps(['-o', 'lstart=', '-p', String(pid)])).trim() || undefined;
  const stat = await readProc(`${pid}/stat`);
  // The second field, the program's name, may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  if (!startTicks || state === 'Z' || state === 'X') return undefined;
  return `${(await readProc('sys/kernel/random/boot_id')).trim()}:${startTicks}`;
}

export async function isRunning(pid: number): Promise<boolean> {
  return (await findProcessIdentity(pid)) !== undefined;
}

/** The processes one of whose words is `word`. Cost: reads one small file per process of the machine. */
export async function listProcessesWithWord(word: string): Promise<RunningProcess[]> {
  const all = process.platform === 'linux' ? await listFromProc() : await listFromPs();
  const found = all.filter(({ pid, words }) => pid !== process.pid && words.includes(word));
  const running = await Promise.all(found.map(({ pid }) => isRunning(pid)));
  return found.filter((_, i) => running[i]);
}

async function listFromProc(): Promise<RunningProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  return Promise.all(
    pids.map(async (pid) => ({ pid, words: (await readProc(`${pid}/cmdline`)).split('\0').slice(0, -1) })),
  );
}

async function listFromPs(): Promise<RunningProcess[]> {
  const lines = (await ps(['-axo', 'pid=,command='])).trim().split('\n');
  return lines.map((line) => {
    const [pid, ...words] = line.trim().split(/\s+/);
    return { pid: Number(pid), words };
  });
}

async function ps(words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', words).catch(() => ({ stdout: '' }));
  return stdout;
}

async function readProc(path: string): Promise<string> {
  return readFile(`/proc/${path}`, 'utf8').catch(() => '');
}
