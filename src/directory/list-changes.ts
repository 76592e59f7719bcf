import { LOG_START, type LogPosition } from '#domain/change-log.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { AppError } from '#domain/errors.ts';
import { readStoreId } from '#store/read-store-id.ts';

import type { Directory } from './directory.ts';
import { showCorrespondents } from './show-correspondents.ts';

/** The last thing that happened to one correspondent since the reader's cursor. */
export interface Change {
  id: string;
  /** `created` and `changed` both mean: put it, as it is below. `removed`: take it off, if it was ever there. */
  operation: 'created' | 'changed' | 'removed';
  /** As it is now; null when removed. */
  correspondent: Correspondent | null;
  /** Where to go on after this change. */
  cursor: string;
}

export interface ChangePage {
  changes: Change[];
  /** Where to go on; equal to the cursor given when there is nothing new. */
  next: string;
  /** False when everything up to now was given. */
  hasMore: boolean;
}

/**
 * The public change feed, oldest first: a reader who applies every page, from the start (`since` undefined) or from any cursor
 * it was ever given, ends with the directory as it is. A correspondent changed many times comes once, as it is now; one that
 * changes during the walk comes again.
 * @param limit 1 to 1,000
 * @throws AppError `cursor-invalid`; `change-feed-restarted` when the cursor is of another directory (start again without
 *   cursor); `store-unavailable`
 */
export async function listChanges(
  directory: Directory,
  since: string | undefined,
  limit: number,
): Promise<ChangePage> {
  const storeId = await readStoreId(directory.store.db);
  const after = since === undefined ? LOG_START : parseCursor(since, storeId);
  const entries = await directory.log.listChangesAfter(after, limit + 1);
  const page = entries.slice(0, limit);
  const ids = page.filter((entry) => !entry.isDeleted).map((entry) => entry.id);
  // Whoever exports is given all there is.
  const exported = { ...directory, onShown: undefined };
  const shown = await showCorrespondents(exported, await directory.log.loadCorrespondents(ids));
  const byId = new Map(shown.map((it) => [it.id, it]));
  const changes = page.map((entry): Change => {
    // Absent although not deleted: it left after the entry was read, and a later entry says so too.
    const correspondent = byId.get(entry.id) ?? null;
    const isNew = entry.createdXid === entry.position.xid || BigInt(entry.createdXid) > BigInt(after.xid);
    return {
      id: entry.id,
      operation: correspondent === null ? 'removed' : isNew ? 'created' : 'changed',
      correspondent,
      cursor: toCursor(storeId, entry.position),
    };
  });
  return {
    changes,
    next: changes.at(-1)?.cursor ?? since ?? toCursor(storeId, LOG_START),
    hasMore: entries.length > limit,
  };
}

function toCursor(storeId: string, { xid, seq }: LogPosition): string {
  return `${storeId}.${xid}.${seq}`;
}

function parseCursor(cursor: string, storeId: string): LogPosition {
  const match = /^([0-9a-f-]{36})\.(\d{1,19})\.(\d{1,18})$/.exec(cursor);
  if (!match) {
    throw new AppError('cursor-invalid', 'The cursor is not one that this directory gave.', {});
  }
  if (match[1] !== storeId) {
    throw new AppError(
      'change-feed-restarted',
      'The cursor was given by another directory than this one (it was built anew): walk the feed again from its start, without `since`.',
      { since: cursor },
    );
  }
  return { xid: match[2]!, seq: match[3]! };
}
