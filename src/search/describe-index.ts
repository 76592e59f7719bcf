import type { CorrespondentLog, LogPosition } from '#domain/change-log.ts';
import type { SearchEngine } from './engine.ts';
import { getLiveIndex, nextIndexOf } from './live-index.ts';

/** Changes that are waiting are counted up to here, and as many make an index late. */
const LAG_MAX = 1000;

export interface IndexDescription {
  /**
   * `ready`: answers, and holds what the log says but for a few changes; `lagging`: answers, and {@link LAG_MAX} changes
   * or more are waiting; `building`: no index that this version can read, one is being built; `absent`: not even that.
   */
  state: 'ready' | 'lagging' | 'building' | 'absent';
  /** Of the live index; while building, of the one being built. */
  documents: number;
  /** Changes that are not yet searchable, at most {@link LAG_MAX}; undefined without a usable index. */
  lag: number | undefined;
}

/** @throws AppError `search-unavailable`, and what the log throws */
export async function describeIndex(
  engine: SearchEngine,
  log: Pick<CorrespondentLog, 'findCursor' | 'listChangesAfter'>,
  signal: AbortSignal = new AbortController().signal,
): Promise<IndexDescription> {
  const { position } = await getLiveIndex(engine, log, signal);
  if (position) {
    const lag = await countPending(log, position);
    const documents = await engine.countDocuments(engine.indexName, signal);
    return { state: lag >= LAG_MAX ? 'lagging' : 'ready', documents, lag };
  }
  const next = nextIndexOf(engine);
  if (!(await engine.findIndex(next, signal))) return { state: 'absent', documents: 0, lag: undefined };
  return { state: 'building', documents: await engine.countDocuments(next, signal), lag: undefined };
}

/** At most {@link LAG_MAX}. */
export async function countPending(
  log: Pick<CorrespondentLog, 'listChangesAfter'>,
  position: LogPosition,
): Promise<number> {
  const entries = await log.listChangesAfter(position, LAG_MAX);
  return entries.length;
}
