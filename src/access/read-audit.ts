import type { RecordedEvent } from '#domain/audit-event.ts';
import { listAudit } from '#store/audit.ts';
import type { Database } from '#store/store.ts';

/** Of a list that goes back in time. `before`: the `next` of the page before. */
interface AuditPage {
  before?: string | undefined;
  limit: number;
  target?: { kind: string; id: string } | undefined;
  /** In the name of whoever did it. */
  actorName?: string | undefined;
  operation?: string | undefined;
}

/** What anybody did, or what was done to one thing, the latest first. @throws AppError `store-unavailable` */
export async function readAudit(
  db: Database,
  { limit, ...asked }: AuditPage,
): Promise<{ events: RecordedEvent[]; next: string | null }> {
  const found = await listAudit(db, { ...asked, limit: limit + 1 });
  const events = found.slice(0, limit);
  return { events, next: found.length > limit ? events.at(-1)!.id : null };
}
