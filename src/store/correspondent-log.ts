import { sql } from 'drizzle-orm';

import type { ChangeLogEntry, CorrespondentLog, LogPosition } from '#domain/change-log.ts';
import { composeProfessional, composeService } from '#domain/compose-correspondent.ts';
import { composeDeclared } from '#domain/compose-declared.ts';
import type {
  DeclaredFacts,
  FactReferences,
  ProfessionalFacts,
  ServiceFacts,
} from '#domain/correspondent-facts.ts';
import {
  parseCorrespondentId,
  toDeclaredId,
  toProfessionalId,
  toServiceId,
  toUnidentifiedProfessionalId,
} from '#domain/correspondent-id.ts';
import type { Correspondent, CorrespondentKind } from '#domain/correspondent.ts';
import { AppError } from '#domain/errors.ts';
import { mergeOrganization } from '#domain/precedence.ts';

import { readDeclaredFacts, readTerritoriesOf } from './read-declared-facts.ts';
import {
  readMailboxes,
  readOrganizationStatements,
  readProfessionalFacts,
  readServiceFacts,
  readUnidentifiedFacts,
} from './read-facts.ts';
import { readReferenceData, type ReferenceData } from './reference-data.ts';
import { EVERY_CORRESPONDENT, withShown } from './shown-correspondent.ts';
import { rowOf, rowsOf, type Database, type Store } from './store.ts';
import { CHANGE_CHANNEL } from './write-change-log.ts';

/** The store as an indexer, or the change feed, reads it. */
export function openCorrespondentLog(store: Store): CorrespondentLog {
  const { db } = store;
  return {
    listChangesAfter: (after, limit) => listChangesAfter(db, after, limit),
    readPosition: () => readPosition(db),
    loadCorrespondents: (ids) => loadCorrespondents(db, ids),
    walkCorrespondents: (batchSize) => walkCorrespondents(db, batchSize),
    countCorrespondents: () => countCorrespondents(db),
    findCursor: (incarnation) => findCursor(db, incarnation),
    saveCursor: (incarnation, cursor) => saveCursor(db, incarnation, cursor),
    deleteCursor: async (incarnation) => {
      await db.execute(sql`delete from index_cursor where incarnation = ${incarnation}`);
    },
    onChange: (wake) => store.listen(CHANGE_CHANNEL, wake),
    withIndexLock: (incarnation, work) => withIndexLock(store, incarnation, work),
  };
}

async function listChangesAfter(db: Database, after: LogPosition, limit: number): Promise<ChangeLogEntry[]> {
  const rows = await rowsOf<{
    kind: CorrespondentKind;
    key: string;
    xid: string;
    seq: string;
    isDeleted: boolean;
    createdXid: string;
  }>(
    db,
    sql`select kind, key, xid::text as xid, seq::text as seq, is_deleted as "isDeleted", created_xid::text as "createdXid"
      from change_log l
      where (l.xid, l.seq) > (${after.xid}::text::xid8, ${after.seq}::text::bigint)
        and l.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by l.xid, l.seq limit ${limit}`,
  );
  return rows.map(({ kind, key, xid, seq, isDeleted, createdXid }) => ({
    id: toCorrespondentId(kind, key),
    position: { xid, seq },
    isDeleted,
    createdXid,
  }));
}

export function toCorrespondentId(kind: CorrespondentKind, key: string): string {
  if (kind === 'service') return toServiceId(key);
  if (kind === 'expert' || kind === 'team') return toDeclaredId(kind, key);
  return key.includes('@') ? toUnidentifiedProfessionalId(key) : toProfessionalId(key);
}

async function readPosition(db: Database): Promise<LogPosition> {
  const { xid } = await rowOf<{ xid: string }>(
    db,
    sql`select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text as xid`,
  );
  return { xid, seq: '9223372036854775807' };
}

