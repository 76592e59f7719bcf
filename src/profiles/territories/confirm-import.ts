import type { AuditContext } from '#domain/audit-event.ts';
import { AppError } from '#domain/errors.ts';
import { applyChanges, isSame, valueOf } from '#domain/profile-changes.ts';
import type { ChangeAuthor, FieldChange } from '#domain/profile.ts';
import type { ImportLine, LeftField, TerritoryImport } from '#domain/territory-import.ts';
import { listProfiles, saveProfiles, type KnownProfile } from '#store/profiles.ts';
import type { Database } from '#store/store.ts';
import { describePeople, listTerritoryProfessionals } from '#store/territories.ts';
import { advanceImport, listImportLines } from '#store/territory-imports.ts';

import { authorOf } from './author-of.ts';
import { getImport, lockImport } from './get-import.ts';
import { recordImport } from './record-import.ts';

const PAGES_AT_ONCE = 500;

export type OnProgress = (done: number, total: number) => Promise<void> | void;

/**
 * Applies a preview to the pages, wholly or not at all.
 * @param skipsUnresolved leaves out lines that are wrong or doubtful; without it, one such line refuses the whole
 * @param onProgress told after every few hundred pages; nothing is committed before the last
 * @throws AppError `import-unresolved`, `import-outdated` when a page has changed in a field of the import since it was looked at,
 * `import-not-found`, `import-state`, `import-changed`, `store-unavailable`
 */
export async function confirmImport(
  db: Database,
  territoryId: string,
  id: string,
  { version, skipsUnresolved, audit }: { version: number; skipsUnresolved: boolean; audit: AuditContext },
  onProgress: OnProgress = () => undefined,
): Promise<TerritoryImport> {
  await db.transaction(async (tx) => {
    const { counts } = await lockImport(tx, territoryId, id, 'preview', version);
    if (!skipsUnresolved && counts.fault + counts.doubtful > 0)
      throw new AppError(
        'import-unresolved',
        `${counts.fault} lines are wrong and ${counts.doubtful} doubtful: mend them, or leave them out.`,
        { faults: counts.fault, doubtful: counts.doubtful },
      );
    const changes = gatherChanges(await listImportLines(tx, id, { states: ['change'] }));
    await refuseGone(tx, territoryId, changes);
    const profiles = await readWholly(tx, changes);
    await writePages(tx, changes, profiles, { ...authorOf(audit, territoryId), importId: id }, onProgress);
    await advanceImport(tx, id, { state: 'confirmed' });
    await recordImport(tx, 'confirm-import', territoryId, audit, { importId: id, pages: changes.size });
  });
  return getImport(db, territoryId, id);
}

/** What an import changes, by person in the order of their ids, each field once. */
export function gatherChanges(lines: readonly ImportLine[]): Map<string, FieldChange[]> {
  const changes = new Map<string, Map<string, FieldChange>>();
  for (const { practitionerId, changes: own } of lines) {
    const fields = changes.get(practitionerId!) ?? new Map<string, FieldChange>();
    changes.set(practitionerId!, fields);
    for (const change of own) fields.set(change.field, change);
  }
  return new Map(
    [...changes].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, fields]) => [id, [...fields.values()]]),
  );
}

/** Coordinators write on the pages of those who practise there now. */
async function refuseGone(
  tx: Database,
  territoryId: string,
  changes: ReadonlyMap<string, FieldChange[]>,
): Promise<void> {
  const present = new Set((await listTerritoryProfessionals(tx, territoryId)).map((it) => it.practitionerId));
  const gone = [...changes].filter(([id]) => !present.has(id));
  if (gone.length > 0)
    throw await outdated(
      tx,
      gone.map(([id, [first]]) => ({ id, field: first!.field })),
    );
}

async function readWholly(
  tx: Database,
  changes: ReadonlyMap<string, FieldChange[]>,
): Promise<Map<string, KnownProfile>> {
  const profiles = await listProfiles(tx, [...changes.keys()]);
  const moved = [...changes].flatMap(([id, fields]) => {
    const profile = profiles.get(id)?.profile ?? {};
    return fields
      .filter(({ field, before }) => !isSame(valueOf(profile, field), before))
      .map(({ field }) => ({ id, field }));
  });
  if (moved.length > 0) throw await outdated(tx, moved);
  return profiles;
}

async function writePages(
  tx: Database,
  changes: ReadonlyMap<string, FieldChange[]>,
  profiles: ReadonlyMap<string, KnownProfile>,
  by: ChangeAuthor,
  onProgress: OnProgress,
): Promise<void> {
  const people = [...changes];
  for (let start = 0; start < people.length; start += PAGES_AT_ONCE) {
    const edits = people.slice(start, start + PAGES_AT_ONCE).map(([practitionerId, fields]) => {
      const { profile = {}, version = 0 } = profiles.get(practitionerId) ?? {};
      return { practitionerId, expectedVersion: version, profile: applyChanges(profile, fields), by };
    });
    const saved = await saveProfiles(tx, edits);
    if ('stale' in saved)
      throw await outdated(
        tx,
        saved.stale.map((id) => ({ id, field: changes.get(id)![0]!.field })),
      );
    await onProgress(Math.min(start + PAGES_AT_ONCE, people.length), people.length);
  }
}

async function outdated(
  tx: Database,
  fields: readonly { id: string; field: LeftField['field'] }[],
): Promise<AppError> {
  return new AppError(
    'import-outdated',
    'Pages have changed since the preview was made: look at it again against what they say now.',
    { fields: await nameFields(tx, fields) },
  );
}

/** With the names of the people; whoever is withheld has none. */
export async function nameFields(
  tx: Database,
  fields: readonly { id: string; field: LeftField['field'] }[],
): Promise<LeftField[]> {
  const people = await describePeople(tx, [...new Set(fields.map((it) => it.id))]);
  return fields.map(({ id, field }) => ({
    practitionerId: id,
    name: people.get(id)?.name ?? 'Personne masquée',
    field,
  }));
}
