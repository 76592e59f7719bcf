import { sql, type SQL } from 'drizzle-orm';

import { foldText } from '#domain/fold.ts';
import type {
  DayNumbers,
  InvitationNumbers,
  MemberFilter,
  TerritoryMember,
  TerritoryNumbers,
} from '#domain/territory.ts';

import { rowOf, rowsOf, type Database } from './store.ts';
import { HAS_MAILBOX, practising } from './territories.ts';
import { toUtc } from './utc-text.ts';

/** The page `pr` of each person of `practising`, which not everybody has. */
const people = (territoryId: string): SQL =>
  practising(territoryId, sql`left join profile pr on pr.practitioner_id = p.id`);

const PAGE = sql`coalesce(pr.completeness, 'empty')`;
const IS_STALE = sql`(${PAGE} <> 'empty' and pr.changed_at < now() - interval '12 months')`;

const NUMBERS = sql`count(distinct p.id)::int as professionals,
  count(distinct p.id) filter (where not ${HAS_MAILBOX})::int as "withoutMailbox",
  count(distinct p.id) filter (where ${PAGE} = 'empty')::int as "emptyPages",
  count(distinct p.id) filter (where ${PAGE} = 'partial')::int as "partialPages",
  count(distinct p.id) filter (where ${PAGE} = 'complete')::int as "completePages",
  count(distinct p.id) filter (where ${IS_STALE})::int as "stalePages"`;

export async function countTerritory(db: Database, id: string): Promise<TerritoryNumbers> {
  return rowOf(db, sql`select ${NUMBERS} ${people(id)}`);
}

/** The most numerous first, by code among equals. */
export async function countTerritoryBy(
  db: Database,
  id: string,
  group: 'profession' | 'commune',
): Promise<({ code: string } & TerritoryNumbers)[]> {
  const code = group === 'profession' ? sql`r.profession_code` : sql`o.commune_code`;
  return rowsOf(
    db,
    sql`select ${code} as code, ${NUMBERS} ${people(id)} group by ${code} order by professionals desc, code`,
  );
}

/** Reports of errors of the territory that nobody has closed. */
export async function countErrorReports(db: Database, id: string): Promise<number> {
  const { count } = await rowOf<{ count: number }>(
    db,
    sql`select count(*)::int as count from error_report r where r.closed_at is null and exists (
      select 1 from error_report_commune c join territory_commune t on t.commune_code = c.commune_code
      where c.report_id = r.id and t.territory_id = ${id})`,
  );
  return count;
}

export async function countInvitations(db: Database, id: string): Promise<InvitationNumbers> {
  return rowOf(
    db,
    sql`select count(distinct i.practitioner_id)::int as invited,
        count(distinct i.practitioner_id) filter (where i.opened_at is not null)::int as opened,
        count(distinct i.practitioner_id) filter (where pr.version > 0 and pr.changed_at > i.sent_at)::int as answered
      from invitation i left join profile pr on pr.practitioner_id = i.practitioner_id
      where i.territory_id = ${id} and not exists (select 1 from withheld w where w.key = i.practitioner_id)`,
  );
}

/** By name. @returns one more than `limit` when there are more */
export async function listMembers(
  db: Database,
  id: string,
  filter: MemberFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<TerritoryMember[]> {
  const rows = await rowsOf<
    Omit<TerritoryMember, 'communeCodes' | 'professionCodes'> &
      Record<'communeCodes' | 'professionCodes', string>
  >(
    db,
    sql`select p.id as "practitionerId", case when p.id like '8%' then substr(p.id, 2) end as rpps,
        concat_ws(' ', p.given_names, p.family_name) as name,
        string_agg(distinct o.commune_code, ',') as "communeCodes",
        string_agg(distinct r.profession_code, ',') as "professionCodes",
        bool_or(${HAS_MAILBOX}) as "hasMailbox", max(${PAGE}) as page, bool_or(${IS_STALE}) as "isStale",
        ${toUtc(sql`max(pr.changed_at) filter (where pr.version > 0)`)} as "changedAt",
        ${toUtc(sql`max(i.sent_at)`)} as "invitedAt", coalesce(bool_or(i.opened_at is not null), false) as "hasOpened"
      ${practising(
        id,
        sql`left join profile pr on pr.practitioner_id = p.id
          left join lateral (select sent_at, opened_at from invitation v
            where v.practitioner_id = p.id and v.territory_id = ${id} order by sent_at desc limit 1) i on true`,
      )} ${whereOf(filter)}
      group by p.id order by p.family_name collate "C", p.given_names collate "C", p.id
      limit ${limit} offset ${offset}`,
  );
  return rows.map((row) => ({
    ...row,
    communeCodes: row.communeCodes.split(','),
    professionCodes: row.professionCodes.split(','),
  }));
}

function whereOf({ page, isStale, hasMailbox, wasInvited, profession, commune, text }: MemberFilter): SQL {
  const conditions: SQL[] = [];
  if (page !== undefined) conditions.push(sql`${PAGE} = ${page}`);
  if (isStale !== undefined) conditions.push(sql`${IS_STALE} = ${isStale}`);
  if (hasMailbox !== undefined) conditions.push(sql`${HAS_MAILBOX} = ${hasMailbox}`);
  if (wasInvited !== undefined) conditions.push(sql`(i.sent_at is not null) = ${wasInvited}`);
  if (profession !== undefined) conditions.push(sql`r.profession_code = ${profession}`);
  if (commune !== undefined) conditions.push(sql`o.commune_code = ${commune}`);
  const words = foldText(text ?? '')
    .split(' ')
    .filter((it) => it !== '');
  for (const word of words) conditions.push(sql`strpos(${FOLDED}, ${word}) > 0`);
  return conditions.length === 0 ? sql`` : sql`and ${sql.join(conditions, sql` and `)}`;
}

/** Enough for names of the RPPS, which are capitals with accents at most. */
const FOLDED = sql`translate(lower(concat_ws(' ', p.given_names, p.family_name, p.id)),
  'àâäáãåçéèêëíîïìñóôöòõúùûüýÿ-’''', 'aaaaaaceeeeiiiinooooouuuuyy   ')`;

/** Keeps the numbers of the day; those of a day already kept are brought up to date. */
export async function saveSnapshot(
  db: Database,
  id: string,
  day: string,
  numbers: TerritoryNumbers & { errorReports: number },
): Promise<void> {
  const { professionals, withoutMailbox, emptyPages, partialPages, completePages, stalePages, errorReports } =
    numbers;
  await db.execute(sql`insert into territory_snapshot (territory_id, day, professionals, without_mailbox, empty_pages,
      partial_pages, complete_pages, stale_pages, error_reports)
    values (${id}, ${day}::text::date, ${professionals}, ${withoutMailbox}, ${emptyPages}, ${partialPages}, ${completePages},
      ${stalePages}, ${errorReports})
    on conflict (territory_id, day) do update set professionals = excluded.professionals,
      without_mailbox = excluded.without_mailbox, empty_pages = excluded.empty_pages,
      partial_pages = excluded.partial_pages, complete_pages = excluded.complete_pages,
      stale_pages = excluded.stale_pages, error_reports = excluded.error_reports`);
}

/** The oldest first. */
export async function listSnapshots(db: Database, id: string): Promise<DayNumbers[]> {
  return rowsOf(
    db,
    sql`select day::text as day, professionals, without_mailbox as "withoutMailbox", empty_pages as "emptyPages",
        partial_pages as "partialPages", complete_pages as "completePages", stale_pages as "stalePages",
        error_reports as "errorReports"
      from territory_snapshot where territory_id = ${id} order by territory_snapshot.day`,
  );
}
