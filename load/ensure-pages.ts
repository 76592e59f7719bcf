import { sql } from 'drizzle-orm';

import { inventPage } from '#demo/demo-pages.ts';
import type { CorrespondentLog } from '#domain/change-log.ts';
import { saveProfiles, type ProfileEdit } from '#store/profiles.ts';
import { rowsOf, type Store } from '#store/store.ts';

const PAGES_AT_ONCE = 500;
const BY = { kind: 'application', name: 'Mesures' } as const;

/** Pages of invented people, as the demonstration has them, where nobody has any: who goes to homes, and where, is said there only. */
export async function ensurePages(store: Store, log: CorrespondentLog, signal: AbortSignal): Promise<void> {
  const known = await rowsOf(store.db, sql`select from profile where version > 0 limit 1`);
  if (known.length > 0) return;
  const now = new Date();
  let index = 0;
  let edits: ProfileEdit[] = [];
  const save = async () => {
    const batch = edits;
    edits = [];
    const saved = await store.db.transaction((tx) => saveProfiles(tx, batch));
    if ('stale' in saved) throw new Error(`${saved.stale.length} pages were edited meanwhile`);
  };
  for await (const batch of log.walkCorrespondents(1000)) {
    signal.throwIfAborted();
    for (const it of batch) {
      index += 1;
      const profile = it.rpps === null ? undefined : inventPage(it, index, now);
      if (profile) edits.push({ practitionerId: `8${it.rpps}`, expectedVersion: 0, profile, by: BY });
    }
    if (edits.length >= PAGES_AT_ONCE) await save();
  }
  await save();
}
