import { sql, type SQL } from 'drizzle-orm';

import type { FedTable } from './fed-tables.ts';
import { diffOf, type Feed } from './merge-staged.ts';
import { EVERY_CORRESPONDENT } from './shown-correspondent.ts';
import type { Database } from './store.ts';

/** Which correspondents a difference in a table may touch, from its differences and the live rows that they applied to. */
const AFFECTED: Record<FedTable['name'], (diff: SQL) => SQL[]> = {
  practitioner: (diff) => [
    sql`select 'professional', id from ${diff}`,
    sql`select e.kind, e.key from ${diff} d join declaration e on e.practitioner_id = d.id`,
  ],
  practitioner_role: (diff) => [
    sql`select 'professional', r.practitioner_id from ${diff} d join practitioner_role r on r.id = d.id`,
    sql`select e.kind, e.key from ${diff} d join practitioner_role r on r.id = d.id
      join declaration e on e.practitioner_id = r.practitioner_id`,
  ],
  savoir_faire: (diff) => [sql`select 'professional', practitioner_id from ${diff}`],
  // Diplomas are kept for FHIR and are no part of what a search shows.
  qualification: () => [],
  organization: (diff) => [
    sql`select 'professional', r.practitioner_id from ${diff} d
      join practitioner_role r on r.organization_id = d.id where r.is_active`,
    ...fromHolders(sql`join ${diff} d on d.id = h.organization_id where h.is_active`),
    sql`select e.kind, e.key from ${diff} d join declaration e on e.organization_id = d.id`,
    sql`select e.kind, e.key from ${diff} d join practitioner_role r on r.organization_id = d.id
      join declaration e on e.practitioner_id = r.practitioner_id where r.is_active`,
  ],
  mailbox: (diff) => [
    ...fromHolders(sql`join ${diff} d on d.address = h.address`),
    sql`select e.kind, e.key from ${diff} d join declaration e on e.mailbox = d.address`,
  ],
  mailbox_holder: (diff) => fromHolders(sql`join ${diff} d on d.id = h.id`),
  postcode: (diff) => [
    sql`select 'professional', r.practitioner_id from (${movedCommunes(diff)}) c
      join organization o on o.commune_code = c.commune_code and o.is_active
      join practitioner_role r on r.organization_id = o.id where r.is_active`,
    ...fromHolders(sql`join organization o on o.id = h.organization_id and o.is_active
      join (${movedCommunes(diff)}) c on c.commune_code = o.commune_code where h.is_active`),
    sql`select e.kind, e.key from (${movedCommunes(diff)}) c
      join organization o on o.commune_code = c.commune_code and o.is_active
      join declaration e on e.organization_id = o.id or e.practitioner_id in
        (select r.practitioner_id from practitioner_role r where r.organization_id = o.id and r.is_active)`,
  ],
};

function fromHolders(joined: SQL): SQL[] {
  return [
    sql`select 'professional', coalesce(h.practitioner_id, h.address) from mailbox_holder h ${joined}`,
    // Someone known by address only gives way as soon as a line names the holder, and comes back after.
    sql`select 'professional', h.address from mailbox_holder h ${joined}`,
    sql`select 'service', h.address from mailbox_holder h ${joined}`,
    sql`select e.kind, e.key from declaration e join mailbox_holder h on h.practitioner_id = e.practitioner_id ${joined}`,
  ];
}

function movedCommunes(diff: SQL): SQL {
  return sql`select distinct p.commune_code from ${diff} d join postcode p on p.id = d.id`;
}

/**
 * Adds to the temporary table `affected (kind, key)`, for {@link logAffected}, whom the differences touch through the live rows,
 * each once. Before the differences are applied that is by the rows that they change or end, after by those that they brought.
 */
export async function listAffected(tx: Database, feeds: readonly Feed[]): Promise<void> {
  const selects = feeds.flatMap((feed) => AFFECTED[feed.table.name](sql`${diffOf(feed)}`));
  if (selects.length === 0) return;
  await tx.execute(sql`insert into affected
    (${sql.join(selects, sql` union `)}) except select kind, key from affected`);
}

/** For a first import: while nothing was ever logged, everybody is affected. */
export async function listEverybody(tx: Database): Promise<void> {
  await tx.execute(sql`insert into affected ${EVERY_CORRESPONDENT}`);
}

export async function createAffected(tx: Database): Promise<void> {
  await tx.execute(
    sql`create temp table affected (kind text collate "C" not null, key text collate "C" not null) on commit drop`,
  );
}
