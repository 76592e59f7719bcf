import { sql } from 'drizzle-orm';

import type { CorrespondentKind } from '#domain/correspondent.ts';

import type { Database } from './store.ts';
import { logRelation } from './write-change-log.ts';

/**
 * Logs what became of these few correspondents, in the transaction of the change itself. Without a table of its own, unlike
 * `logAffected`: for single edits, many a second.
 */
export async function logCorrespondents(
  tx: Database,
  correspondents: readonly { kind: CorrespondentKind; key: string }[],
): Promise<void> {
  const rows = JSON.stringify(correspondents.map(({ kind, key }) => ({ kind, key })));
  await logRelation(
    tx,
    sql`(select distinct kind collate "C" as kind, key collate "C" as key
      from json_to_recordset(${rows}::text::json) as c(kind text, key text))`,
  );
}