export async function loadCorrespondents(db: Database, ids: string[]): Promise<Correspondent[]> {
  const practitionerIds: string[] = [];
  const personalAddresses: string[] = [];
  const serviceAddresses: string[] = [];
  const declaredKeys: string[] = [];
  for (const id of ids) {
    const parsed = parseCorrespondentId(id);
    if (parsed?.kind === 'service') serviceAddresses.push(parsed.key);
    else if (parsed?.kind === 'professional') {
      (parsed.key.includes('@') ? personalAddresses : practitionerIds).push(parsed.key);
    } else if (parsed) declaredKeys.push(parsed.key);
  }
  const [people, unidentified, services, declared, data] = await Promise.all([
    readProfessionalFacts(db, practitionerIds),
    readUnidentifiedFacts(db, personalAddresses),
    readServiceFacts(db, serviceAddresses),
    readDeclaredFacts(db, declaredKeys),
    readReferenceData(db),
  ]);
  const asked = new Set(ids);
  return compose(
    db,
    {
      people: [...people, ...unidentified],
      services,
      // A key of the other kind is no id.
      declared: declared.filter((it) => asked.has(it.id)),
    },
    data,
  );
}

interface Facts {
  people?: ProfessionalFacts[];
  services?: ServiceFacts[];
  declared?: DeclaredFacts[];
}

async function compose(
  db: Database,
  { people = [], services = [], declared = [] }: Facts,
  data: ReferenceData,
): Promise<Correspondent[]> {
  const everybody = [...people, ...declared.map((it) => it.owner).filter((it) => it !== null)];
  const declarations = declared.map((it) => it.declaration);
  const holders = [...everybody, ...services].flatMap((facts) => facts.holders);
  const organizationIds = new Set(holders.map((it) => it.organizationId));
  for (const { roles } of everybody) for (const role of roles) organizationIds.add(role.organizationId);
  for (const { owner } of declarations) organizationIds.add(owner.organizationId ?? null);
  const addresses = [
    ...everybody.flatMap((facts) => facts.holders.map((it) => it.address)),
    ...declarations.map((it) => it.content.mailbox).filter((it) => it !== undefined),
  ];
  const territoryIds = declarations.flatMap(({ owner, content }) => [
    ...content.area.filter((it) => it.kind === 'territory').map((it) => it.code),
    ...(owner.territoryId === undefined ? [] : [owner.territoryId]),
  ]);
  const [statements, mailboxes, territories] = await Promise.all([
    readOrganizationStatements(
      db,
      [...organizationIds].filter((id) => id !== null),
    ),
    readMailboxes(db, [...new Set(addresses)]),
    readTerritoriesOf(db, [...new Set(territoryIds)]),
  ]);
  const organizations = Map.groupBy(statements, (it) => it.record.id);
  const references: FactReferences = {
    organizations: new Map([...organizations].map(([id, said]) => [id, mergeOrganization(said)])),
    mailboxes: new Map(mailboxes.map((it) => [it.address, it])),
    territories,
    ...data,
  };
  return [
    ...people.map((facts) => composeProfessional(facts, references)).filter((it) => it !== undefined),
    ...services.map((facts) => composeService(facts, references)),
    ...declared.map((facts) => composeDeclared(facts, references)).filter((it) => it !== undefined),
  ];
}

