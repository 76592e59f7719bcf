import type { Actor } from '#domain/actor.ts';
import { isDay } from '#domain/day.ts';
import { recordOpenings } from '#store/mailbox-activity.ts';
import type { Database } from '#store/store.ts';

import { mailDomainsOf, readOwnAddress } from './own-address.ts';
import { BadLine, readLines, type LinesReport } from './read-lines.ts';

/** Clocks differ. */
const AHEAD_MS = 2 * 60_000;
const EARLIEST = '2000-01-01T00:00:00.000Z';

/**
 * Takes what an operator reports of its mailboxes: NDJSON of `address` and `openedAt`, the instant (ISO 8601 with its zone) when a
 * mailbox was last opened. In any order, any number of times: the last opening counts.
 * @throws AppError `request-invalid` for more than 50,000 lines, `store-unavailable`
 */
export async function reportMailboxActivity(
  db: Database,
  actor: Actor,
  body: string,
  now: Date,
): Promise<LinesReport> {
  const domains = mailDomainsOf(actor);
  const latest = new Date(now.getTime() + AHEAD_MS).toISOString();
  const openings = new Map<string, string>();
  const report = readLines(body, ['address', 'openedAt'], (value) => {
    const address = readOwnAddress(value['address'], domains);
    const openedAt = readInstant(value['openedAt'], latest);
    const known = openings.get(address);
    if (known === undefined || known < openedAt) openings.set(address, openedAt);
  });
  await recordOpenings(db, openings, now);
  return report;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** @returns in UTC, with milliseconds: comparable as text */
function readInstant(value: unknown, latest: string): string {
  const ms =
    typeof value === 'string' && INSTANT.test(value) && isDay(value.slice(0, 10))
      ? Date.parse(value)
      : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new BadLine('openedAt', 'It is not an instant with its zone, such as 2026-11-20T08:30:00Z.');
  }
  const instant = new Date(ms).toISOString();
  if (instant > latest) throw new BadLine('openedAt', 'It is in the future.');
  if (instant < EARLIEST) throw new BadLine('openedAt', 'It is before the year 2000.');
  return instant;
}
