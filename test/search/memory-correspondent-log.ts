import type { ChangeLogEntry, CorrespondentLog, LogPosition } from '#domain/change-log.ts';
import type { Correspondent } from '#domain/correspondent.ts';

/** A log to run the indexer's tests on, and the means to change what stands behind it. */
export interface TestLog extends AsyncDisposable {
  log: CorrespondentLog;
  /** Adds or replaces, in one transaction. */
  put(...correspondents: Correspondent[]): Promise<void>;
  remove(...ids: string[]): Promise<void>;
}

/** The contract of `CorrespondentLog` over maps, for one process. */
export async function openMemoryLog(): Promise<TestLog> {
  const stored = new Map<string, Correspondent>();
  const entries = new Map<string, ChangeLogEntry>();
  const cursors = new Map<string, { position: LogPosition; documentVersion: string }>();
  const locks = new Set<string>();
  const wakes = new Set<() => void>();
  let xid = 100;
  const write = (ids: string[], isDeleted: boolean): void => {
    xid += 1;
    for (const [seq, id] of ids.entries()) {
      entries.delete(id);
      entries.set(id, {
        id,
        position: { xid: String(xid), seq: String(seq) },
        isDeleted,
        createdXid: String(xid),
      });
    }
    for (const wake of wakes) queueMicrotask(wake);
  };
  const isAfter = (a: LogPosition, b: LogPosition): boolean =>
    a.xid === b.xid ? Number(a.seq) > Number(b.seq) : Number(a.xid) > Number(b.xid);
  const log: CorrespondentLog = {
    async listChangesAfter(after, limit) {
      const later = [...entries.values()].filter((entry) => isAfter(entry.position, after));
      return later.slice(0, limit);
    },
    readPosition: async () => ({ xid: String(xid), seq: String(Number.MAX_SAFE_INTEGER) }),
    loadCorrespondents: async (ids) => ids.map((id) => stored.get(id)).filter((found) => found !== undefined),
    async *walkCorrespondents(batchSize) {
      const ids = [...stored.keys()];
      for (let start = 0; start < ids.length; start += batchSize) {
        yield await log.loadCorrespondents(ids.slice(start, start + batchSize));
      }
    },
    countCorrespondents: async () => stored.size,
    findCursor: async (incarnation) => cursors.get(incarnation),
    saveCursor: async (incarnation, cursor) => void cursors.set(incarnation, cursor),
    deleteCursor: async (incarnation) => void cursors.delete(incarnation),
    async onChange(wake) {
      wakes.add(wake);
      return { [Symbol.asyncDispose]: async () => void wakes.delete(wake) };
    },
    async withIndexLock(incarnation, work) {
      if (locks.has(incarnation)) return undefined;
      locks.add(incarnation);
      try {
        return await work(new AbortController().signal);
      } finally {
        locks.delete(incarnation);
      }
    },
  };
  return {
    log,
    async put(...correspondents) {
      for (const correspondent of correspondents)
        stored.set(correspondent.id, structuredClone(correspondent));
      write(
        correspondents.map((correspondent) => correspondent.id),
        false,
      );
    },
    async remove(...ids) {
      for (const id of ids) stored.delete(id);
      write(ids, true);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
