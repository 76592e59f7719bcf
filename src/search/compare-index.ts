import { AppError } from '#domain/errors.ts';
import { bringUpToDate, type IndexWork } from './apply-changes.ts';
import { toDocumentLine } from './correspondent-document.ts';
import { countPending } from './describe-index.ts';
import { followIncarnation } from './follow-change-log.ts';
import { getLiveIndex } from './live-index.ts';
import { pause } from './pause.ts';
import { openRevTable, type RevTable } from './rev-table.ts';
import { whileLocked } from './while-locked.ts';

const PAGE = 10_000;
const WALK_BATCH = 2000;
const RECHECK_BATCH = 1000;
/** Further differences are counted as "at least so many": an index that differs more wants a rebuild. */
const DIFFERENCES_MAX = 200_000;

export interface CompareOptions extends IndexWork {
  repair: boolean;
  /** How many ids of each kind the report names. Default 20. */
  examplesMax?: number;
  /** For a follower that is behind. Default 60,000. */
  catchUpTimeoutMs?: number;
  onProgress?: (progress: CompareProgress) => void;
}

/** `catch-up`: waits for the index; `read`: reads it; `compare`: looks at each of the store; `recheck`: at those that differ. */
export interface CompareProgress {
  step: 'catch-up' | 'read' | 'compare' | 'recheck';
  done: number;
  /** As far as is known; 0 when it is not. */
  total: number;
}

export interface Differences {
  count: number;
  examples: string[];
}

export interface CompareReport {
  stored: number;
  indexed: number;
  /** In the store, not in the index. */
  missing: Differences;
  /** In the index, not in the store. */
  extra: Differences;
  /** In both, with another content. */
  different: Differences;
  /** More differences than are looked at in one run; run it again, or rebuild. */
  isTruncated: boolean;
  /** Documents sent or deleted to repair them. */
  repaired: number;
  /** Changes of the log that the index had not yet received at the end, at most `LAG_MAX`: they may explain differences. */
  lag: number;
}

function tell({ onProgress }: CompareOptions, step: CompareProgress['step'], done = 0, total = 0): void {
  onProgress?.({ step, done, total });
}

type DifferenceKind = 'missing' | 'extra' | 'different';

/**
 * Compares the rev of every correspondent of the store with the live index, once the index has reached the log's end of
 * the moment. What differs is looked at once more before it is reported. Memory: about 40 bytes a document.
 * @throws AppError `search-unavailable` when there is no index of this version
 */
export async function compareIndex(options: CompareOptions): Promise<CompareReport> {
  const { engine, log, signal, repair, examplesMax = 20 } = options;
  tell(options, 'catch-up');
  const incarnation = await catchUp(options);
  const table = await readIndex(options, incarnation);
  const suspects: string[] = [];
  const stored = await findMissingAndDifferent(options, table, suspects);
  await findExtra(options, table, suspects);
  tell(options, 'recheck', 0, suspects.length);
  if (suspects.length > 0) await catchUp(options);
  const found = await recheck(options, suspects);
  const repaired = repair ? await repairAll(options, incarnation, [...found.keys()]) : 0;
  const { position } = await getLiveIndex(engine, log, signal);
  const pick = (kind: DifferenceKind): Differences => {
    const ids = [...found].filter((entry) => entry[1] === kind).map(([id]) => id);
    return { count: ids.length, examples: ids.slice(0, examplesMax) };
  };
  return {
    stored,
    indexed: await engine.countDocuments(engine.indexName, signal),
    missing: pick('missing'),
    extra: pick('extra'),
    different: pick('different'),
    isTruncated: suspects.length >= DIFFERENCES_MAX,
    repaired,
    lag: position ? await countPending(log, position) : 0,
  };
}

/** Waits for the follower, or does its work when there is none. Past the time allowed, goes on with what there is. */
async function catchUp(options: CompareOptions): Promise<string> {
  const { engine, log, signal, catchUpTimeoutMs = 60_000 } = options;
  const target = await log.readPosition();
  const deadline = performance.now() + catchUpTimeoutMs;
  for (;;) {
    const { incarnation, position } = await getLiveIndex(engine, log, signal);
    if (!position)
      throw new AppError('search-unavailable', 'There is no search index of this version yet.', {});
    const [waiting] = await log.listChangesAfter(position, 1);
    if (!waiting || isAfter(waiting.position, target) || performance.now() > deadline) return incarnation;
    if (!(await followIncarnation(options, incarnation))) await pause(100, signal);
    signal.throwIfAborted();
  }
}

