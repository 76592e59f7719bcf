import { sql, type SQL } from 'drizzle-orm';

import { anyOf } from './read-facts.ts';
import { rowsOf, type Database } from './store.ts';

/** What can be looked for without a search engine. All members combine by AND; an empty list asks nothing. */
export interface PlainQuestion {
  /** Folded words, each the beginning of a word of the name. */
  words: readonly string[];
  professionCodes: readonly string[];
  savoirFaireCodes: readonly string[];
  /** Undefined: anywhere. */
  communeCodes: readonly string[] | undefined;
}

/**
 * National identifiers of active people, those whose family name is one of the words first, then in a stable order. Answers from
 * indexes: some word begins the family name, or a place or a profession is asked for.
 */
export async function findPeoplePlainly(
  db: Database,
  { words, professionCodes, savoirFaireCodes, communeCodes }: PlainQuestion,
  limit: number,
): Promise<string[]> {
  const practises = [
    professionCodes.length > 0 ? sql`r.profession_code = ${anyOf(professionCodes)}` : undefined,
    communeCodes && sql`o.commune_code = ${anyOf(communeCodes)} and o.is_active`,
  ].filter((it) => it !== undefined);
  const roles = sql`from practitioner_role r ${
    communeCodes ? sql`join organization o on o.id = r.organization_id` : sql``
  } where r.is_active and ${all(practises)}`;
  const knows =
    savoirFaireCodes.length > 0
      ? sql`exists (select 1 from savoir_faire s where s.practitioner_id = p.id and s.is_active
          and s.code = ${anyOf(savoirFaireCodes)})`
      : sql`true`;
  if (words.length === 0) {
    if (practises.length === 0) return [];
    const found = await rowsOf<{ id: string }>(
      db,
      sql`select p.id from practitioner p where p.is_active and ${knows}
        and p.id in (select r.practitioner_id ${roles}) order by p.id limit ${limit}`,
    );
    return found.map((row) => row.id);
  }
  const begins = words.map((word) => sql`fold_name(p.family_name) collate "C" like ${`${word}%`}`);
  const holds = words.map(
    (word) =>
      sql`strpos(' ' || fold_name(p.family_name || ' ' || coalesce(p.given_names, '')), ${` ${word}`}) > 0`,
  );
  const practising =
    practises.length === 0 ? sql`true` : sql`exists (select 1 ${roles} and r.practitioner_id = p.id)`;
  const found = await rowsOf<{ id: string }>(
    db,
    sql`select p.id from practitioner p
      where p.is_active and (${sql.join(begins, sql` or `)}) and ${all(holds)} and ${knows} and ${practising}
      order by fold_name(p.family_name) = ${anyOf(words)} desc, p.id limit ${limit}`,
  );
  return found.map((row) => row.id);
}

/** Addresses of service mailboxes whose service is called so, in a stable order. */
export async function findServicesPlainly(
  db: Database,
  words: readonly string[],
  limit: number,
): Promise<string[]> {
  if (words.length === 0) return [];
  const begins = words.map((word) => sql`fold_name(h.service_name) collate "C" like ${`${word}%`}`);
  const holds = words.map((word) => sql`strpos(' ' || fold_name(h.service_name), ${` ${word}`}) > 0`);
  const found = await rowsOf<{ address: string }>(
    db,
    sql`select distinct h.address from mailbox_holder h where h.is_active and h.service_name is not null
      and (${sql.join(begins, sql` or `)}) and ${all(holds)} order by h.address limit ${limit}`,
  );
  return found.map((row) => row.address);
}

/** Who works, and which mailboxes are, in the structures of a FINESS number, of the site or of the legal entity. */
export async function findByFinessPlainly(
  db: Database,
  finess: string,
  limit: number,
): Promise<{ practitionerIds: string[]; addresses: string[] }> {
  const organizations = sql`(select id from organization
    where (finess = ${finess} or finess_juridique = ${finess}) and is_active)`;
  const [people, mailboxes] = await Promise.all([
    rowsOf<{ id: string }>(
      db,
      sql`select distinct practitioner_id as id from practitioner_role
        where organization_id in ${organizations} and is_active order by 1 limit ${limit}`,
    ),
    rowsOf<{ address: string }>(
      db,
      sql`select distinct address from mailbox_holder
        where organization_id in ${organizations} and is_active order by 1 limit ${limit}`,
    ),
  ]);
  return {
    practitionerIds: people.map((row) => row.id),
    addresses: mailboxes.map((row) => row.address),
  };
}

function all(conditions: readonly SQL[]): SQL {
  return conditions.length === 0 ? sql`true` : sql.join(conditions as SQL[], sql` and `);
}
