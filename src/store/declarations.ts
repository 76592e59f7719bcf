import { sql, type SQL } from 'drizzle-orm';

import type {
  Declaration,
  DeclarationAuthor,
  DeclarationChange,
  DeclarationContent,
  DeclarationFieldChange,
  DeclarationOwner,
  DeclaredKind,
} from '#domain/declaration.ts';

import { logCorrespondents } from './log-correspondents.ts';
import { anyOf } from './read-facts.ts';
import { rowOf, rowsOf, type Database } from './store.ts';
import { textArray } from './text-array.ts';

interface DeclarationRow {
  kind: DeclaredKind;
  key: string;
  practitionerId: string | null;
  organizationId: string | null;
  territoryId: string | null;
  content: string;
  version: number;
  changedAt: string;
  isDeleted: boolean;
}

const COLUMNS = sql`d.kind, d.key, d.practitioner_id as "practitionerId", d.organization_id as "organizationId",
  d.territory_id as "territoryId", d.content, d.version, ${toUtc(sql`d.changed_at`)} as "changedAt",
  d.is_deleted as "isDeleted"`;

/** Deleted ones included; undefined for an unknown one. */
export async function findDeclaration<K extends DeclaredKind>(
  db: Database,
  kind: K,
  key: string,
): Promise<Declaration<K> | undefined> {
  const [row] = await rowsOf<DeclarationRow>(
    db,
    sql`select ${COLUMNS} from declaration d where d.key = ${key} and d.kind = ${kind}`,
  );
  return row && (toDeclaration(row) as Declaration<K>);
}

/** Deleted ones left out, by key, from after a key. @param mine only those of these owners */
export async function listDeclarations<K extends DeclaredKind>(
  db: Database,
  kind: K,
  {
    after,
    limit,
    mine,
  }: {
    after: string;
    limit: number;
    mine?: { practitionerId: string | null; organizationIds: string[]; territoryIds: string[] };
  },
): Promise<Declaration<K>[]> {
  const ofMine = mine
    ? sql`and (d.practitioner_id = ${mine.practitionerId}::text
        or d.organization_id = ${anyOf(mine.organizationIds)} or d.territory_id = ${anyOf(mine.territoryIds)})`
    : sql``;
  const rows = await rowsOf<DeclarationRow>(
    db,
    sql`select ${COLUMNS} from declaration d where d.kind = ${kind} and d.key > ${after} and not d.is_deleted ${ofMine}
      order by d.key limit ${limit}`,
  );
  return rows.map((row) => toDeclaration(row) as Declaration<K>);
}

/** By key, whatever their state. */
export async function readDeclarations(db: Database, rowsKept: SQL): Promise<Declaration[]> {
  const rows = await rowsOf<DeclarationRow>(
    db,
    sql`select ${COLUMNS} from declaration d where ${rowsKept} order by d.key`,
  );
  return rows.map(toDeclaration);
}

