import type { CorrespondentLog } from '#domain/change-log.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import type { SearchEngine } from '#search/engine.ts';
import type { Store } from '#store/store.ts';
import type { WithheldCheck } from '#store/withheld.ts';

/** What the read use cases work with. */
export interface Directory {
  store: Store;
  log: CorrespondentLog;
  engine: SearchEngine;
  /** Which of some practitioner ids and addresses must not be shown now. */
  withheld: WithheldCheck;
  now: () => Date;
  /**
   * Told which correspondents an answer is about to give, and may hold it back or refuse it; undefined where nobody counts them.
   * @throws AppError `too-many-requests`
   */
  onShown?: ((shown: readonly Correspondent[]) => Promise<void>) | undefined;
}
