import { AppError } from '#domain/errors.ts';
import type { ImportReport } from '#domain/import-report.ts';
import { findImportReport, listImportSummaries, type ImportSummary } from '#store/import-runs.ts';

import type { Directory } from './directory.ts';

export type { ImportSummary };

/** The last runs, latest first; one that goes on tells how far it has got. */
export function listImports({ store }: Directory, limit: number): Promise<ImportSummary[]> {
  return listImportSummaries(store.db, limit);
}

/** @throws AppError `route-not-found` for a run that never was or has no report */
export async function getImportReport({ store }: Directory, id: number): Promise<ImportReport> {
  const report = await findImportReport(store.db, id);
  if (report === undefined)
    throw new AppError('route-not-found', 'No run of this number has a report.', { nearest: undefined });
  return report;
}
