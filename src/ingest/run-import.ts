import { AppError, type ThresholdBreach } from '#domain/errors.ts';
import type { EntityCounts, ImportReport, ImportState, SourceReport } from '#domain/import-report.ts';
import { SOURCE_IDS, type SourceId } from '#domain/source.ts';
import { openSourceFile } from '#sources/open-source-file.ts';
import type { SourceFile } from '#sources/source-file.ts';
import { sha256OfFile } from '#sources/sha256-of-file.ts';
import {
  beginImportRun,
  endImportRun,
  findRunningImport,
  listSourceStates,
  saveCodeLabels,
  saveSourceState,
  type SourceState,
} from '#store/import-runs.ts';
import { createAffected, listAffected, listEverybody } from '#store/list-affected.ts';
import { dropUnchanged, readShownBefore } from '#store/shown-before.ts';
import {
  applyStaged,
  compareStaged,
  prepareForMerge,
  type Feed,
  type MergeCounts,
} from '#store/merge-staged.ts';
import type { Database, Store, StoreSession } from '#store/store.ts';
import { countLogged, isLogEmpty, logAffected } from '#store/write-change-log.ts';

import type { ImportProgress } from '#domain/import-progress.ts';
import { keepProgress } from './keep-progress.ts';
import { stageSource, type Staged } from './stage-source.ts';
import { feedsOf } from './staged-rows.ts';

/** To be raised when the same file would now be read into other records. */
const READER_VERSION = 1;

export interface ImportFile {
  source: SourceId;
  path: string;
  /** From the download, for the next conditional one. */
  etag?: string | null;
  lastModified?: string | null;
  publishedAt?: string | null;
}

export interface ImportOptions {
  files: readonly ImportFile[];
  /** Goes on whatever the thresholds say. */
  acceptChanges: boolean;
  /** 0 to 1: the share of bad lines, of disappearing rows and of changing rows above which a run stops. */
  shareMax: number;
  /** Reads a file again even when it is the very file of the last run. */
  readsSameFile: boolean;
  host: string;
  pid: number;
  onProgress: (progress: ImportProgress) => void;
  signal: AbortSignal;
}

/**
 * One import run: reads each file into temporary tables, compares them with what the same source stated before, and writes all
 * differences in one transaction, with their change log, or nothing at all.
 * @returns the report, also kept in the store; its state is `refused` when a threshold was passed and nothing was written
 * @throws AppError `import-running`, `source-file-invalid` and `source-file-unreadable` (nothing was written),
 *   `store-unavailable`
 */
export async function runImport(store: Store, options: ImportOptions): Promise<ImportReport> {
  const lost = new AbortController();
  await using session = await store.openSession(() => lost.abort(storeLost()));
  const signal = AbortSignal.any([options.signal, lost.signal]);
  if (!(await session.tryLock('import'))) throw await importRunning(session.db);
  await prepareForMerge(session.db);
  const startedAt = new Date();
  const runId = await beginImportRun(session.db, options.host, options.pid, startedAt.toISOString());
  await using kept = keepProgress(store.db, runId);
  const onProgress = (progress: ImportProgress) => {
    kept.keep(progress);
    options.onProgress(progress);
  };
  try {
    return await readAndMerge(session, { ...options, onProgress }, { runId, startedAt, signal });
  } catch (error) {
    if (!lost.signal.aborted) await endImportRun(session.db, runId, 'failed', null);
    throw lost.signal.aborted ? lost.signal.reason : error;
  }
}

interface Run {
  runId: number;
  startedAt: Date;
  signal: AbortSignal;
}

interface SourceRun {
  file: ImportFile;
  report: SourceReport;
  staged: Staged | null;
  feeds: Feed[];
  known: SourceState | undefined;
}

async function readAndMerge(session: StoreSession, options: ImportOptions, run: Run): Promise<ImportReport> {
  await using opened = await openAll(options.files, run.signal);
  const states = new Map((await listSourceStates(session.db)).map((state) => [state.source, state]));
  const sources: SourceRun[] = [];
  const breaches: ThresholdBreach[] = [];
  for (const { importFile, file } of opened.files) {
    const source = await readSource(
      session,
      importFile,
      file,
      states.get(file.source),
      options,
      run,
      breaches,
    );
    sources.push(source);
  }
  if (breaches.length > 0 && !options.acceptChanges) {
    const report = toReport(run, 'refused', sources, breaches, NO_CORRESPONDENTS);
    await endImportRun(session.db, run.runId, 'refused', report);
    return report;
  }
  run.signal.throwIfAborted();
  const report = await session.db.transaction(async (tx) => writeDifferences(tx, sources, run, options));
  const written = sources.flatMap((it) => it.feeds.map((feed) => feed.table.name));
  // It is done, whatever becomes of the housekeeping.
  await session.settle([...new Set(written), 'change_log']).catch(() => undefined);
  return report;
}

