import type { CorrespondentLog, LogPosition } from '#domain/change-log.ts';
import { toDocumentLine } from './correspondent-document.ts';
import type { SearchEngine } from './engine.ts';
import type { OnIndexerEvent } from './indexer-event.ts';
import { openPayload, PAYLOAD_BYTES } from './payload.ts';
import { waitForTask } from './wait-for-task.ts';

/**
 * Of one reading of the log: a lone change is sent at once, a stream of them in batches of this size. To write a batch takes the
 * engine seconds at two million documents however small it is, so that a day's differences go in one.
 */
export const CHANGES_MAX = 25_000;

/** Read and composed in one go: some 20 ms, which a server that also answers can spare. */
const LOADED_AT_ONCE = 250;

/** An engine, the truth behind it, and how to be told to stop. */
export interface IndexWork {
  engine: SearchEngine;
  log: CorrespondentLog;
  signal: AbortSignal;
  onEvent?: OnIndexerEvent | undefined;
}

/**
 * Brings one index from `position` to the end of the log, batch by batch, and gives the position reached.
 * `saved` is called after each batch that the engine has written. The caller holds the right to write.
 */
export async function applyChanges(
  { engine, log, signal, onEvent }: IndexWork,
  index: string,
  position: LogPosition,
  saved?: (position: LogPosition) => Promise<void>,
): Promise<LogPosition> {
  let reached = position;
  for (;;) {
    const startedAt = performance.now();
    const entries = await log.listChangesAfter(reached, CHANGES_MAX);
    const last = entries.at(-1);
    if (!last) return reached;
    const ids = entries.map((entry) => entry.id);
    const { sent, deleted } = await bringUpToDate({ engine, log, signal }, index, ids);
    reached = last.position;
    await saved?.(reached);
    onEvent?.({
      type: 'changes-indexed',
      sent,
      deleted,
      position: reached,
      durationMs: performance.now() - startedAt,
    });
    if (entries.length < CHANGES_MAX) return reached;
  }
}

/** Sends these correspondents as they are now, deletes those that are no more, and waits until both are searchable. */
export async function bringUpToDate(
  { engine, log, signal }: IndexWork,
  index: string,
  ids: string[],
): Promise<{ sent: number; deleted: number }> {
  const lines = new Map<string, string>();
  for (let start = 0; start < ids.length; start += LOADED_AT_ONCE) {
    const correspondents = await log.loadCorrespondents(ids.slice(start, start + LOADED_AT_ONCE));
    signal.throwIfAborted();
    for (const correspondent of correspondents)
      lines.set(correspondent.id, toDocumentLine(correspondent).line);
  }
  const absent = ids.filter((id) => !lines.has(id));
  const tasks: number[] = [];
  const send = async (bytes: Uint8Array<ArrayBuffer>) =>
    void tasks.push(await engine.sendDocuments(index, bytes, signal));
  const payload = openPayload(Math.min(PAYLOAD_BYTES, bytesOf(lines.values())));
  for (const [id, line] of lines) {
    if (payload.add(line)) continue;
    await send(payload.take());
    if (!payload.add(line)) throw new RangeError(`the document of ${id} is too large`);
  }
  if (lines.size > 0) await send(payload.take());
  if (absent.length > 0) tasks.push(await engine.deleteDocuments(index, absent, signal));
  for (const task of tasks) await waitForTask(engine, task, signal);
  return { sent: lines.size, deleted: absent.length };
}

/** Each with its line feed. */
function bytesOf(lines: Iterable<string>): number {
  let bytes = 0;
  for (const line of lines) bytes += Buffer.byteLength(line) + 1;
  return bytes;
}
