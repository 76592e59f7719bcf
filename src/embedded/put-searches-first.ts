import { readdir, readFile } from 'node:fs/promises';
import { getPriority, setPriority } from 'node:os';

/** The threads that index, and the one that starts further ones, which take its priority over. */
const INDEXING_THREADS: ReadonlySet<string> = new Set(['indexing-thread', 'scheduler']);
/** About a tenth of the share of a thread that answers searches, when both want the same core. */
const NICER_BY = 10;
const NICEST = 19;

/**
 * Lets the engine's searches go before its indexing where there are not cores enough for both. On Linux, where each thread has a
 * priority; elsewhere, and where it is not allowed, everything stays as it is.
 */
export async function putSearchesFirst(pid: number): Promise<void> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  for (const thread of threads) {
    const name = await readFile(`/proc/${pid}/task/${thread}/comm`, 'utf8').catch(() => '');
    if (!INDEXING_THREADS.has(name.trim())) continue;
    try {
      setPriority(Number(thread), Math.min(NICEST, getPriority(pid) + NICER_BY));
    } catch {
      // It has just ended, or its priority is not ours to set.
    }
  }
}
