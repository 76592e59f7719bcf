import type { AuditContext } from '#domain/audit-event.ts';
import type { ErrorReport } from '#domain/error-report.ts';
import { parseCorrespondentId } from '#domain/correspondent-id.ts';
import { AppError } from '#domain/errors.ts';
import { recordAudit } from '#store/audit.ts';
import { listErrorReports, setReportClosed } from '#store/error-reports.ts';
import type { Database } from '#store/store.ts';
import { findTerritory } from '#store/territories.ts';
import { listWithheldAmong } from '#store/withheld.ts';

const REPORTS_MAX = 200;

/**
 * The latest of a territory, or of all when none is named. Of whoever is withheld nothing is told.
 * @throws AppError `territory-not-found`
 */
export async function readErrorReports(
  db: Database,
  { territoryId, state }: { territoryId?: string; state: 'open' | 'closed' },
): Promise<ErrorReport[]> {
  if (territoryId !== undefined && (await findTerritory(db, territoryId)) === undefined)
    throw new AppError('territory-not-found', 'There is no territory of this id.', { id: territoryId });
  const reports = await listErrorReports(db, { territoryId, state, limit: REPORTS_MAX });
  const keyOf = ({ subjectId }: ErrorReport) => parseCorrespondentId(subjectId)?.key ?? subjectId;
  const withheld = await listWithheldAmong(db, reports.map(keyOf));
  return reports.filter((it) => !withheld.has(keyOf(it)));
}

/**
 * Closes a report, or opens it again; doing it twice is doing it once.
 * @throws AppError `error-report-not-found`, also for one of another territory
 */
export async function closeErrorReport(
  db: Database,
  id: number,
  { isClosed, territoryId }: { isClosed: boolean; territoryId?: string },
  audit: AuditContext,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await setReportClosed(tx, id, isClosed, territoryId)))
      throw new AppError('error-report-not-found', 'There is no such report here.', { id });
    await recordAudit(tx, {
      ...audit,
      operation: 'close-error-report',
      target: { kind: 'error-report', id: String(id) },
      outcome: 'done',
      details: { isClosed },
    });
  });
}
