import { isAppError } from '#domain/errors.ts';
import type { SearchEngine } from '#search/engine.ts';

/** After a failure the engine is left alone for so long, then one question tries it again. */
const PAUSE_MS = 1000;

const pausedUntil = new WeakMap<SearchEngine, number>();

/**
 * Asks the engine, or answers without it while it does not answer: a question that waits for an engine that is away would keep
 * its caller waiting for nothing. The way back is automatic.
 * @param instead is given the engine's error; undefined when it is being left alone
 */
export async function withEngine<T>(
  engine: SearchEngine,
  ask: () => Promise<T>,
  instead: (error: unknown) => Promise<T>,
): Promise<T> {
  const now = Date.now();
  const until = pausedUntil.get(engine);
  if (until !== undefined) {
    if (now < until) return instead(undefined);
    // The others go on without it until this one knows.
    pausedUntil.set(engine, now + PAUSE_MS);
  }
  try {
    const answer = await ask();
    pausedUntil.delete(engine);
    return answer;
  } catch (error) {
    if (!isAppError(error) || error.code !== 'search-unavailable') throw error;
    pausedUntil.set(engine, Date.now() + PAUSE_MS);
    return instead(error);
  }
}
