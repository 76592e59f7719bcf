import { sql } from 'drizzle-orm';

import { inventPage } from '#demo/demo-pages.ts';
import type { CorrespondentLog } from '#domain/change-log.ts';
import { saveProfiles, type ProfileEdit } from '#store/profiles.ts';
import { rowOf, type Store } from '#store/store.ts';

const PAGES_AT_ONCE = 500;
const BY = { kind: 'application', name: 'Mesures' } as const;

/** Pages of invented people, as the demonstration has them, where nobody has any: who goes to homes, and where, is said there only. */
export async function ensurePages(store: Store, log: CorrespondentLog, signal: AbortSignal): Promise<void> {
  const { pages } = await rowOf<{ pages: number }>(
    store.db,
    sql`select count(*)::int as pages from profile where version > 0`,
  );
  if (pages >= PAGES_AT_ONCE) return;
  const now = new Date();
  let index = 0;
  let edits: ProfileEdit[] = [];
  for await (const batch of log.walkCorrespondents(1000)) {
    signal.throwIfAborted();
    for (const it of batch) {
      index += 1;
      const profile = it.rpps === null ? undefined : inventPage(it, index, now);
      if (profile) edits.push({ practitionerId: `8${it.rpps}`, expectedVersion: 0, profile, by: BY });
    }
    const written = edits.splice(0, edits.length >= PAGES_AT_ONCE ? edits.length : 0);
    await store.db.transaction((tx) => saveProfiles(tx, written));
  }
  await store.db.transaction((tx) => saveProfiles(tx, edits));
}
