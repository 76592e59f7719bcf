import { sql, type SQL } from 'drizzle-orm';

import {
  IMPORT_LINE_STATES,
  stateOfLine,
  type ImportLine,
  type ImportLineState,
  type LeftField,
  type TerritoryImport,
} from '#domain/territory-import.ts';

import { rowOf, rowsOf, type Database } from './store.ts';
import { toUtc } from './utc-text.ts';

/** Keeps a new preview with its lines. */
export async function addImport(
  tx: Database,
  added: Pick<TerritoryImport, 'id' | 'territoryId' | 'fileName' | 'columns' | 'createdBy'>,
  lines: readonly ImportLine[],
): Promise<void> {
  const { id, territoryId, fileName, columns, createdBy } = added;
  await tx.execute(sql`insert into territory_import (id, territory_id, state, version, file_name, columns, created_by, left_by_undo)
    values (${id}, ${territoryId}, 'preview', 1, ${fileName}, ${JSON.stringify(columns)}::text::json,
      ${JSON.stringify(createdBy)}::text::json, '[]')`);
  await writeLines(tx, id, lines);
}

/** Replaces the lines of these numbers. */
export async function writeLines(
  tx: Database,
  importId: string,
  lines: readonly ImportLine[],
): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map(({ practitionerId, ...line }) => ({
    ...line,
    practitioner_id: practitionerId,
    state: stateOfLine(line),
  }));
  await tx.execute(sql`insert into territory_import_line
      (import_id, line, state, practitioner_id, cells, choice, candidates, faults, changes)
    select ${importId}, line, state, practitioner_id, cells, choice, candidates, faults, changes
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as l (line int, state text, practitioner_id text, cells json,
      choice json, candidates json, faults json, changes json)
    on conflict (import_id, line) do update set state = excluded.state, practitioner_id = excluded.practitioner_id,
      cells = excluded.cells, choice = excluded.choice, candidates = excluded.candidates, faults = excluded.faults,
      changes = excluded.changes`);
}

/** The latest first, a hundred at most. */
export async function listImports(db: Database, territoryId: string): Promise<TerritoryImport[]> {
  return readImports(
    db,
    sql`where i.territory_id = ${territoryId} order by i.created_at desc, i.id limit 100`,
  );
}

/** @param isLocked for the rest of the transaction: two callers confirm or undo one after the other */
export async function findImport(
  db: Database,
  territoryId: string,
  id: string,
  isLocked = false,
): Promise<TerritoryImport | undefined> {
  if (id.includes('\0')) return undefined;
  if (isLocked)
    await db.execute(
      sql`select 1 from territory_import where id = ${id} and territory_id = ${territoryId} for update`,
    );
  return (await readImports(db, sql`where i.id = ${id} and i.territory_id = ${territoryId}`))[0];
}

async function readImports(db: Database, which: SQL): Promise<TerritoryImport[]> {
  const rows = await rowsOf<
    Omit<TerritoryImport, 'columns' | 'createdBy' | 'counts' | 'leftByUndo'> &
      Record<'columns' | 'createdBy' | 'counts' | 'leftByUndo', string>
  >(
    db,
    sql`select i.id, i.territory_id as "territoryId", i.state, i.version, i.file_name as "fileName", i.columns::text as columns,
      ${toUtc(sql`i.created_at`)} as "createdAt", i.created_by::text as "createdBy", ${toUtc(sql`i.confirmed_at`)} as "confirmedAt",
      ${toUtc(sql`i.undone_at`)} as "undoneAt",
      (select coalesce(json_agg(f.field order by f.place), '[]')::text
        from json_array_elements(i.left_by_undo) with ordinality as f (field, place)
        where not exists (select 1 from withheld w where w.key = f.field ->> 'practitionerId')) as "leftByUndo",
      (select count(distinct l.practitioner_id)::int from territory_import_line l
        where l.import_id = i.id and l.state = 'change') as people,
      (select coalesce(json_object_agg(state, lines), '{}')::text from (select state, count(*)::int as lines
        from territory_import_line l where l.import_id = i.id group by state) as c) as counts
      from territory_import i ${which}`,
  );
  return rows.map((row) => ({
    ...row,
    columns: JSON.parse(row.columns) as string[],
    createdBy: JSON.parse(row.createdBy) as TerritoryImport['createdBy'],
    leftByUndo: JSON.parse(row.leftByUndo) as LeftField[],
    counts: {
      ...Object.fromEntries(IMPORT_LINE_STATES.map((it) => [it, 0])),
      ...(JSON.parse(row.counts) as object),
    } as Record<ImportLineState, number>,
  }));
}

