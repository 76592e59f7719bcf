import { sql } from 'drizzle-orm';

import { diffProfiles } from '#domain/profile-changes.ts';
import {
  completenessOf,
  type ChangeAuthor,
  type FieldChange,
  type Profile,
  type ProfileChange,
} from '#domain/profile.ts';

import { logCorrespondents } from './log-correspondents.ts';
import { anyOf } from './read-facts.ts';
import { rowsOf, type Database } from './store.ts';

export interface KnownProfile {
  profile: Profile;
  /** 0: nothing was ever said. */
  version: number;
  /** RFC 3339, UTC; null with version 0. */
  changedAt: string | null;
}

const NOTHING_SAID: KnownProfile = { profile: {}, version: 0, changedAt: null };

/** Of whom nothing was ever said: version 0. */
export async function findProfile(db: Database, practitionerId: string): Promise<KnownProfile> {
  return (await listProfiles(db, [practitionerId])).get(practitionerId) ?? NOTHING_SAID;
}

/** By practitioner id; those of whom nothing was ever said are absent. */
async function listProfiles(
  db: Database,
  practitionerIds: readonly string[],
): Promise<Map<string, KnownProfile>> {
  const rows = await rowsOf<ProfileRow>(
    db,
    sql`select ${COLUMNS} from profile where practitioner_id = ${anyOf(practitionerIds)}`,
  );
  return new Map(rows.map((row) => [row.id, toKnown(row)]));
}

export interface ProfileEdit {
  practitionerId: string;
  /** The version that the new page was made from. */
  expectedVersion: number;
  /** Whole, as `ProfileSchema` gives it. */
  profile: Profile;
  by: ChangeAuthor;
}

export interface SavedProfile extends KnownProfile {
  practitionerId: string;
  /** Empty when the page says what it said before: then nothing is written. */
  changes: FieldChange[];
}

/**
 * Replaces pages, keeps what changed, and logs the correspondents, in the caller's transaction. Pages are locked in one order, so
 * that two callers cannot wait for each other.
 * @param edits at most one a page
 * @returns `stale`: those whose page has another version than expected; nothing is written when there is one
 */
export async function saveProfiles(
  tx: Database,
  edits: readonly ProfileEdit[],
): Promise<{ saved: SavedProfile[] } | { stale: string[] }> {
  if (edits.length === 0) return { saved: [] };
  const ids = edits.map((it) => it.practitionerId).toSorted();
  const current = await lockProfiles(tx, ids);
  const stale = edits.filter((it) => current.get(it.practitionerId)!.version !== it.expectedVersion);
  if (stale.length > 0) return { stale: stale.map((it) => it.practitionerId) };
  const differing = edits.flatMap((edit) => {
    const changes = diffProfiles(current.get(edit.practitionerId)!.profile, edit.profile);
    return changes.length === 0 ? [] : [{ ...edit, changes }];
  });
  const changedAt = await writeProfiles(tx, differing);
  const changesOf = new Map(differing.map((it) => [it.practitionerId, it.changes]));
  const saved = edits.map(({ practitionerId, profile }) => {
    const known = current.get(practitionerId)!;
    const changes = changesOf.get(practitionerId);
    if (changes === undefined) return { practitionerId, ...known, changes: [] };
    return { practitionerId, profile, version: known.version + 1, changedAt, changes };
  });
  return { saved };
}

/** Of one page; a page that does not exist yet is made, with nothing said. */
async function lockProfiles(tx: Database, ids: readonly string[]): Promise<Map<string, KnownProfile>> {
  const wanted = JSON.stringify(ids.map((id) => ({ id })));
  await tx.execute(sql`insert into profile (practitioner_id, version, content, completeness)
    select id, 0, '{}', 'empty' from json_to_recordset(${wanted}::text::json) as w(id text) order by id
    on conflict do nothing`);
  const rows = await rowsOf<ProfileRow>(
    tx,
    sql`select ${COLUMNS} from profile where practitioner_id = ${anyOf(ids)} order by practitioner_id for update`,
  );
  return new Map(rows.map((row) => [row.id, toKnown(row)]));
}

/** @returns when, RFC 3339; null when there is nothing to write */
async function writeProfiles(
  tx: Database,
  edits: readonly (ProfileEdit & { changes: FieldChange[] })[],
): Promise<string | null> {
  if (edits.length === 0) return null;
  const rows = edits.map(({ practitionerId, profile, by, changes }) => ({
    id: practitionerId,
    content: profile,
    completeness: completenessOf(profile),
    author: by,
    import_id: by.importId ?? null,
    changes,
  }));
  const [written] = await rowsOf<{ at: string }>(
    tx,
    sql`with edit as materialized (
        select * from json_to_recordset(${JSON.stringify(rows)}::text::json)
          as e(id text, content json, completeness text, author json, import_id text, changes json)),
      written as (
        update profile p set version = p.version + 1, content = e.content, completeness = e.completeness, changed_at = now()
        from edit e where p.practitioner_id = e.id returning p.practitioner_id, p.version)
      insert into profile_change (practitioner_id, version, author, changes, import_id)
      select w.practitioner_id, w.version, e.author, e.changes, e.import_id from written w join edit e on e.id = w.practitioner_id
      returning ${toUtc('at')} as at`,
  );
  await logCorrespondents(
    tx,
    edits.map(({ practitionerId }) => ({ kind: 'professional', key: practitionerId })),
  );
  return written!.at;
}

/** The latest first. */
export async function listProfileChanges(
  db: Database,
  practitionerId: string,
  { after = 0, before, limit }: { after?: number; before?: number | undefined; limit: number },
): Promise<ProfileChange[]> {
  const rows = await rowsOf<{ version: number; at: string; author: string; changes: string }>(
    db,
    sql`select version, ${toUtc('at')} as at, author::text as author, changes::text as changes from profile_change
      where practitioner_id = ${practitionerId} and version > ${after}
        and version < ${before ?? 2_147_483_647} order by version desc limit ${limit}`,
  );
  return rows.map(({ version, at, author, changes }) => ({
    version,
    at,
    by: JSON.parse(author) as ChangeAuthor,
    changes: JSON.parse(changes) as FieldChange[],
  }));
}

type ProfileRow = { id: string; version: number; content: string; changedAt: string };

const COLUMNS = sql`practitioner_id as id, version, content::text as content, ${toUtc('changed_at')} as "changedAt"`;

function toKnown({ version, content, changedAt }: ProfileRow): KnownProfile {
  if (version === 0) return NOTHING_SAID;
  return { profile: JSON.parse(content) as Profile, version, changedAt };
}

function toUtc(column: string) {
  return sql`to_char(${sql.identifier(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}
