import type { AuditContext } from '#domain/audit-event.ts';
import { applyChanges, isSame, valueOf } from '#domain/profile-changes.ts';
import { AppError } from '#domain/errors.ts';
import type { ProfileField } from '#domain/profile.ts';
import type { TerritoryImport } from '#domain/territory-import.ts';
import { listProfiles, saveProfiles } from '#store/profiles.ts';
import type { Database } from '#store/store.ts';
import { advanceImport, listImportLines } from '#store/territory-imports.ts';

import { authorOf } from './author-of.ts';
import { gatherChanges, nameFields, type OnProgress } from './confirm-import.ts';
import { getImport, lockImport } from './get-import.ts';
import { recordImport } from './record-import.ts';

const PAGES_AT_ONCE = 500;

/**
 * Gives every field that an import changed its former value, in one transaction. A field that somebody has changed since keeps
 * what it says now, and is listed in `leftByUndo`.
 * @throws AppError `import-not-found`, `import-state`, `import-changed`, `store-unavailable`
 */
export async function undoImport(
  db: Database,
  territoryId: string,
  id: string,
  { version, audit }: { version?: number | undefined; audit: AuditContext },
  onProgress: OnProgress = () => undefined,
): Promise<TerritoryImport> {
  await db.transaction(async (tx) => {
    const { version: current } = await lockImport(tx, territoryId, id, 'confirmed', version);
    const people = [...gatherChanges(await listImportLines(tx, id, { states: ['change'] }))];
    const left: { id: string; field: ProfileField }[] = [];
    for (let start = 0; start < people.length; start += PAGES_AT_ONCE) {
      const some = people.slice(start, start + PAGES_AT_ONCE);
      const profiles = await listProfiles(
        tx,
        some.map(([practitionerId]) => practitionerId),
      );
      const edits = some.map(([practitionerId, changes]) => {
        const { profile = {}, version: expectedVersion = 0 } = profiles.get(practitionerId) ?? {};
        const [ours, theirs] = partition(changes, ({ field, after }) =>
          isSame(valueOf(profile, field), after),
        );
        left.push(...theirs.map(({ field }) => ({ id: practitionerId, field })));
        const back = ours.map(({ field, before, after }) => ({ field, before: after, after: before }));
        const author = { ...authorOf(audit, territoryId), importId: id };
        return { practitionerId, expectedVersion, profile: applyChanges(profile, back), by: author };
      });
      const saved = await saveProfiles(tx, edits);
      // Somebody saved a page in this very instant.
      if ('stale' in saved)
        throw new AppError('import-changed', 'A page was being changed: try again.', { version: current });
      await onProgress(Math.min(start + PAGES_AT_ONCE, people.length), people.length);
    }
    await advanceImport(tx, id, { state: 'undone', left: await nameFields(tx, left) });
    await recordImport(tx, 'undo-import', territoryId, audit, { importId: id, pages: people.length });
  });
  return getImport(db, territoryId, id);
}

function partition<T>(items: readonly T[], holds: (item: T) => boolean): [T[], T[]] {
  return [items.filter(holds), items.filter((it) => !holds(it))];
}
