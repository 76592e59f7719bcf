import { sql, type SQL } from 'drizzle-orm';

import type { AuditActor, AuditEvent, RecordedEvent } from '#domain/audit-event.ts';

import { rowsOf, type Database } from './store.ts';
import { textArray } from './text-array.ts';

/**
 * Writes down who did what. Within the transaction of a write, so that neither is there without the other.
 * @throws AppError `store-unavailable`
 */
export async function recordAudit(db: Pick<Database, 'execute'>, event: AuditEvent): Promise<void> {
  await rowsOf(db, auditing(event));
}

/** What `recordAudit` writes, as part of a statement that makes the change too. @param once a relation: one event for each of its rows */
export function auditing(event: AuditEvent, once?: SQL): SQL {
  const { actor, operation, target, outcome, requestId, details } = event;
  return sql`insert into audit_event (actor_kind, actor_subject, actor_name, application, operation, target_kind, target_id,
      outcome, request_id, details)
    select ${actor.kind}::text, ${subjectOf(actor)}::text, ${'name' in actor ? actor.name : null}::text,
      ${actor.kind === 'person' ? actor.application : null}::text, ${operation}::text, ${target?.kind ?? null}::text,
      ${target?.id ?? null}::text, ${outcome}::text, ${requestId ?? null}::text,
      ${details === undefined ? null : JSON.stringify(details)}::text::jsonb ${once === undefined ? sql`` : sql`from ${once}`}`;
}

interface AuditQuery {
  /** Events about this one thing only. */
  target?: { kind: string; id: string } | undefined;
  /** In the name of whoever did it, in capitals or not. */
  actorName?: string | undefined;
  operation?: string | undefined;
  /** Older than the event of this id. */
  before?: string | undefined;
  limit: number;
}

/** The latest first. Names are looked for among those that there are, which are far fewer than events. */
export async function listAudit(
  db: Database,
  { target, actorName, operation, before, limit }: AuditQuery,
): Promise<RecordedEvent[]> {
  const names = actorName === undefined ? null : textArray(await listActorNames(db, actorName));
  return rowsOf<RecordedEvent>(
    db,
    sql`select id::text as id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, actor_kind as "actorKind",
        case when actor_kind = 'application' then actor_subject end as "keyId", actor_name as "actorName", application,
        operation, case when target_kind is not null then json_build_object('kind', target_kind, 'id', target_id) end as target,
        outcome, request_id as "requestId", details
      from audit_event
      where (${target?.kind ?? null}::text is null or (target_kind = ${target?.kind ?? null} and target_id = ${target?.id ?? null}))
        ${names === null ? sql`` : sql`and actor_name = any(${names})`}
        and (${operation ?? null}::text is null or operation = ${operation ?? null})
        and (${before ?? null}::bigint is null or id < ${before ?? null}::bigint)
      order by audit_event.id desc limit ${limit}`,
  );
}

/** Each name once that holds this text, in capitals or not: the index is read from one name to the next. */
async function listActorNames(db: Database, text: string): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    db,
    sql`with recursive actor (name) as (
        (select actor_name from audit_event where actor_name is not null order by actor_name limit 1)
        union all
        select (select e.actor_name from audit_event e where e.actor_name > actor.name order by e.actor_name limit 1)
          from actor where actor.name is not null)
      select name from actor where position(lower(${text}) in lower(name)) > 0`,
  );
  return rows.map((row) => row.name);
}

function subjectOf(actor: AuditActor): string | null {
  if (actor.kind === 'person') return actor.subject;
  return actor.kind === 'application' ? actor.keyId : null;
}
