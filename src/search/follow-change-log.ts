import { applyChanges, type IndexWork } from './apply-changes.ts';
import { DOCUMENT_VERSION } from './index-settings.ts';
import { getLiveIndex } from './live-index.ts';
import { pause } from './pause.ts';
import { rebuildIndex } from './rebuild-index.ts';

export interface FollowOptions extends IndexWork {
  /** Between looks at the log when nothing woke the follower. Default 1,000. */
  pollIntervalMs?: number;
  /** After a first failure; doubled for each further one. Default 200. */
  retryMinMs?: number;
  /** Default 30,000. */
  retryMaxMs?: number;
}

/**
 * Keeps the live index equal to the store until the signal is aborted, then resolves. Rebuilds an index that is absent,
 * unknown to the store or of another version. May run in any number of processes: they take turns by the index's lock.
 * Nothing that fails is skipped or thrown: it is told as an event and tried again.
 */
export async function followChangeLog(options: FollowOptions): Promise<void> {
  const { signal, onEvent, retryMinMs = 200, retryMaxMs = 30_000 } = options;
  let failures = 0;
  while (!signal.aborted) {
    try {
      await followUntilFailure(options, () => {
        failures = 0;
      });
    } catch (error) {
      if (signal.aborted) return;
      const retryInMs = Math.min(retryMaxMs, retryMinMs * 2 ** failures);
      failures += 1;
      onEvent?.({ type: 'indexing-failed', error, failures, retryInMs });
      await pause(retryInMs, signal);
    }
  }
}

async function followUntilFailure(options: FollowOptions, succeeded: () => void): Promise<void> {
  const { log, signal, pollIntervalMs = 1000 } = options;
  let alarm = new AbortController();
  await using _subscription = await log.onChange(() => alarm.abort());
  while (!signal.aborted) {
    alarm = new AbortController();
    await bringLiveIndexUpToDate(options);
    succeeded();
    await pause(pollIntervalMs, signal, alarm.signal);
  }
}

async function bringLiveIndexUpToDate(options: IndexWork): Promise<void> {
  const { engine, log, signal } = options;
  const { incarnation, position } = await getLiveIndex(engine, log, signal);
  if (!position) {
    await rebuildIndex(options);
    return;
  }
  const [waiting] = await log.listChangesAfter(position, 1);
  if (waiting) await followIncarnation(options, incarnation);
}

/**
 * Reads the log to its end for that incarnation, unless it is live no more once its lock is held.
 * @returns false when another process holds the lock: that one does the work
 */
export async function followIncarnation(options: IndexWork, incarnation: string): Promise<boolean> {
  const { engine, log, onEvent } = options;
  const isDone = await log.withIndexLock(incarnation, async (lockSignal) => {
    const signal = AbortSignal.any([options.signal, lockSignal]);
    const live = await getLiveIndex(engine, log, signal);
    if (live.incarnation !== incarnation || !live.position) return true;
    await applyChanges({ ...options, signal }, engine.indexName, live.position, (position) =>
      log.saveCursor(incarnation, { position, documentVersion: DOCUMENT_VERSION }),
    );
    return true;
  });
  if (!isDone) onEvent?.({ type: 'busy-elsewhere', incarnation });
  return isDone ?? false;
}