/** How many living ones have this owner; whoever else counts them waits for the end of the transaction. */
export async function countDeclarations(tx: Database, owner: DeclarationOwner): Promise<number> {
  const { practitionerId = null, organizationId = null, territoryId = null } = owner;
  const id = practitionerId ?? organizationId ?? territoryId;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('declarer ' || ${id}::text, 0))`);
  const { count } = await rowOf<{ count: number }>(
    tx,
    sql`select count(*)::int as count from declaration where not is_deleted and (practitioner_id = ${practitionerId}::text
      or organization_id = ${organizationId}::text or territory_id = ${territoryId}::text)`,
  );
  return count;
}

/** What is written with each change of a declaration. */
interface Written {
  author: DeclarationAuthor;
  changes: readonly DeclarationFieldChange[];
}

/**
 * With its trace in the history and in the change log, in one transaction.
 * @returns false when there is one of this key: nothing is done
 */
export async function insertDeclaration<K extends DeclaredKind>(
  db: Database,
  { kind, key, owner, content }: Pick<Declaration<K>, 'kind' | 'key' | 'owner' | 'content'>,
  written: Written,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { practitionerId = null, organizationId = null, territoryId = null } = owner;
    const made = await rowsOf(
      tx,
      sql`insert into declaration (key, kind, practitioner_id, organization_id, territory_id, mailbox, content, version)
        values (${key}, ${kind}, ${practitionerId}, ${organizationId}, ${territoryId}, ${content.mailbox ?? null},
          ${JSON.stringify(content)}, 1)
        on conflict (key) do nothing returning key`,
    );
    if (made.length === 0) return false;
    await writeTrace(tx, { kind, key, owner, content }, 1, written);
    return true;
  });
}

/**
 * The next version of a declaration, with its traces, in one transaction.
 * @returns false when it is no longer at the version before: another has changed it, nothing is done
 */
export async function updateDeclaration<K extends DeclaredKind>(
  db: Database,
  next: Declaration<K>,
  written: Written,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { key, content, version, isDeleted } = next;
    const changed = await rowsOf(
      tx,
      sql`update declaration set content = ${JSON.stringify(content)}, mailbox = ${content.mailbox ?? null},
        version = ${version}, is_deleted = ${isDeleted}, changed_at = now()
        where key = ${key} and version = ${version - 1} returning key`,
    );
    if (changed.length === 0) return false;
    await writeTrace(tx, next, version, written);
    return true;
  });
}

async function writeTrace(
  tx: Database,
  {
    kind,
    key,
    owner,
    content,
  }: { kind: DeclaredKind; key: string; owner: DeclarationOwner; content: DeclarationContent[DeclaredKind] },
  version: number,
  { author, changes }: Written,
): Promise<void> {
  const territories = content.area.filter((it) => it.kind === 'territory').map((it) => it.code);
  if (owner.territoryId !== undefined) territories.push(owner.territoryId);
  await rowsOf(tx, sql`delete from declaration_territory where key = ${key}`);
  await rowsOf(
    tx,
    sql`insert into declaration_territory (key, territory_id)
      select distinct ${key}::text, id from unnest(${textArray(territories)}) as t (id)`,
  );
  await rowsOf(
    tx,
    sql`insert into declaration_change (key, version, author, changes)
      values (${key}, ${version}, ${JSON.stringify(author)}, ${JSON.stringify(changes)})`,
  );
  await logCorrespondents(tx, [{ kind, key }]);
}

/** The latest first, at most `limit`, before a version. */
export async function listDeclarationChanges(
  db: Database,
  key: string,
  before: number,
  limit: number,
): Promise<DeclarationChange[]> {
  const rows = await rowsOf<{ version: number; at: string; author: string; changes: string }>(
    db,
    sql`select version, ${toUtc(sql`at`)} as at, author, changes from declaration_change
      where key = ${key} and version < ${before} order by version desc limit ${limit}`,
  );
  return rows.map(({ version, at, author, changes }) => ({
    version,
    at,
    by: JSON.parse(author) as DeclarationAuthor,
    changes: JSON.parse(changes) as DeclarationFieldChange[],
  }));
}

/** Logs the declarations that one of these territories belongs to. */
export async function logDeclarationsOfTerritories(tx: Database, ids: readonly string[]): Promise<void> {
  const changed = await rowsOf<{ kind: DeclaredKind; key: string }>(
    tx,
    sql`select distinct d.kind, d.key from declaration d join declaration_territory t on t.key = d.key
      where t.territory_id = ${anyOf(ids)}`,
  );
  await logCorrespondents(tx, changed);
}

/** Which of these a declaration may name: structures and people that are active, territories, service mailboxes. */
export async function findDeclarable(
  db: Database,
  {
    practitionerId,
    organizationId,
    territoryIds,
    mailbox,
  }: {
    practitionerId: string | undefined;
    organizationId: string | undefined;
    territoryIds: readonly string[];
    mailbox: string | undefined;
  },
): Promise<{ isPerson: boolean; isOrganization: boolean; territoryIds: string[]; isMailbox: boolean }> {
  const [row] = await rowsOf<{
    isPerson: boolean;
    isOrganization: boolean;
    territories: string | null;
    isMailbox: boolean;
  }>(
    db,
    sql`select
      exists (select 1 from practitioner p where p.id = ${practitionerId ?? null}::text and p.is_active)
        or exists (select 1 from mailbox_holder h where h.practitioner_id = ${practitionerId ?? null}::text and h.is_active
          and h.family_name is not null) as "isPerson",
      exists (select 1 from organization o where o.id = ${organizationId ?? null}::text and o.is_active) as "isOrganization",
      (select string_agg(t.id, ',') from territory t where t.id = ${anyOf(territoryIds)}) as territories,
      exists (select 1 from mailbox m where m.address = ${mailbox ?? null}::text and m.is_active
        and not exists (select 1 from withheld w where w.key = m.address)
        and (m.type <> 'PER' or exists (select 1 from mailbox_holder h where h.address = m.address and h.is_active
          and h.practitioner_id = ${practitionerId ?? null}::text))) as "isMailbox"`,
  );
  const { isPerson, isOrganization, territories, isMailbox } = row!;
  return { isPerson, isOrganization, territoryIds: territories?.split(',') ?? [], isMailbox };
}

/**
 * Keys of expertises and teams whose words begin so, all of the words; in a stable order. For when there is no search engine; reads
 * them all, which are some thousands.
 */
export async function findDeclaredPlainly(
  db: Database,
  words: readonly string[],
  limit: number,
): Promise<{ kind: DeclaredKind; key: string }[]> {
  const said = sql`fold_name(concat_ws(' ', d.content::json->>'title', d.content::json->>'name',
    d.content::json->>'answers', d.content::json->>'missions'))`;
  const holds = words.map((word) => sql`strpos(' ' || ${said}, ${` ${word}`}) > 0`);
  return rowsOf(
    db,
    sql`select d.kind, d.key from declaration d where not d.is_deleted
      ${holds.length === 0 ? sql`` : sql`and ${sql.join(holds, sql` and `)}`} order by d.key limit ${limit}`,
  );
}

function toDeclaration(row: DeclarationRow): Declaration {
  const { kind, key, practitionerId, organizationId, territoryId, version, changedAt, isDeleted } = row;
  const owner: DeclarationOwner = {
    ...(practitionerId === null ? {} : { practitionerId }),
    ...(organizationId === null ? {} : { organizationId }),
    ...(territoryId === null ? {} : { territoryId }),
  };
  const content = JSON.parse(row.content) as DeclarationContent[DeclaredKind];
  return { kind, key, owner, content, version, changedAt, isDeleted };
}

function toUtc(column: SQL): SQL {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