/** By line. */
export async function listImportLines(
  db: Database,
  importId: string,
  {
    states,
    after = 0,
    limit,
  }: { states?: readonly ImportLineState[] | undefined; after?: number; limit?: number } = {},
): Promise<ImportLine[]> {
  const ofStates =
    states === undefined
      ? sql``
      : sql`and state in (${sql.join(
          states.map((it) => sql`${it}`),
          sql`, `,
        )})`;
  const rows = await rowsOf<{ line: number; practitionerId: string | null; text: string }>(
    db,
    sql`select line, practitioner_id as "practitionerId", json_build_object('cells', cells, 'choice', choice, 'candidates', candidates,
        'faults', faults, 'changes', changes)::text as text
      from territory_import_line where import_id = ${importId} and line > ${after} ${ofStates}
      order by line ${limit === undefined ? sql`` : sql`limit ${limit}`}`,
  );
  return rows.map(({ line, practitionerId, text }) => ({
    line,
    practitionerId,
    ...(JSON.parse(text) as Omit<ImportLine, 'line' | 'practitionerId'>),
  }));
}

/** Moves an import to its next version. */
export async function advanceImport(
  tx: Database,
  id: string,
  next: { state: 'preview' | 'confirmed' } | { state: 'undone'; left: readonly LeftField[] },
): Promise<void> {
  const left = next.state === 'undone' ? next.left : [];
  await tx.execute(sql`update territory_import set version = version + 1, state = ${next.state}::text,
    confirmed_at = case when ${next.state}::text = 'confirmed' then now() else confirmed_at end,
    undone_at = case when ${next.state}::text = 'undone' then now() else undone_at end,
    left_by_undo = ${JSON.stringify(left)}::text::json where id = ${id}`);
}

/** How many open previews a territory has; whoever else counts them waits for the end of the transaction. */
export async function countPreviews(tx: Database, territoryId: string): Promise<number> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('previews ' || ${territoryId}::text, 0))`,
  );
  const { count } = await rowOf<{ count: number }>(
    tx,
    sql`select count(*)::int as count from territory_import where territory_id = ${territoryId} and state = 'preview'`,
  );
  return count;
}

/** Nothing for an import that is no preview. */
export async function deletePreview(tx: Database, id: string): Promise<void> {
  await tx.execute(sql`with gone as (delete from territory_import where state = 'preview' and id = ${id} returning id)
    delete from territory_import_line l using gone where l.import_id = gone.id`);
}

/** Forgets previews that were not confirmed for so long: they hold what coordinators typed. */
export async function forgetOldPreviews(db: Database, days: number): Promise<void> {
  await db.execute(sql`with gone as (delete from territory_import
      where state = 'preview' and created_at < now() - make_interval(days => ${days}::int) returning id)
    delete from territory_import_line l using gone where l.import_id = gone.id`);
}

/** Places where people of the territory practise, theirs elsewhere too, with their names. */
export async function listPracticePlaces(
  db: Database,
  practitionerIds: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const { text } = await rowOf<{ text: string }>(
    db,
    sql`select coalesce(json_agg(json_build_array(practitioner_id, organization_id, name) order by practitioner_id, organization_id), '[]')::text as text
      from (select r.practitioner_id, r.organization_id, max(o.name) as name
        from json_array_elements_text(${JSON.stringify(practitionerIds)}::text::json) as wanted (id)
        join practitioner_role r on r.practitioner_id = wanted.id and r.is_active and r.organization_id is not null
        left join organization o on o.id = r.organization_id and o.is_active
        group by r.practitioner_id, r.organization_id) as p`,
  );
  const places = new Map<string, Map<string, string>>();
  for (const [person, place, name] of JSON.parse(text) as [string, string, string | null][]) {
    if (!places.has(person)) places.set(person, new Map());
    places.get(person)!.set(place, name ?? '');
  }
  return places;
}

/** Addresses of the active mailboxes that these people hold; withheld ones are absent. */
export async function listHeldMailboxes(
  db: Database,
  practitionerIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const rows = await rowsOf<{ id: string; address: string }>(
    db,
    sql`select distinct h.practitioner_id as id, h.address
      from json_array_elements_text(${JSON.stringify(practitionerIds)}::text::json) as wanted (id)
      join mailbox_holder h on h.practitioner_id = wanted.id and h.is_active
      join mailbox m on m.address = h.address and m.is_active
      where not exists (select 1 from withheld w where w.key = h.address)`,
  );
  const held = Map.groupBy(rows, (it) => it.id);
  return new Map([...held].map(([id, own]) => [id, new Set(own.map((it) => it.address))]));
}
