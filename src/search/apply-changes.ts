import type { CorrespondentLog, LogPosition } from '#domain/change-log.ts';
import { toDocumentLine } from './correspondent-document.ts';
import type { SearchEngine } from './engine.ts';
import type { OnIndexerEvent } from './indexer-event.ts';
import { waitForTask } from './wait-for-task.ts';

/**
 * Of one reading of the log: a lone change is sent at once, a stream of them in batches of this size. To write a batch takes the
 * engine seconds at two million documents however small it is, so that a day's differences go in one.
 */
export const CHANGES_MAX = 25_000;

/** In characters, a few of which are two bytes: the engine refuses bodies of more than 100 MB. */
const BODY_LENGTH_MAX = 32_000_000;

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
  // The engine writes together what waits when it begins.
  for (const body of toBodies(lines.values())) tasks.push(await engine.sendDocuments(index, body, signal));
  if (absent.length > 0) tasks.push(await engine.deleteDocuments(index, absent, signal));
  for (const task of tasks) await waitForTask(engine, task, signal);
  return { sent: lines.size, deleted: absent.length };
}

/** Lines joined into as few bodies as the engine takes. */
function* toBodies(lines: Iterable<string>): Generator<string> {
  let body: string[] = [];
  let length = 0;
  for (const line of lines) {
    if (length > 0 && length + line.length > BODY_LENGTH_MAX) {
      yield body.join('\n');
      body = [];
      length = 0;
    }
    body.push(line);
    length += line.length + 1;
  }
  if (length > 0) yield body.join('\n');
}
