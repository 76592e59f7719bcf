import { sql } from 'drizzle-orm';

import type { SentInvitation } from '#domain/territory.ts';

import { rowsOf, type Database } from './store.ts';
import { toUtc } from './utc-text.ts';

export interface NewInvitation {
  id: string;
  territoryId: string;
  practitionerId: string;
  tokenHash: string;
  means: 'mailbox' | 'email';
}

/** How long a link opens, and how long nobody is invited again. */
export const INVITATION_DAYS = 14;

/** A territory may send its own invitation again after so long. */
const RESEND_HOURS = 24;

/**
 * Notes an invitation before it is sent, so that two callers never send two.
 * @param isAgain sends again what the same territory sent, a day ago or more
 * @returns false when the person was invited less than 14 days ago, by whichever territory
 */
export async function addInvitation(
  db: Database,
  added: NewInvitation,
  { isAgain }: { isAgain: boolean },
): Promise<boolean> {
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
            and sent_at > now() - case when ${isAgain}::boolean and territory_id = ${territoryId}
              then make_interval(hours => ${RESEND_HOURS}::int) else make_interval(days => ${INVITATION_DAYS}::int) end)
        returning id`,
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

/** Of an invitation `i`: its link was not opened, it is less than 14 days old, and no later one of the territory replaces it. */
const IS_OPEN = sql`i.opened_at is null and i.sent_at > now() - make_interval(days => ${INVITATION_DAYS}::int)
  and not exists (select 1 from invitation n where n.practitioner_id = i.practitioner_id
    and n.territory_id = i.territory_id and n.sent_at > i.sent_at)`;

/** Whom a link is for, while it opens, and of somebody who may be shown. */
export async function findInvitation(db: Database, tokenHash: string): Promise<FoundInvitation | undefined> {
  const [found] = await rowsOf<FoundInvitation>(
    db,
    sql`select case when p.id like '8%' then substr(p.id, 2) end as rpps, concat_ws(' ', p.given_names, p.family_name) as name,
        t.name as "territoryName"
      from invitation i join practitioner p on p.id = i.practitioner_id join territory t on t.id = i.territory_id
      where i.token_hash = ${tokenHash} and ${IS_OPEN} and not exists (select 1 from withheld w where w.key = p.id)`,
  );
  return found;
}

/**
 * Makes it the only time that a link opens.
 * @returns false when it does not open, or is somebody else's
 */
export async function useInvitation(
  db: Database,
  tokenHash: string,
  practitionerId: string,
): Promise<boolean> {
  const rows = await rowsOf(
    db,
    sql`update invitation i set opened_at = now() where i.token_hash = ${tokenHash} and i.practitioner_id = ${practitionerId}
      and ${IS_OPEN} and not exists (select 1 from withheld w where w.key = i.practitioner_id) returning i.id`,
  );
  return rows.length > 0;
}

/** The latest first; of each person the last one. Who is withheld is absent. */
export async function listInvitations(
  db: Database,
  territoryId: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<SentInvitation[]> {
  return rowsOf(
    db,
    sql`select v.practitioner_id as "practitionerId", case when p.id like '8%' then substr(p.id, 2) end as rpps,
        concat_ws(' ', p.given_names, p.family_name) as name, v.means, v.times,
        ${toUtc(sql`v.sent_at`)} as "sentAt", ${toUtc(sql`v.opened_at`)} as "openedAt",
        ${toUtc(sql`case when pr.version > 0 and pr.changed_at > v.sent_at then pr.changed_at end`)} as "answeredAt",
        (v.opened_at is null and v.sent_at <= now() - make_interval(days => ${INVITATION_DAYS}::int)) as "isExpired",
        (v.sent_at <= now() - make_interval(hours => ${RESEND_HOURS}::int)) as "maySendAgain"
      from (select distinct on (i.practitioner_id) i.*, count(*) over (partition by i.practitioner_id)::int as times
        from invitation i where i.territory_id = ${territoryId} order by i.practitioner_id, i.sent_at desc) v
      join practitioner p on p.id = v.practitioner_id left join profile pr on pr.practitioner_id = p.id
      where not exists (select 1 from withheld w where w.key = p.id)
      order by v.sent_at desc, v.practitioner_id limit ${limit} offset ${offset}`,
  );
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