async function readSource(
  session: StoreSession,
  file: ImportFile,
  opened: SourceFile,
  known: SourceState | undefined,
  options: ImportOptions,
  run: Run,
  breaches: ThresholdBreach[],
): Promise<SourceRun> {
  const startedAtMs = performance.now();
  const sha256 = await sha256OfFile(file.path);
  const report: SourceReport = {
    source: file.source,
    fileName: opened.name,
    sha256,
    publishedAt: opened.publishedAt ?? file.publishedAt ?? null,
    isSameFile: known?.sha256 === sha256 && known.readerVersion === READER_VERSION && !options.readsSameFile,
    lines: known?.lines ?? 0,
    accepted: known?.accepted ?? 0,
    ignored: known ? known.lines - known.accepted - known.rejected : 0,
    rejected: known?.rejected ?? 0,
    rejectedBy: {},
    entities: {},
    durationMs: 0,
  };
  if (report.isSameFile) return { file, report, staged: null, feeds: [], known };
  const staged = await stageSource(session, opened, options.onProgress, run.signal);
  const { lines, accepted, ignored, rejected, rejectedBy } = staged;
  Object.assign(report, { lines, accepted, ignored, rejected, rejectedBy });
  addBreach(breaches, file.source, 'rejected', rejected / lines, options.shareMax);
  const feeds = feedsOf(file.source);
  for (const feed of feeds) {
    run.signal.throwIfAborted();
    options.onProgress({ step: 'compare', source: file.source, table: feed.table.name });
    const counts = await compareStaged(session.db, feed);
    report.entities[feed.table.name] = toEntityCounts(counts);
    if (counts.active === 0) continue;
    addBreach(breaches, file.source, 'disappearing', counts.removed / counts.active, options.shareMax);
    addBreach(breaches, file.source, 'changing', counts.changed / counts.active, options.shareMax);
  }
  report.durationMs = Math.round(performance.now() - startedAtMs);
  return { file, report, staged, feeds, known };
}

async function writeDifferences(
  tx: Database,
  sources: SourceRun[],
  run: Run,
  options: ImportOptions,
): Promise<ImportReport> {
  const checkedAt = new Date().toISOString();
  const allFeeds = sources.flatMap((it) => it.feeds);
  const isFirst = await isLogEmpty(tx);
  await createAffected(tx);
  if (!isFirst) await listAffected(tx, allFeeds);
  const shownBefore = await readShownBefore(tx);
  for (const { file, report, feeds, staged, known } of sources) {
    for (const feed of feeds) {
      const { created, changed, deactivated } = report.entities[feed.table.name]!;
      if (created + changed + deactivated === 0) continue;
      options.onProgress({ step: 'write', source: file.source, table: feed.table.name });
      await applyStaged(tx, feed, report.publishedAt ?? checkedAt);
    }
    if (staged) await saveCodeLabels(tx, staged.unlistedCodes);
    const isChanged = Object.values(report.entities).some(
      (it) => it.created + it.changed + it.deactivated > 0,
    );
    await saveSourceState(tx, {
      source: file.source,
      fileName: report.fileName,
      sha256: report.sha256,
      readerVersion: READER_VERSION,
      publishedAt: report.publishedAt,
      checkedAt,
      changedAt: isChanged || !known ? checkedAt : known.changedAt,
      runId: run.runId,
      lines: report.lines,
      accepted: report.accepted,
      rejected: report.rejected,
      etag: file.etag ?? null,
      lastModified: file.lastModified ?? null,
    });
  }
  options.onProgress({ step: 'log' });
  if (isFirst) await listEverybody(tx);
  else await listAffected(tx, allFeeds);
  await dropUnchanged(tx, shownBefore);
  await logAffected(tx);
  const correspondents = await countLogged(tx);
  const report = toReport(run, 'succeeded', sources, [], correspondents);
  await endImportRun(tx, run.runId, 'succeeded', report);
  return report;
}

/** Opens every file, so that a wrong one stops the run before any is read. */
async function openAll(files: readonly ImportFile[], signal: AbortSignal) {
  await using stack = new AsyncDisposableStack();
  const opened: { importFile: ImportFile; file: SourceFile }[] = [];
  const ordered = files.toSorted((a, b) => SOURCE_IDS.indexOf(a.source) - SOURCE_IDS.indexOf(b.source));
  for (const importFile of ordered) {
    opened.push({
      importFile,
      file: stack.use(await openSourceFile(importFile.source, importFile.path, signal)),
    });
  }
  const owned = stack.move();
  return { files: opened, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const NO_CORRESPONDENTS = { created: 0, changed: 0, removed: 0 };

function toReport(
  run: Run,
  state: ImportState,
  sources: SourceRun[],
  breaches: ThresholdBreach[],
  correspondents: ImportReport['correspondents'],
): ImportReport {
  const finishedAt = new Date();
  return {
    runId: run.runId,
    state,
    startedAt: run.startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    durationMs: finishedAt.getTime() - run.startedAt.getTime(),
    sources: sources.map((it) => it.report),
    correspondents,
    breaches,
    rejections: sources.flatMap((it) => it.staged?.rejections ?? []),
  };
}

function toEntityCounts({ staged, created, changed, removed }: MergeCounts): EntityCounts {
  return { created, changed, deactivated: removed, unchanged: staged - created - changed };
}

function addBreach(
  breaches: ThresholdBreach[],
  source: SourceId,
  measure: ThresholdBreach['measure'],
  share: number,
  shareMax: number,
): void {
  if (share <= shareMax) return;
  const known = breaches.find((it) => it.source === source && it.measure === measure);
  if (known) known.share = Math.max(known.share, share);
  else breaches.push({ source, measure, share, thresholdMax: shareMax });
}

async function importRunning(db: Database): Promise<AppError> {
  const running = await findRunningImport(db);
  const { host, pid, startedAt } = running ?? { host: 'unknown', pid: 0, startedAt: 'unknown' };
  return new AppError(
    'import-running',
    `Another import is running: process ${pid} on ${host}, since ${startedAt}. Wait for its end, or stop it.`,
    { host, pid, startedAt },
  );
}

function storeLost(): AppError {
  return new AppError(
    'store-unavailable',
    'The connection to the database was lost. Nothing is half done: run the same command again.',
    {},
  );
}
