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
  dropStaging,
  prepareForMerge,
  type Feed,
  type MergeCounts,
} from '#store/merge-staged.ts';
import type { Database, Store, StoreSession } from '#store/store.ts';
import { countLogged, isLogEmpty, logAffected } from '#store/write-change-log.ts';

import type { ImportProgress } from '#domain/import-progress.ts';
import { keepProgress } from './keep-progress.ts';
import { stageSource, type Staged } from './stage-source.ts';
import { allFeeds, feedsOf } from './staged-rows.ts';

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
 * One import run: reads each file into tables of its own, compares them with what the same source stated before, and writes all
 * differences in one transaction, with their change log, or nothing at all. While one file is compared the next one is read, over
 * a second connection.
 * @returns the report, also kept in the store; its state is `refused` when a threshold was passed and nothing was written
 * @throws AppError `import-running`, `source-file-invalid` and `source-file-unreadable` (nothing was written),
 *   `store-unavailable`
 */
export async function runImport(store: Store, options: ImportOptions): Promise<ImportReport> {
  const lost = new AbortController();
  await using session = await store.openSession(() => lost.abort(storeLost()));
  const signal = AbortSignal.any([options.signal, lost.signal]);
  if (!(await session.tryLock('import'))) throw await importRunning(session.db);
  await using staging = await store.openSession(() => lost.abort(storeLost()));
  await prepareForMerge(session.db);
  const startedAt = new Date();
  const runId = await beginImportRun(session.db, options.host, options.pid, startedAt.toISOString());
  await using kept = keepProgress(store.db, runId);
  const onProgress = (progress: ImportProgress) => {
    kept.keep(progress);
    options.onProgress(progress);
  };
  try {
    await dropStaging(session.db, allFeeds());
    const run = { runId, startedAt, signal };
    return await readAndMerge({ session, staging }, { ...options, onProgress }, run);
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
  breaches: ThresholdBreach[];
}

interface Sessions {
  session: StoreSession;
  /** Fills the tables that the other one compares. */
  staging: StoreSession;
}

async function readAndMerge(
  { session, staging }: Sessions,
  options: ImportOptions,
  run: Run,
): Promise<ImportReport> {
  await using opened = await openAll(options.files, run.signal);
  const states = new Map((await listSourceStates(session.db)).map((state) => [state.source, state]));
  const sources: SourceRun[] = [];
  const failed = new AbortController();
  const readingSignal = AbortSignal.any([run.signal, failed.signal]);
  let comparing: Promise<void> = Promise.resolve();
  for (const { importFile, file } of opened.files) {
    readingSignal.throwIfAborted();
    const known = states.get(file.source);
    const source = await readSource(staging, importFile, file, known, options, readingSignal);
    sources.push(source);
    comparing = comparing.then(() => compareSource(session, source, options, run.signal));
    // It is thrown below; until then it ends the reading.
    comparing.catch((error: unknown) => failed.abort(error));
  }
  await comparing;
  const breaches = mergeBreaches(sources.flatMap((it) => it.breaches));
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
  await dropStaging(session.db, allFeeds()).catch(() => undefined);
  return report;
}

async function readSource(
  staging: StoreSession,
  file: ImportFile,
  opened: SourceFile,
  known: SourceState | undefined,
  options: ImportOptions,
  signal: AbortSignal,
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
  if (report.isSameFile) return { file, report, staged: null, feeds: [], known, breaches: [] };
  const staged = await stageSource(staging, opened, options.onProgress, signal);
  const { lines, accepted, ignored, rejected, rejectedBy } = staged;
  const durationMs = Math.round(performance.now() - startedAtMs);
  Object.assign(report, { lines, accepted, ignored, rejected, rejectedBy, durationMs });
  const breaches = listBreaches(file.source, { rejected: rejected / lines }, options.shareMax);
  return { file, report, staged, feeds: feedsOf(file.source), known, breaches };
}

async function compareSource(
  session: StoreSession,
  { file: { source }, report, feeds, breaches }: SourceRun,
  options: ImportOptions,
  signal: AbortSignal,
): Promise<void> {
  const startedAtMs = performance.now();
  for (const feed of feeds) {
    signal.throwIfAborted();
    options.onProgress({ step: 'compare', source, table: feed.table.name });
    const counts = await compareStaged(session.db, feed);
    report.entities[feed.table.name] = toEntityCounts(counts);
    if (counts.active === 0) continue;
    const shares = {
      disappearing: counts.removed / counts.active,
      changing: counts.changed / counts.active,
    };
    breaches.push(...listBreaches(source, shares, options.shareMax));
  }
  report.durationMs += Math.round(performance.now() - startedAtMs);
}

async function writeDifferences(
  tx: Database,
  sources: SourceRun[],
  run: Run,
  options: ImportOptions,
): Promise<ImportReport> {
  const checkedAt = new Date().toISOString();
  const readFeeds = sources.flatMap((it) => it.feeds);
  const isFirst = await isLogEmpty(tx);
  await createAffected(tx);
  if (!isFirst) await listAffected(tx, readFeeds);
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
  else await listAffected(tx, readFeeds);
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

function listBreaches(
  source: SourceId,
  shares: Partial<Record<ThresholdBreach['measure'], number>>,
  shareMax: number,
): ThresholdBreach[] {
  return Object.entries(shares)
    .filter(([, share]) => share > shareMax)
    .map(([measure, share]) => ({
      source,
      measure: measure as ThresholdBreach['measure'],
      share,
      thresholdMax: shareMax,
    }));
}

/** One a source and measure: the worst of its tables. */
function mergeBreaches(all: readonly ThresholdBreach[]): ThresholdBreach[] {
  const worst = new Map<string, ThresholdBreach>();
  for (const breach of all) {
    const key = `${breach.source} ${breach.measure}`;
    const known = worst.get(key);
    worst.set(key, { ...breach, share: Math.max(breach.share, known?.share ?? 0) });
  }
  return [...worst.values()];
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
