import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Keeps the files of a folder in memory until it is disposed of. Some kernels, of virtual machines above all, give up pages of files
 * that nobody has read for some seconds, however much memory is free; each is then read from the disk again.
 * @throws Error where `vmtouch` is not installed, or may not lock so much
 */
export async function holdInMemory(folder: string, signal: AbortSignal): Promise<AsyncDisposable> {
  // It waits for ever for what is not there.
  await access(folder);
  const home = await mkdtemp(join(tmpdir(), 'held-'));
  const pidFile = join(home, 'pid');
  try {
    // Once all is there it goes on by itself, with what it was given to write to.
    const child = spawn('vmtouch', ['-q', '-w', '-d', '-l', '-m', '64G', '-P', pidFile, folder], {
      stdio: 'ignore',
      signal,
    });
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    if (exitCode !== 0) throw new Error(`it ended with ${exitCode}`);
  } catch (error) {
    await rm(home, { recursive: true });
    throw new Error(`vmtouch (a Debian package) could not hold ${folder} in memory`, { cause: error });
  }
  const pid = Number(await readFile(pidFile, 'utf8'));
  return {
    [Symbol.asyncDispose]: async () => {
      process.kill(pid, 'SIGTERM');
      await rm(home, { recursive: true });
    },
  };
}