/** The ways in which a correspondent may be known, each walked by its key. */
const WALKS = [
  {
    nextKeys: (after: string, limit: number) =>
      sql`select id as key from practitioner where is_active and id > ${after} order by id limit ${limit}`,
    read: async (db: Database, keys: string[]): Promise<Facts> => ({
      people: await readProfessionalFacts(db, keys, true),
    }),
  },
  {
    nextKeys: (after: string, limit: number) =>
      sql`select distinct h.practitioner_id as key from mailbox_holder h
        where h.practitioner_id > ${after} and h.is_active
          and not exists (select 1 from practitioner p where p.id = h.practitioner_id)
        order by h.practitioner_id limit ${limit}`,
    read: async (db: Database, keys: string[]): Promise<Facts> => ({
      people: await readProfessionalFacts(db, keys),
    }),
  },
  {
    nextKeys: (after: string, limit: number) =>
      sql`select m.address as key from mailbox m
        where m.address > ${after} and m.is_active and m.type = 'PER'
          and not exists (select 1 from mailbox_holder h
            where h.address = m.address and h.is_active and h.practitioner_id is not null)
        order by m.address limit ${limit}`,
    read: async (db: Database, keys: string[]): Promise<Facts> => ({
      people: await readUnidentifiedFacts(db, keys),
    }),
  },
  {
    nextKeys: (after: string, limit: number) =>
      sql`select m.address as key from mailbox m
        where m.address > ${after} and m.is_active and m.type <> 'PER' order by m.address limit ${limit}`,
    read: async (db: Database, keys: string[]): Promise<Facts> => ({
      services: await readServiceFacts(db, keys),
    }),
  },
  {
    nextKeys: (after: string, limit: number) =>
      sql`select key from declaration where key > ${after} and not is_deleted order by key limit ${limit}`,
    read: async (db: Database, keys: string[]): Promise<Facts> => ({
      declared: await readDeclaredFacts(db, keys),
    }),
  },
];

/** Batches read at once: the database and this process then both work all the time. */
const BATCHES_AHEAD = 3;

async function* walkCorrespondents(db: Database, batchSize: number): AsyncGenerator<Correspondent[]> {
  const data = await readReferenceData(db);
  for (const walk of WALKS) {
    const load = async (keys: string[]) => compose(db, await walk.read(db, keys), data);
    const ahead: Promise<Correspondent[]>[] = [];
    let last: string | undefined = '';
    while (last !== undefined || ahead.length > 0) {
      while (last !== undefined && ahead.length < BATCHES_AHEAD) {
        const keys: string[] = (await rowsOf<{ key: string }>(db, walk.nextKeys(last, batchSize))).map(
          (row) => row.key,
        );
        last = keys.at(-1);
        if (keys.length === 0) break;
        const batch = load(keys);
        batch.catch(() => undefined);
        ahead.push(batch);
      }
      const correspondents = await ahead.shift();
      if (correspondents !== undefined && correspondents.length > 0) yield correspondents;
    }
  }
}

async function countCorrespondents(db: Database): Promise<number> {
  const { count } = await rowOf<{ count: number }>(
    db,
    sql`select count(*)::int as count from ${withShown(sql`(${EVERY_CORRESPONDENT})`)} a where a.is_shown`,
  );
  return count;
}

async function findCursor(db: Database, incarnation: string) {
  const [row] = await rowsOf<{ documentVersion: string; xid: string; seq: string }>(
    db,
    sql`select document_version as "documentVersion", xid::text as xid, seq::text as seq
      from index_cursor where incarnation = ${incarnation}`,
  );
  if (row === undefined) return undefined;
  return { position: { xid: row.xid, seq: row.seq }, documentVersion: row.documentVersion };
}

async function saveCursor(
  db: Database,
  incarnation: string,
  { position, documentVersion }: { position: LogPosition; documentVersion: string },
): Promise<void> {
  await db.execute(sql`
    insert into index_cursor (incarnation, document_version, xid, seq, saved_at)
    values (${incarnation}, ${documentVersion}, ${position.xid}::text::xid8, ${position.seq}::text::bigint, now())
    on conflict (incarnation) do update set document_version = excluded.document_version, xid = excluded.xid,
      seq = excluded.seq, saved_at = excluded.saved_at`);
}

async function withIndexLock<T>(
  store: Store,
  incarnation: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const lost = new AbortController();
  await using session = await store.openSession(() =>
    lost.abort(new AppError('store-unavailable', 'The connection to the database was lost.', {})),
  );
  if (!(await session.tryLock(`index:${incarnation}`))) return undefined;
  return await work(lost.signal);
}
