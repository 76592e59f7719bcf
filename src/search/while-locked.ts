import type { CorrespondentLog } from '#domain/change-log.ts';
import { pause } from './pause.ts';

/** Waits for the right to write: a follower holds it for one reading of the log at a time. */
export async function whileLocked<T>(
  log: Pick<CorrespondentLog, 'withIndexLock'>,
  incarnation: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const outcome = await log.withIndexLock(incarnation, async (lockSignal) => ({
      value: await work(AbortSignal.any([signal, lockSignal])),
    }));
    if (outcome) return outcome.value;
    await pause(50, signal);
  }
}
