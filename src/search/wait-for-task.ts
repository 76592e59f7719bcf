import { isAppError } from '#domain/errors.ts';
import type { EngineTask, SearchEngine } from './engine.ts';
import { pause } from './pause.ts';

/** An engine that is restarted goes on with its tasks; one that stays away longer than this is an error. */
const AWAY_MAX_MS = 20_000;

/** The engine gave a task up; what it was to write is not written. */
class EngineTaskFailure extends Error {
  readonly task: EngineTask;
  constructor(task: EngineTask) {
    super(`The search engine's task ${task.uid} ${task.status}: ${task.error?.message ?? 'no reason given'}`);
    this.name = 'EngineTaskFailure';
    this.task = task;
  }
}

/**
 * Asks after 10 ms, then at a tenth of the time already waited, at most every half second.
 * @throws EngineTaskFailure when it failed or was canceled; AppError `search-unavailable`; the signal's reason
 */
export async function waitForTask(engine: SearchEngine, uid: number, signal: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  let lastSeenAt = startedAt;
  for (;;) {
    const now = performance.now();
    await pause(Math.min(500, Math.max(10, (now - startedAt) / 10)), signal);
    signal.throwIfAborted();
    try {
      const task = await engine.getTask(uid, signal);
      if (task.status === 'succeeded') return;
      if (task.status === 'failed' || task.status === 'canceled') throw new EngineTaskFailure(task);
      lastSeenAt = performance.now();
    } catch (error) {
      if (!isAppError(error) || performance.now() - lastSeenAt > AWAY_MAX_MS) throw error;
    }
  }
}