function isAfter(position: { xid: string; seq: string }, other: { xid: string; seq: string }): boolean {
  if (position.xid !== other.xid) return BigInt(position.xid) > BigInt(other.xid);
  return BigInt(position.seq) > BigInt(other.seq);
}

/** While the lock is held: pages go by position, and a document deleted meanwhile would hide another. */
async function readIndex(options: CompareOptions, incarnation: string): Promise<RevTable> {
  const { engine } = options;
  return whileHeld(options, incarnation, async (signal) => {
    const total = await engine.countDocuments(engine.indexName, signal);
    const table = openRevTable(total);
    for (let offset = 0; ; offset += PAGE) {
      tell(options, 'read', offset, total);
      const page = await engine.listRevs(engine.indexName, offset, PAGE, signal);
      for (const { id, rev } of page) table.add(id, rev);
      if (page.length < PAGE) return table;
    }
  });
}

async function findMissingAndDifferent(
  options: CompareOptions,
  table: RevTable,
  suspects: string[],
): Promise<number> {
  const { log, signal } = options;
  const total = table.countUnseen();
  let stored = 0;
  for await (const batch of log.walkCorrespondents(WALK_BATCH)) {
    signal.throwIfAborted();
    tell(options, 'compare', stored, total);
    for (const correspondent of batch) {
      stored += 1;
      const isEqual = table.look(correspondent.id, toDocumentLine(correspondent).rev) === 'equal';
      if (!isEqual && suspects.length < DIFFERENCES_MAX) suspects.push(correspondent.id);
    }
  }
  return stored;
}

/** The table knows no ids, so they are read once more, which is rarely needed. */
async function findExtra({ engine, signal }: IndexWork, table: RevTable, suspects: string[]): Promise<void> {
  let left = table.countUnseen();
  for (let offset = 0; left > 0; offset += PAGE) {
    const page = await engine.listRevs(engine.indexName, offset, PAGE, signal);
    for (const { id } of page) {
      if (!table.isUnseen(id)) continue;
      left -= 1;
      if (suspects.length < DIFFERENCES_MAX) suspects.push(id);
    }
    if (page.length < PAGE) return;
  }
}

async function recheck(
  { engine, log, signal }: IndexWork,
  suspects: string[],
): Promise<Map<string, DifferenceKind>> {
  const found = new Map<string, DifferenceKind>();
  for (let start = 0; start < suspects.length; start += RECHECK_BATCH) {
    const ids = suspects.slice(start, start + RECHECK_BATCH);
    const indexed = new Map(
      (await engine.findRevs(engine.indexName, ids, signal)).map(({ id, rev }) => [id, rev]),
    );
    const stored = new Map(
      (await log.loadCorrespondents(ids)).map((item) => [item.id, toDocumentLine(item).rev]),
    );
    for (const id of ids) {
      const [inStore, inIndex] = [stored.get(id), indexed.get(id)];
      if (inStore === inIndex) continue;
      found.set(id, inStore === undefined ? 'extra' : inIndex === undefined ? 'missing' : 'different');
    }
  }
  return found;
}

async function repairAll(options: CompareOptions, incarnation: string, ids: string[]): Promise<number> {
  let repaired = 0;
  for (let start = 0; start < ids.length; start += PAGE) {
    const part = ids.slice(start, start + PAGE);
    const { sent, deleted } = await whileHeld(options, incarnation, (signal) =>
      bringUpToDate({ ...options, signal }, options.engine.indexName, part),
    );
    repaired += sent + deleted;
  }
  return repaired;
}

/** @throws AppError `search-unavailable` when the index was replaced meanwhile */
function whileHeld<T>(
  { engine, log, signal }: IndexWork,
  incarnation: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return whileLocked(log, incarnation, signal, async (held) => {
    const live = await getLiveIndex(engine, log, held);
    if (live.incarnation === incarnation) return work(held);
    throw new AppError('search-unavailable', 'The index was rebuilt meanwhile; compare again.', {});
  });
}
