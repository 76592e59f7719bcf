import { sql } from 'drizzle-orm';

import type { ImportProgress } from '#domain/import-progress.ts';
import type { ImportReport, ImportState } from '#domain/import-report.ts';
import type { SourceId, UnlistedCode } from '#domain/source.ts';

import { rowOf, rowsOf, type Database } from './store.ts';

export interface SourceState {
  source: SourceId;
  fileName: string;
  sha256: string;
  readerVersion: number;
  publishedAt: string | null;
  checkedAt: string;
  changedAt: string;
  runId: number;
  lines: number;
  accepted: number;
  rejected: number;
  etag: string | null;
  lastModified: string | null;
}

/** Begins the record of a run. Runs left as running are marked interrupted: the caller holds the import lock. */
export async function beginImportRun(
  db: Database,
  host: string,
  pid: number,
  startedAt: string,
): Promise<number> {
  await db.execute(
    sql`update import_run set state = 'interrupted', finished_at = now() where state = 'running'`,
  );
  const { id } = await rowOf<{ id: number }>(
    db,
    sql`insert into import_run (state, host, pid, started_at)
      values ('running', ${host}, ${pid}, ${startedAt}::timestamptz) returning id`,
  );
  return id;
}

export async function endImportRun(
  db: Database,
  runId: number,
  state: ImportState,
  report: ImportReport | null,
) {
  await db.execute(sql`update import_run set state = ${state}, finished_at = now(),
    report = ${report === null ? null : JSON.stringify(report)}::text::jsonb where id = ${runId}`);
}

/** How far a run has got. */
export async function saveImportProgress(
  db: Database,
  runId: number,
  progress: ImportProgress,
): Promise<void> {
  await rowsOf(
    db,
    sql`update import_run set progress = ${JSON.stringify(progress)}::text::jsonb, progress_at = now()
      where id = ${runId}`,
  );
}

/** A run without its report, which may be long. */
export interface ImportSummary {
  id: number;
  state: ImportState;
  startedAt: string;
  finishedAt: string | null;
  progress: ImportProgress | null;
  /** When it last told how far it had got. */
  progressAt: string | null;
  correspondents: ImportReport['correspondents'] | null;
  rejected: number | null;
}

/** The last runs, latest first. */
export async function listImportSummaries(db: Database, limit: number): Promise<ImportSummary[]> {
  return rowsOf(
    db,
    sql`select id, state, ${isoInstant('started_at')} as "startedAt", ${isoInstant('finished_at')} as "finishedAt", progress,
        ${isoInstant('progress_at')} as "progressAt", report -> 'correspondents' as correspondents,
        (select sum((source ->> 'rejected')::bigint)::int from jsonb_array_elements(report -> 'sources') source
          where not (source ->> 'isSameFile')::boolean) as rejected
      from import_run order by id desc limit ${limit}`,
  );
}

/** Undefined for a run that never was, and for one without a report. */
export async function findImportReport(db: Database, id: number): Promise<ImportReport | undefined> {
  const [row] = await rowsOf<{ report: ImportReport | null }>(
    db,
    sql`select report from import_run where id = ${id}`,
  );
  return row?.report ?? undefined;
}

/** Who is importing, as far as the records tell; undefined when nobody is. */
export async function findRunningImport(db: Database) {
  const [row] = await rowsOf<{ host: string; pid: number; startedAt: string }>(
    db,
    sql`select host, pid, ${isoInstant('started_at')} as "startedAt" from import_run
      where state = 'running' order by id desc limit 1`,
  );
  return row;
}

/** The last runs, latest first. */
export async function listImportRuns(db: Database, limit: number) {
  return rowsOf<{
    id: number;
    state: ImportState;
    startedAt: string;
    finishedAt: string | null;
    report: ImportReport | null;
  }>(
    db,
    sql`select id, state, ${isoInstant('started_at')} as "startedAt", ${isoInstant('finished_at')} as "finishedAt", report
      from import_run order by id desc limit ${limit}`,
  );
}

/** What each source last gave; a source that was never read is absent. */
export async function listSourceStates(db: Database): Promise<SourceState[]> {
  return rowsOf<SourceState>(
    db,
    sql`select source, file_name as "fileName", sha256, reader_version as "readerVersion",
      ${isoInstant('published_at')} as "publishedAt", ${isoInstant('checked_at')} as "checkedAt",
      ${isoInstant('changed_at')} as "changedAt", run_id as "runId", lines, accepted, rejected, etag,
      last_modified as "lastModified" from source_state order by source`,
  );
}

export async function saveSourceState(tx: Database, state: SourceState): Promise<void> {
  await tx.execute(sql`insert into source_state (source, file_name, sha256, reader_version, published_at, checked_at,
      changed_at, run_id, lines, accepted, rejected, etag, last_modified)
    values (${state.source}, ${state.fileName}, ${state.sha256}, ${state.readerVersion},
      ${state.publishedAt}::timestamptz, ${state.checkedAt}::timestamptz, ${state.changedAt}::timestamptz,
      ${state.runId}, ${state.lines}, ${state.accepted}, ${state.rejected}, ${state.etag}, ${state.lastModified})
    on conflict (source) do update set file_name = excluded.file_name, sha256 = excluded.sha256,
      reader_version = excluded.reader_version, published_at = excluded.published_at,
      checked_at = excluded.checked_at, changed_at = excluded.changed_at, run_id = excluded.run_id,
      lines = excluded.lines, accepted = excluded.accepted, rejected = excluded.rejected, etag = excluded.etag,
      last_modified = excluded.last_modified`);
}

/** Records that the publisher had nothing new. */
export async function markSourceChecked(db: Database, source: SourceId): Promise<void> {
  await db.execute(sql`update source_state set checked_at = now() where source = ${source}`);
}

/** A label once learnt is kept: the first file to name a code wins. */
export async function saveCodeLabels(tx: Database, codes: readonly UnlistedCode[]): Promise<void> {
  for (const { list, code, label } of codes) {
    await tx.execute(sql`insert into code_label (list, code, label) values (${list}, ${code}, ${label})
      on conflict do nothing`);
  }
}

function isoInstant(column: string) {
  return sql`to_char(${sql.identifier(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}
