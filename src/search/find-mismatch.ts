import type { LogPosition } from '#domain/change-log.ts';
import { CHANGES_MAX, type IndexWork } from './apply-changes.ts';
import { toDocumentLine } from './correspondent-document.ts';

/**
 * Compares the number of documents, and the revs of the ids given, with the store. What changed since `position` may
 * differ. Gives what does not agree, in words.
 */
export async function findMismatch(
  { engine, log, signal }: IndexWork,
  index: string,
  position: LogPosition,
  ids: string[],
): Promise<string | undefined> {
  const indexed = await engine.countDocuments(index, signal);
  const stored = await log.countCorrespondents();
  const expected = new Map(
    (await log.loadCorrespondents(ids)).map((item) => [item.id, toDocumentLine(item).rev]),
  );
  const revs = new Map((await engine.findRevs(index, ids, signal)).map(({ id, rev }) => [id, rev]));
  const pending = new Set((await log.listChangesAfter(position, CHANGES_MAX)).map((entry) => entry.id));
  if (pending.size < CHANGES_MAX && Math.abs(indexed - stored) > pending.size) {
    return `the rebuilt index holds ${indexed} documents, the store ${stored} correspondents`;
  }
  const wrong = ids.filter((id) => !pending.has(id) && expected.get(id) !== revs.get(id));
  return wrong.length > 0
    ? `the rebuilt index differs from the store, for example in ${wrong[0]}`
    : undefined;
}
