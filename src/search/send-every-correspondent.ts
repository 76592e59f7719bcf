import { hashLanes } from '#domain/content-hash.ts';
import { toDocumentLine } from './correspondent-document.ts';
import type { IndexWork } from './apply-changes.ts';
import { waitForTask } from './wait-for-task.ts';

/** The engine works best on few, large payloads, and takes 100 MB at most. */
const PAYLOAD_BYTES = 90 * 1024 * 1024;
/** Bounds what lies on the engine's disk at once. */
const PAYLOADS_WAITING_MAX = 8;
const WALK_BATCH = 2000;
/** About one in so many is looked at again when the index is complete. */
const SAMPLE_ONE_IN = 4096;
const SAMPLE_MAX = 1000;

/** Sends every correspondent of the store and waits until all are indexed. Memory: one payload. */
export async function sendEveryCorrespondent(
  work: IndexWork,
  index: string,
): Promise<{ documentsSent: number; ids: string[] }> {
  const { engine, log, signal, onEvent } = work;
  const documentsTotal = await log.countCorrespondents();
  const payload = openPayload();
  const waiting: number[] = [];
  const ids: string[] = [];
  let documentsSent = 0;
  let filled = 0;
  const flush = async (): Promise<void> => {
    while (waiting.length >= PAYLOADS_WAITING_MAX) await waitForTask(engine, waiting.shift()!, signal);
    waiting.push(await engine.sendDocuments(index, payload.take(), signal));
    documentsSent += filled;
    filled = 0;
    onEvent?.({ type: 'rebuild-progress', documentsSent, documentsTotal });
  };
  for await (const batch of log.walkCorrespondents(WALK_BATCH)) {
    signal.throwIfAborted();
    for (const correspondent of batch) {
      const { line } = toDocumentLine(correspondent);
      if (!payload.add(line)) {
        await flush();
        if (!payload.add(line)) throw new RangeError(`the document of ${correspondent.id} is too large`);
      }
      filled += 1;
      const isFirst = documentsSent + filled <= 100;
      if (ids.length < SAMPLE_MAX && (isFirst || hashLanes(correspondent.id)[0] % SAMPLE_ONE_IN === 0)) {
        ids.push(correspondent.id);
      }
    }
  }
  if (filled > 0) await flush();
  for (const task of waiting) await waitForTask(engine, task, signal);
  return { documentsSent, ids };
}

/** One buffer for all payloads: what was taken must have been sent before the next line is added. */
function openPayload(): { add(line: string): boolean; take(): Uint8Array<ArrayBuffer> } {
  const bytes = new Uint8Array(PAYLOAD_BYTES);
  const encoder = new TextEncoder();
  let size = 0;
  return {
    add(line) {
      const { read, written } = encoder.encodeInto(`${line}\n`, bytes.subarray(size));
      if (read <= line.length) return false;
      size += written;
      return true;
    },
    take() {
      const taken = bytes.subarray(0, size);
      size = 0;
      return taken;
    },
  };
}
