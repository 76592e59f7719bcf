import type { Database } from '#store/store.ts';
import { listWithheld as listWithheldKeys, release, withhold, type Withheld } from '#store/withheld.ts';

import { parseWithheldKey } from './parse-withheld-key.ts';

/**
 * Hides a person (by RPPS) or a mailbox (by address) from every channel at once.
 * @returns false when it was hidden already
 * @throws AppError `request-invalid`, `store-unavailable`
 */
export function withholdCorrespondent(db: Database, who: string, reason: string): Promise<boolean> {
  return withhold(db, parseWithheldKey(who), reason);
}

/**
 * Shows again what was withheld.
 * @returns false when it was not
 * @throws AppError `request-invalid`, `store-unavailable`
 */
export function releaseCorrespondent(db: Database, who: string): Promise<boolean> {
  return release(db, parseWithheldKey(who));
}

/** Who is withheld, by key. */
export function listWithheld(db: Database): Promise<Withheld[]> {
  return listWithheldKeys(db);
}
