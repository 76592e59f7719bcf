import { isAppError } from '#domain/errors.ts';
import { EngineRefusal } from '#search/engine-connection.ts';
import type { SearchEngine } from '#search/engine.ts';

/** After a failure the engine is left alone for so long, then one question tries it again. */
const PAUSE_MS = 1000;

interface EngineState {
  answeredAt: number;
  pausedUntil: number;
}

const states = new WeakMap<SearchEngine, EngineState>();

/**
 * Asks the engine, or answers without it while it does not answer: a question that waits for an engine that is away would keep
 * its caller waiting for nothing. The way back is automatic. A failure beside answers to others says nothing about the engine as
 * a whole: one slow question, or one that an index of an earlier version refuses, does not take it from everybody.
 * @param instead is given the engine's error; undefined when it is being left alone
 */
export async function withEngine<T>(
  engine: SearchEngine,
  ask: () => Promise<T>,
  instead: (error: unknown) => Promise<T>,
): Promise<T> {
  const state = states.get(engine) ?? { answeredAt: 0, pausedUntil: 0 };
  states.set(engine, state);
  const now = Date.now();
  if (now < state.pausedUntil) return instead(undefined);
  // The others go on without it until this one knows.
  if (state.pausedUntil > 0) state.pausedUntil = now + PAUSE_MS;
  try {
    const answer = await ask();
    Object.assign(state, { answeredAt: Date.now(), pausedUntil: 0 });
    return answer;
  } catch (error) {
    if (!isAppError(error) || error.code !== 'search-unavailable') throw error;
    const failedAt = Date.now();
    // Whoever refuses is there.
    if (error.cause instanceof EngineRefusal) Object.assign(state, { answeredAt: failedAt, pausedUntil: 0 });
    else if (failedAt - state.answeredAt > PAUSE_MS) state.pausedUntil = failedAt + PAUSE_MS;
    return instead(error);
  }
}
