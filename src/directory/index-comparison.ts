import type { CorrespondentLog } from '#domain/change-log.ts';
import { isAppError } from '#domain/errors.ts';
import { compareIndex, type CompareProgress, type CompareReport } from '#search/compare-index.ts';
import type { SearchEngine } from '#search/engine.ts';

export type ComparisonState =
  | { state: 'never' }
  | { state: 'running'; startedAt: Date; progress: CompareProgress }
  | { state: 'done'; startedAt: Date; finishedAt: Date; report: CompareReport }
  /** `reason` is for people. */
  | { state: 'failed'; startedAt: Date; finishedAt: Date; reason: string };

/** The comparison of index and store that an operator starts from a page: one at a time in this process, the last one kept. */
export interface IndexComparison extends AsyncDisposable {
  /** @returns false when one is running already */
  start(): boolean;
  read(): ComparisonState;
}

export function openIndexComparison(engine: SearchEngine, log: CorrespondentLog): IndexComparison {
  const ending = new AbortController();
  let current: ComparisonState = { state: 'never' };
  let running: Promise<void> | undefined;
  const compare = async (startedAt: Date) => {
    try {
      const report = await compareIndex({
        engine,
        log,
        repair: false,
        signal: ending.signal,
        onProgress: (progress) => (current = { state: 'running', startedAt, progress }),
      });
      current = { state: 'done', startedAt, finishedAt: new Date(), report };
    } catch (error) {
      const reason = isAppError(error) ? error.message : 'Something went wrong here.';
      current = { state: 'failed', startedAt, finishedAt: new Date(), reason };
    }
    running = undefined;
  };
  return {
    start: () => {
      if (running) return false;
      const startedAt = new Date();
      current = { state: 'running', startedAt, progress: { step: 'catch-up', done: 0, total: 0 } };
      running = compare(startedAt);
      return true;
    },
    read: () => current,
    [Symbol.asyncDispose]: async () => {
      ending.abort(new Error('the server stops'));
      await running;
    },
  };
}
