import type { ImportProgress } from '#domain/import-progress.ts';
import { saveImportProgress } from '#store/import-runs.ts';
import type { Database } from '#store/store.ts';

const EVERY_MS = 500;

/**
 * Keeps how far a run has got where other processes see it: at each step, and now and then within one. A run never waits for
 * that, and goes on when it cannot be kept.
 * @param db not the session of the run, whose transaction nobody sees before its end
 */
export function keepProgress(db: Database, runId: number) {
  let saving: Promise<void> | undefined;
  let step = '';
  let savedAtMs = 0;
  return {
    keep: (progress: ImportProgress): void => {
      const isSameStep = progress.step === step && performance.now() - savedAtMs < EVERY_MS;
      if (saving || isSameStep) return;
      step = progress.step;
      savedAtMs = performance.now();
      saving = saveImportProgress(db, runId, progress)
        .catch(() => undefined)
        .finally(() => (saving = undefined));
    },
    [Symbol.asyncDispose]: async () => {
      await saving;
    },
  };
}
