import type { ImportReport } from '#domain/import-report.ts';
import { runImport, type ImportFile, type ImportOptions } from '#ingest/run-import.ts';
import type { Store } from '#store/store.ts';

/** Runs an import as the command does, with every threshold open unless told otherwise. */
export function importFiles(
  store: Store,
  files: readonly ImportFile[],
  options: Partial<ImportOptions> = {},
): Promise<ImportReport> {
  return runImport(store, {
    files,
    acceptChanges: true,
    shareMax: 0.05,
    readsSameFile: false,
    host: 'test',
    pid: process.pid,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...options,
  });
}
