import { sql } from 'drizzle-orm';

import { hashText } from '#domain/content-hash.ts';
import type { CorrespondentKind } from '#domain/correspondent.ts';

import { loadCorrespondents, toCorrespondentId } from './correspondent-log.ts';
import { rowOf, rowsOf, type Database } from './store.ts';

/** Of correspondents, by id: a digest of what is shown of each; null for one that is not shown. */
export type ShownBefore = Map<string, string | null>;

/** Above this, reading each twice would take longer than indexing some for nothing. */
const COMPARED_MAX = 100_000;
const BATCH_SIZE = 2000;

/**
 * What is shown now of everybody in the table `affected`, before differences are applied; empty when they are too many, so
 * that all are taken for changed.
 */
export async function readShownBefore(tx: Database): Promise<ShownBefore> {
  const { count } = await rowOf<{ count: number }>(tx, sql`select count(*)::int as count from affected`);
  const shown: ShownBefore = new Map();
  if (count > COMPARED_MAX) return shown;
  for await (const batch of readAffected(tx)) for (const [id, { digest }] of batch) shown.set(id, digest);
  return shown;
}

/**
 * Takes out of `affected` whoever is shown as before: a row of theirs differs in what is not shown, or in what a more believed
 * source says otherwise.
 */
export async function dropUnchanged(tx: Database, before: ShownBefore): Promise<void> {
  if (before.size === 0) return;
  const unchanged: { kind: CorrespondentKind; key: string }[] = [];
  for await (const batch of readAffected(tx))
    for (const [id, { kind, key, digest }] of batch)
      if (before.get(id) === digest) unchanged.push({ kind, key });
  for (let start = 0; start < unchanged.length; start += BATCH_SIZE) {
    const rows = JSON.stringify(unchanged.slice(start, start + BATCH_SIZE));
    await tx.execute(sql`delete from affected a
      using jsonb_to_recordset(${rows}::text::jsonb) as u(kind text, key text)
      where a.key = u.key and a.kind = u.kind`);
  }
}

type Affected = { kind: CorrespondentKind; key: string; digest: string | null };

async function* readAffected(tx: Database): AsyncGenerator<Map<string, Affected>> {
  const all = await rowsOf<{ kind: CorrespondentKind; key: string }>(
    tx,
    sql`select kind, key from affected order by kind, key`,
  );
  for (let start = 0; start < all.length; start += BATCH_SIZE) {
    const batch = new Map<string, Affected>();
    for (const { kind, key } of all.slice(start, start + BATCH_SIZE))
      batch.set(toCorrespondentId(kind, key), { kind, key, digest: null });
    for (const correspondent of await loadCorrespondents(tx, [...batch.keys()]))
      batch.get(correspondent.id)!.digest = hashText(JSON.stringify(correspondent));
    yield batch;
  }
}
