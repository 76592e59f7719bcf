import { sql } from 'drizzle-orm';

import { rowsOf, type Database } from './store.ts';

export interface NewInvitation {
  id: string;
  territoryId: string;
  practitionerId: string;
  tokenHash: string;
  means: 'mailbox' | 'email';
}

/** How long a link opens, and how long nobody is invited again. */
export const INVITATION_DAYS = 14;

/**
 * Notes an invitation before it is sent, so that two callers never send two.
 * @returns false when the person was invited less than 14 days ago, by whichever territory
 */
export async function addInvitation(db: Database, added: NewInvitation): Promise<boolean> {
  const { id, territoryId, practitionerId, tokenHash, means } = added;
  return db.transaction(async (tx) => {
    // One at a time for a person: an invitation that is not there yet cannot be locked.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended('invitation ' || ${practitionerId}::text, 0))`,
    );
    const rows = await rowsOf(
      tx,
      sql`insert into invitation (id, territory_id, practitioner_id, token_hash, means)
        select ${id}, ${territoryId}, ${practitionerId}, ${tokenHash}, ${means} where not exists (
          select 1 from invitation where practitioner_id = ${practitionerId}
            and sent_at > now() - make_interval(days => ${INVITATION_DAYS}::int)) returning id`,
    );
    return rows.length > 0;
  });
}

/** One that could not be sent. */
export async function removeInvitation(db: Database, id: string): Promise<void> {
  await db.execute(sql`delete from invitation where id = ${id}`);
}

export interface FoundInvitation {
  /** RPPS; null for whoever has none. */
  rpps: string | null;
  /** "ISAURE VALLORBE". */
  name: string;
  territoryName: string;
}

/**
 * Whom a link is for, while it opens: not opened yet, less than 14 days old, of somebody who may be shown.
 * @param opens makes it the only time
 */
export async function findInvitation(
  db: Database,
  tokenHash: string,
  { opens }: { opens: boolean },
): Promise<FoundInvitation | undefined> {
  const isOpen = sql`token_hash = ${tokenHash} and opened_at is null
    and sent_at > now() - make_interval(days => ${INVITATION_DAYS}::int)`;
  const opened = opens
    ? sql`update invitation set opened_at = now() where ${isOpen} returning practitioner_id, territory_id`
    : sql`select practitioner_id, territory_id from invitation where ${isOpen}`;
  const [found] = await rowsOf<FoundInvitation>(
    db,
    sql`with i as (${opened})
      select case when p.id like '8%' then substr(p.id, 2) end as rpps, concat_ws(' ', p.given_names, p.family_name) as name,
        t.name as "territoryName"
      from i join practitioner p on p.id = i.practitioner_id join territory t on t.id = i.territory_id
      where not exists (select 1 from withheld w where w.key = p.id)`,
  );
  return found;
}

/** The secure mailbox of each of these people that was opened last, by address among equals; none of who is withheld. */
export async function listOwnMailboxes(
  db: Database,
  practitionerIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; address: string }>(
    db,
    sql`select distinct on (h.practitioner_id) h.practitioner_id as id, m.address
      from json_array_elements_text(${JSON.stringify(practitionerIds)}::text::json) as wanted (id)
      join mailbox_holder h on h.practitioner_id = wanted.id and h.is_active
      join mailbox m on m.address = h.address and m.is_active and m.type = 'PER'
      where not exists (select 1 from withheld w where w.key in (m.address, h.practitioner_id))
      order by h.practitioner_id, m.last_opened_on desc nulls last, m.address`,
  );
  return new Map(rows.map((row) => [row.id, row.address]));
}
