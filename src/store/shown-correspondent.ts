import { sql, type SQL } from 'drizzle-orm';

/**
 * Which rows of a relation `(kind, key)` are correspondents that may be shown now: `(kind, key, is_shown)`. One rule for the
 * change log and the counts:
 * - a professional whom the RPPS knows, when active; one whom only an active mailbox knows, under its national identifier or,
 *   without one, under its address;
 * - a mailbox of another type than PER, when active;
 * - a declared expertise or team that is not deleted, when whoever declares it is shown;
 * - never who is withheld, nor a mailbox all of whose holders are, nor what such a person or mailbox answers for.
 *
 * Made of joins for what most rows need, so that two million rows take seconds.
 * @param areFew thousands: each is looked up by itself, where else all mailboxes of the country may be read first
 */
export function withShown(relation: SQL, areFew = false): SQL {
  const byItself = areFew ? sql`offset 0` : sql``;
  return sql`(
    select a.kind, a.key, w.key is null and case
      when a.kind = 'professional' and strpos(a.key, '@') = 0 then coalesce(
        p.is_active,
        exists (select 1 from mailbox_holder h join mailbox m on m.address = h.address
          where h.practitioner_id = a.key and h.is_active and m.is_active and h.family_name is not null
            and not exists (select 1 from withheld w where w.key = h.address) ${byItself}))
      when a.kind = 'professional' then exists (
        select 1 from mailbox m where m.address = a.key and m.is_active and m.type = 'PER'
          and exists (select 1 from mailbox_holder h
            where h.address = m.address and h.is_active and h.family_name is not null)
          and not exists (select 1 from mailbox_holder h
            where h.address = m.address and h.is_active and h.practitioner_id is not null) ${byItself})
      when a.kind = 'service' then exists (
        select 1 from mailbox m join mailbox_holder h on h.address = m.address
          where m.address = a.key and m.is_active and m.type <> 'PER' and h.is_active
            and (h.practitioner_id is null or not exists (select 1 from withheld w where w.key = h.practitioner_id)) ${byItself})
      when a.kind in ('expert', 'team') then exists (
        select 1 from declaration d where d.key = a.key and d.kind = a.kind and not d.is_deleted
          and not exists (select 1 from withheld x where x.key = d.practitioner_id or x.key = d.mailbox)
          and (d.practitioner_id is null or coalesce(
            (select o.is_active from practitioner o where o.id = d.practitioner_id),
            exists (select 1 from mailbox_holder h join mailbox m on m.address = h.address
              where h.practitioner_id = d.practitioner_id and h.is_active and m.is_active and h.family_name is not null
                and not exists (select 1 from withheld x where x.key = h.address)))))
      else false end as is_shown
    from ${relation} a
    left join practitioner p on p.id = a.key
    left join withheld w on w.key = a.key)`;
}

/** `(kind, key)` of all that may be correspondents, each once; `withShown` tells which ones are. */
export const EVERY_CORRESPONDENT: SQL = sql`
  select 'professional' as kind, id as key from practitioner where is_active
  union all
  select distinct 'professional', h.practitioner_id from mailbox_holder h
    where h.is_active and h.practitioner_id is not null
      and not exists (select 1 from practitioner p where p.id = h.practitioner_id)
  union all
  select case when type = 'PER' then 'professional' else 'service' end, address from mailbox where is_active
  union all
  select kind, key from declaration where not is_deleted`;
