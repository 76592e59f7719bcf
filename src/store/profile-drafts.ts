import { sql } from 'drizzle-orm';

import { rowsOf, type Database } from './store.ts';
import { toUtc } from './utc-text.ts';

export interface ProfileDraft {
  /** As typed. */
  content: unknown;
  baseVersion: number;
  /** RFC 3339, UTC. */
  savedAt: string;
}

export async function findDraft(
  db: Database,
  practitionerId: string,
  editor: string,
): Promise<ProfileDraft | undefined> {
  const [row] = await rowsOf<{ content: string; baseVersion: number; savedAt: string }>(
    db,
    sql`select content::text as content, base_version as "baseVersion",
      ${toUtc(sql`saved_at`)} as "savedAt"
      from profile_draft where practitioner_id = ${practitionerId} and editor = ${editor}`,
  );
  return row && { ...row, content: JSON.parse(row.content) as unknown };
}

export async function saveDraft(
  db: Database,
  practitionerId: string,
  editor: string,
  { content, baseVersion }: Pick<ProfileDraft, 'content' | 'baseVersion'>,
): Promise<void> {
  await rowsOf(
    db,
    sql`insert into profile_draft (practitioner_id, editor, base_version, content)
      values (${practitionerId}, ${editor}, ${baseVersion}, ${JSON.stringify(content)}::text::json)
      on conflict (practitioner_id, editor) do update set base_version = excluded.base_version,
        content = excluded.content, saved_at = now()`,
  );
}

/** @returns false when there was none */
export async function deleteDraft(db: Database, practitionerId: string, editor: string): Promise<boolean> {
  const rows = await rowsOf(
    db,
    sql`delete from profile_draft where practitioner_id = ${practitionerId} and editor = ${editor}
      returning editor`,
  );
  return rows.length > 0;
}
