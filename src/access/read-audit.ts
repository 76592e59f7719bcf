import type { AuditContext, RecordedEvent } from '#domain/audit-event.ts';
import { listAudit, recordAudit } from '#store/audit.ts';
import type { Database } from '#store/store.ts';

/** Of a list that goes back in time. `before`: the `next` of the page before. */
export interface AuditPage {
  before?: string | undefined;
  limit: number;
}

/**
 * What anybody did, the latest first; that it was read is recorded too.
 * @throws AppError `store-unavailable`
 */
export async function readAudit(
  db: Database,
  page: AuditPage & { target?: { kind: string; id: string } | undefined },
  audit: AuditContext,
): Promise<{ events: RecordedEvent[]; next: string | null }> {
  const answer = await readPage(db, page);
  const details = { count: answer.events.length };
  await recordAudit(db, { ...audit, operation: 'read-audit', outcome: 'done', details });
  return answer;
}

/** What was done to the page of one professional. @throws AppError `store-unavailable` */
export function readOwnAudit(db: Database, rpps: string, page: AuditPage) {
  return readPage(db, { ...page, target: { kind: 'practitioner', id: rpps } });
}

async function readPage(
  db: Database,
  { before, limit, target }: AuditPage & { target?: { kind: string; id: string } | undefined },
): Promise<{ events: RecordedEvent[]; next: string | null }> {
  const found = await listAudit(db, { before, target, limit: limit + 1 });
  const events = found.slice(0, limit);
  return { events, next: found.length > limit ? events.at(-1)!.id : null };
}
