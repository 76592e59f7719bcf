import { sql, type SQL } from 'drizzle-orm';

import type { ErrorReport } from '#domain/error-report.ts';

import { rowOf, rowsOf, type Database } from './store.ts';
import { textArray } from './text-array.ts';
import { toUtc } from './utc-text.ts';

export type NewErrorReport = Pick<
  ErrorReport,
  'subjectId' | 'subjectName' | 'field' | 'message' | 'reporter'
> & {
  communeCodes: readonly string[];
};

/** With the communes, in one statement. */
export async function insertErrorReport(db: Database, report: NewErrorReport): Promise<number> {
  const { subjectId, subjectName, field, message, reporter, communeCodes } = report;
  const { id } = await rowOf<{ id: number }>(
    db,
    sql`with report as (
        insert into error_report (subject_id, subject_name, field, message, reporter)
        values (${subjectId}, ${subjectName}, ${field}, ${message}, ${reporter}) returning id
      ), places as (
        insert into error_report_commune (report_id, commune_code)
        select report.id, code from report, unnest(${textArray([...new Set(communeCodes)])}) as c (code)
      )
      select id from report`,
  );
  return id;
}

/** How many were made of late by whoever is of this kind: on everything in an hour, on one subject in a day. */
export async function countRecentReports(
  db: Database,
  reporter: ErrorReport['reporter'],
  subjectId: string,
): Promise<{ inHour: number; onSubjectInDay: number }> {
  return rowOf(
    db,
    sql`select count(*) filter (where reported_at > now() - interval '1 hour')::int as "inHour",
        count(*) filter (where subject_id = ${subjectId})::int as "onSubjectInDay"
      from error_report where reporter = ${reporter} and reported_at > now() - interval '1 day'`,
  );
}

/** The latest first. Undefined territory: of all of them, and of none. */
export async function listErrorReports(
  db: Database,
  { territoryId, state, limit }: { territoryId: string | undefined; state: 'open' | 'closed'; limit: number },
): Promise<ErrorReport[]> {
  return rowsOf(
    db,
    sql`select id, subject_id as "subjectId", subject_name as "subjectName", field, message, reporter,
        ${toUtc(sql`reported_at`)} as "reportedAt", ${toUtc(sql`closed_at`)} as "closedAt"
      from error_report r
      where ${state === 'open' ? sql`closed_at is null` : sql`closed_at is not null`} and ${isOf(territoryId)}
      order by r.reported_at desc, r.id desc limit ${limit}`,
  );
}

/** @returns false when there is none of this number, or none of this territory */
export async function setReportClosed(
  db: Database,
  id: number,
  isClosed: boolean,
  territoryId: string | undefined,
): Promise<boolean> {
  const rows = await rowsOf(
    db,
    sql`update error_report r set closed_at = ${isClosed ? sql`coalesce(closed_at, now())` : sql`null`}
      where id = ${id} and ${isOf(territoryId)} returning id`,
  );
  return rows.length > 0;
}

function isOf(territoryId: string | undefined): SQL {
  if (territoryId === undefined) return sql`true`;
  return sql`exists (select 1 from error_report_commune c join territory_commune t on t.commune_code = c.commune_code
    where c.report_id = r.id and t.territory_id = ${territoryId})`;
}
