import { sql } from 'drizzle-orm';

import type { AuditEvent } from '#domain/audit-event.ts';
import { diffProfiles } from '#domain/profile-changes.ts';
import {
  completenessOf,
  type ChangeAuthor,
  type FieldChange,
  type Profile,
  type ProfileChange,
} from '#domain/profile.ts';

import { auditing } from './audit.ts';
import { logCorrespondents } from './log-correspondents.ts';
import { anyOf } from './read-facts.ts';
import { withShown } from './shown-correspondent.ts';
import { keptRowsOf, rowsOf, type Database } from './store.ts';
import { CHANGE_CHANNEL, logging } from './write-change-log.ts';
import { toUtc } from './utc-text.ts';

export interface KnownProfile {
  profile: Profile;
  /** 0: nothing was ever said. */
  version: number;
  /** RFC 3339, UTC; null with version 0. */
  changedAt: string | null;
}

const NOTHING_SAID: KnownProfile = { profile: {}, version: 0, changedAt: null };

/** Of whom nothing was ever said: version 0. Undefined for whoever is unknown, has left the national files, or is withheld. */
export async function findProfile(db: Database, practitionerId: string): Promise<KnownProfile | undefined> {
  const [row] = await keptRowsOf<{ version: number | null; content: string; changedAt: string }>(
    db,
    sql`select f.version, f.content::text as content, ${toUtc(sql`changed_at`)} as "changedAt"
      from ${withShown(sql`(select 'professional' as kind, ${practitionerId}::text collate "C" as key)`)} a
      left join profile f on f.practitioner_id = a.key where a.is_shown`,
  );
  if (row === undefined) return undefined;
  return row.version === null ? NOTHING_SAID : toKnown({ ...row, version: row.version });
}

/** By practitioner id; those of whom nothing was ever said are absent. */
export async function listProfiles(
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

interface SingleEdit extends ProfileEdit {
  /** From the expected version; at least one. */
  changes: readonly FieldChange[];
  /** Whose draft is published by it, and goes. */
  editor: string | undefined;
}

/**
 * Replaces one page in one statement, with its history, the audit and the log: for single edits, many a second.
 * @returns when, RFC 3339; undefined when the page has another version than expected: then nothing is written
 */
export async function saveProfile(
  db: Database,
  { practitionerId, expectedVersion, profile, by, changes, editor }: SingleEdit,
  audit: AuditEvent,
): Promise<string | undefined> {
  const content = sql`${JSON.stringify(profile)}::text::json`;
  const completeness = completenessOf(profile);
  const [written] = await keptRowsOf<{ at: string }>(
    db,
    sql`with written as (${
      expectedVersion === 0
        ? // Somebody else may be writing the first version just now: then theirs is awaited, and this one does nothing.
          sql`insert into profile as p (practitioner_id, version, content, completeness)
            values (${practitionerId}, 1, ${content}, ${completeness})
            on conflict (practitioner_id) do update set version = 1, content = excluded.content,
              completeness = excluded.completeness, changed_at = now() where p.version = 0
            returning practitioner_id, version, changed_at`
        : sql`update profile set version = version + 1, content = ${content}, completeness = ${completeness}, changed_at = now()
            where practitioner_id = ${practitionerId} and version = ${expectedVersion}
            returning practitioner_id, version, changed_at`
    }),
    kept as (insert into profile_change (practitioner_id, version, author, changes)
      select practitioner_id, version, ${JSON.stringify(by)}::text::json, ${JSON.stringify(changes)}::text::json from written),
    published as (delete from profile_draft where practitioner_id = ${practitionerId} and editor = ${editor ?? null}
      and exists (select 1 from written)),
    audited as (${auditing(audit, sql`written`)}),
    logged as (${logging(sql`(select 'professional' collate "C" as kind, practitioner_id as key from written)`)})
    select ${toUtc(sql`changed_at`)} as at, pg_notify(${CHANGE_CHANNEL}, '') from written`,
  );
  return written?.at;
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
      returning ${toUtc(sql`at`)} as at`,
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
    sql`select version, ${toUtc(sql`at`)} as at, author::text as author, changes::text as changes from profile_change
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

interface ProfileRow {
  id: string;
  version: number;
  content: string;
  changedAt: string;
}

const COLUMNS = sql`practitioner_id as id, version, content::text as content, ${toUtc(sql`changed_at`)} as "changedAt"`;

function toKnown({ version, content, changedAt }: Omit<ProfileRow, 'id'>): KnownProfile {
  if (version === 0) return NOTHING_SAID;
  return { profile: JSON.parse(content) as Profile, version, changedAt };
}
