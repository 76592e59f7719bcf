import type { LogPosition } from '#domain/change-log.ts';
import { applyChanges, type IndexWork } from './apply-changes.ts';
import { DOCUMENT_VERSION, INDEX_SETTINGS } from './index-settings.ts';
import {
  absentIncarnationOf,
  getLiveIndex,
  nextIndexOf,
  type RebuildReason,
  toIncarnation,
} from './live-index.ts';
import { pause } from './pause.ts';
import { sendEveryCorrespondent } from './send-every-correspondent.ts';
import { findMismatch } from './find-mismatch.ts';
import { waitForTask } from './wait-for-task.ts';
import { whileLocked } from './while-locked.ts';

const ATTEMPTS_MAX = 6;

export interface RebuildReport {
  documents: number;
  durationMs: number;
}

export interface RebuildOptions extends IndexWork {
  /** Rebuilds a sound index too; otherwise such a one is left as it is. */
  force?: boolean;
}

/**
 * Fills a fresh index beside the live one, brings it to the end of the log, checks it against the store and puts it in
 * the live one's place at once: searches go on all the while, and so does following the log. What a rebuild that was
 * killed left behind is removed by the next one.
 * @returns undefined when there was nothing to do, or when another process is rebuilding this index
 * @throws AppError `search-unavailable`; EngineTaskFailure; Error when the new index does not agree with the store
 */
export async function rebuildIndex(options: RebuildOptions): Promise<RebuildReport | undefined> {
  const { engine, log, force = false } = options;
  const before = await getLiveIndex(engine, log, options.signal);
  const key = `${before.incarnation}/rebuild`;
  const outcome = await log.withIndexLock(key, async (lockSignal) => {
    const signal = AbortSignal.any([options.signal, lockSignal]);
    const live = await getLiveIndex(engine, log, signal);
    const reason = live.rebuildReason ?? (force ? 'asked' : undefined);
    if (live.incarnation !== before.incarnation || !reason) return { report: undefined };
    return { report: await rebuildBeside({ ...options, signal }, live.incarnation, reason) };
  });
  if (!outcome) options.onEvent?.({ type: 'busy-elsewhere', incarnation: key });
  return outcome?.report;
}

async function rebuildBeside(work: IndexWork, live: string, reason: RebuildReason): Promise<RebuildReport> {
  const { engine, log, signal, onEvent } = work;
  const startedAt = performance.now();
  const documentsTotal = await log.countCorrespondents();
  onEvent?.({ type: 'rebuild-started', reason, documentsTotal });
  await discardNextIndex(work);
  const next = await createNextIndex(work);
  const walkedFrom = await log.readPosition();
  const sample = await sendEveryCorrespondent(work, nextIndexOf(engine), documentsTotal);
  onEvent?.({ type: 'rebuild-catching-up', documentsSent: sample.documentsSent });
  const nearEnd = await applyChanges(work, nextIndexOf(engine), walkedFrom);
  await whileLocked(log, live, signal, (signal) =>
    goLive({ ...work, signal }, { live, next, nearEnd, ids: sample.ids }),
  );
  await log.deleteCursor(live);
  await discardNextIndex(work);
  const documents = await engine.countDocuments(engine.indexName, signal);
  const report = { documents, durationMs: performance.now() - startedAt };
  onEvent?.({ type: 'rebuild-finished', ...report });
  return report;
}

/** Its unfinished tasks first, which would create it again. */
async function discardNextIndex({ engine, log, signal }: IndexWork): Promise<void> {
  const name = nextIndexOf(engine);
  await waitForTask(engine, await engine.cancelTasks(name, signal), signal);
  const index = await engine.findIndex(name, signal);
  if (!index) return;
  await waitForTask(engine, await engine.deleteIndex(name, signal), signal);
  await log.deleteCursor(toIncarnation(engine, index));
}

async function createNextIndex({ engine, signal }: IndexWork): Promise<string> {
  const name = nextIndexOf(engine);
  await waitForTask(engine, await engine.createIndex(name, signal), signal);
  await waitForTask(engine, await engine.updateSettings(name, INDEX_SETTINGS, signal), signal);
  const index = await engine.findIndex(name, signal);
  if (!index) throw new Error(`index ${name} disappeared while it was being built`);
  return toIncarnation(engine, index);
}

/** The cursor is saved before the content is live, so that a live index never lacks one. */
async function goLive(
  work: IndexWork,
  { live, next, nearEnd, ids }: { live: string; next: string; nearEnd: LogPosition; ids: string[] },
): Promise<void> {
  const { engine, log, signal } = work;
  const name = nextIndexOf(engine);
  const position = await applyUntilEqual(work, name, nearEnd, ids);
  await log.saveCursor(next, { position, documentVersion: DOCUMENT_VERSION });
  const isFirst = live === absentIncarnationOf(engine);
  const task = isFirst
    ? await engine.renameIndex(name, engine.indexName, signal)
    : await engine.swapIndexes(engine.indexName, name, signal);
  await waitForTask(engine, task, signal);
}

/** A change may be counted in the store an instant before the log lets it be read, so a difference is looked at again. */
async function applyUntilEqual(
  work: IndexWork,
  index: string,
  from: LogPosition,
  ids: string[],
): Promise<LogPosition> {
  let position = from;
  for (let attempt = 1; ; attempt += 1) {
    position = await applyChanges(work, index, position);
    const mismatch = await findMismatch(work, index, position, ids);
    if (mismatch === undefined) return position;
    if (attempt === ATTEMPTS_MAX) throw new Error(mismatch);
    await pause(500, work.signal);
  }
}
