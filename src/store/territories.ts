import { sql, type SQL } from 'drizzle-orm';

import { AppError } from '#domain/errors.ts';
import { foldText } from '#domain/fold.ts';
import type { Territory, TerritoryPerson, TerritoryProfessional } from '#domain/territory.ts';

import { logDeclarationsOfTerritories } from './declarations.ts';
import { rowsOf, type Database } from './store.ts';
import { textArray } from './text-array.ts';

/**
 * Adds territories, or replaces those of the same id, in one transaction.
 * @throws AppError `territory-name-taken`, `store-unavailable`
 */
export async function putTerritories(db: Database, territories: readonly Territory[]): Promise<void> {
  await db.transaction(async (tx) => {
    for (const { id, name, communeCodes } of territories) {
      const [namesake] = await rowsOf<{ id: string }>(
        tx,
        sql`select id from territory where folded_name = ${foldText(name)} and id <> ${id}`,
      );
      if (namesake)
        throw new AppError(
          'territory-name-taken',
          `The territory ${namesake.id} has the name of ${id}, "${name}": a search could not tell them apart.`,
          { name },
        );
      await tx.execute(sql`insert into territory (id, name, folded_name) values (${id}, ${name}, ${foldText(name)})
        on conflict (id) do update set name = excluded.name, folded_name = excluded.folded_name, changed_at = now()`);
      await tx.execute(sql`delete from territory_commune where territory_id = ${id}`);
      await tx.execute(sql`insert into territory_commune (territory_id, commune_code)
        select ${id}, code from unnest(${textArray(communeCodes)}) as c (code)`);
    }
    await logDeclarationsOfTerritories(
      tx,
      territories.map((it) => it.id),
    );
  });
}

/** By name. */
export async function listTerritories(
  db: Database,
): Promise<{ id: string; name: string; foldedName: string; communeCount: number }[]> {
  return rowsOf(
    db,
    sql`select id, name, folded_name as "foldedName",
      (select count(*)::int from territory_commune c where c.territory_id = t.id) as "communeCount"
      from territory t order by folded_name`,
  );
}

export async function findTerritory(db: Database, id: string): Promise<Territory | undefined> {
  const [found] = await rowsOf<{ id: string; name: string; codes: string | null }>(
    db,
    sql`select id, name, (select string_agg(commune_code, ',' order by commune_code) from territory_commune c
      where c.territory_id = t.id) as codes from territory t where id = ${id}`,
  );
  if (found === undefined) return undefined;
  return { id: found.id, name: found.name, communeCodes: found.codes?.split(',') ?? [] };
}

/**
 * Active people who practise at a structure that some source places in the territory, and are not withheld: `p`, with their role `r`
 * and the structure's place `o`. Conditions may follow.
 * @param joins of more tables, by these names
 */
export const practising = (territoryId: string, joins = sql``): SQL => sql`
  from (select distinct on (o.id) o.id, o.commune_code from organization o
      join territory_commune t on t.commune_code = o.commune_code
      where t.territory_id = ${territoryId} and o.is_active order by o.id, o.commune_code) o
  join practitioner_role r on r.organization_id = o.id and r.is_active
  join practitioner p on p.id = r.practitioner_id and p.is_active ${joins}
  where not exists (select 1 from withheld w where w.key = p.id)`;

/** Ids of the territories in which somebody practises. */
export async function listTerritoriesOf(db: Database, practitionerId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    sql`select distinct t.territory_id as id from practitioner_role r
      join organization o on o.id = r.organization_id and o.is_active
      join territory_commune t on t.commune_code = o.commune_code
      where r.practitioner_id = ${practitionerId} and r.is_active order by id`,
  );
  return rows.map((row) => row.id);
}

export const HAS_MAILBOX = sql`exists (select 1 from mailbox_holder h join mailbox m on m.address = h.address
  where h.practitioner_id = p.id and h.is_active and m.is_active
    and not exists (select 1 from withheld w where w.key = m.address))`;

/** One line a person, profession and commune, by name. */
export async function listTerritoryProfessionals(db: Database, id: string): Promise<TerritoryProfessional[]> {
  return rowsOf(
    db,
    sql`select p.id as "practitionerId", case when p.id like '8%' then substr(p.id, 2) end as rpps, p.family_name as "familyName",
      p.given_names as "givenNames", r.profession_code as "professionCode", o.commune_code as "communeCode",
      ${HAS_MAILBOX} as "hasMailbox" ${practising(id)}
      group by p.id, r.profession_code, o.commune_code
      order by p.family_name collate "C", p.given_names collate "C", p.id, r.profession_code, o.commune_code`,
  );
}

/** People by id, as those who may see them name them; who is withheld is absent. */
export async function describePeople(
  db: Database,
  ids: readonly string[],
): Promise<Map<string, TerritoryPerson>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf<Omit<TerritoryPerson, 'communeCodes'> & { codes: string | null }>(
    db,
    sql`select p.id as "practitionerId", case when p.id like '8%' then substr(p.id, 2) end as rpps,
      concat_ws(' ', p.given_names, p.family_name) as name,
      (select string_agg(distinct o.commune_code, ',' order by o.commune_code) from practitioner_role r
        join organization o on o.id = r.organization_id and o.is_active
        where r.practitioner_id = p.id and r.is_active) as codes
      from json_array_elements_text(${JSON.stringify(ids)}::text::json) as wanted (id)
      join practitioner p on p.id = wanted.id
      where not exists (select 1 from withheld w where w.key = p.id)`,
  );
  return new Map(
    rows.map(({ codes, ...person }) => [
      person.practitionerId,
      { ...person, communeCodes: codes?.split(',') ?? [] },
    ]),
  );
}
