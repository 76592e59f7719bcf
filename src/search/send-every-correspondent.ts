import { hashLanes } from '#domain/content-hash.ts';
import { toDocumentLine } from './correspondent-document.ts';
import type { IndexWork } from './apply-changes.ts';
import { openPayload, PAYLOAD_BYTES } from './payload.ts';
import { waitForTask } from './wait-for-task.ts';

/** The first one is smaller, so that the engine has work soon. */
const PAYLOAD_BYTES_FIRST = 8 * 1024 * 1024;
/** Bounds what lies on the engine's disk at once. */
const PAYLOADS_WAITING_MAX = 16;
const WALK_BATCH = 1000;
/** About one in so many is looked at again when the index is complete. */
const SAMPLE_ONE_IN = 4096;
const SAMPLE_MAX = 1000;

/**
 * Sends every correspondent of the store and waits until all are indexed. While one payload is sent the next one is filled: the
 * store, this process and the engine work at the same time. Memory: two payloads.
 * @param documentsTotal about how many there are, for those who watch
 */
export async function sendEveryCorrespondent(
  work: IndexWork,
  index: string,
  documentsTotal: number,
): Promise<{ documentsSent: number; ids: string[] }> {
  const { engine, log, signal, onEvent } = work;
  let payload = openPayload(PAYLOAD_BYTES, PAYLOAD_BYTES_FIRST);
  let other = openPayload(PAYLOAD_BYTES);
  let sending: Promise<void> = Promise.resolve();
  const waiting: number[] = [];
  const ids: string[] = [];
  let documentsSent = 0;
  let filled = 0;
  let walked = 0;
  const send = async (bytes: Uint8Array<ArrayBuffer>, documents: number): Promise<void> => {
    while (waiting.length >= PAYLOADS_WAITING_MAX) await waitForTask(engine, waiting.shift()!, signal);
    waiting.push(await engine.sendDocuments(index, bytes, signal));
    documentsSent += documents;
    onEvent?.({ type: 'rebuild-progress', documentsSent, documentsTotal });
  };
  const flush = async (): Promise<void> => {
    await sending;
    sending = send(payload.take(), filled);
    // It is met at the next flush, or at the end.
    sending.catch(() => undefined);
    [payload, other] = [other, payload];
    filled = 0;
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
      walked += 1;
      if (
        ids.length < SAMPLE_MAX &&
        (walked <= 100 || hashLanes(correspondent.id)[0] % SAMPLE_ONE_IN === 0)
      ) {
        ids.push(correspondent.id);
      }
    }
  }
  if (filled > 0) await flush();
  await sending;
  for (const task of waiting) await waitForTask(engine, task, signal);
  return { documentsSent, ids };
}
