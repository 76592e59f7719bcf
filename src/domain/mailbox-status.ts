/** `active`: opened during the last 30 days; `inactive`: not; `unknown`: no operator reports on it. */
export type MailboxStatus = 'active' | 'inactive' | 'unknown';

const ACTIVE_DAYS = 30;
const DAY_MS = 86_400_000;

/** The UTC days on which the last opening of a mailbox makes it active at `now`; the day after, for clocks that are ahead. */
export function listActiveDays(now: Date): string[] {
  return Array.from({ length: ACTIVE_DAYS + 2 }, (_, age) =>
    new Date(now.getTime() + (1 - age) * DAY_MS).toISOString().slice(0, 10),
  );
}

/** Exact at `now`, whatever the age of the index that gave `lastOpenedOn` (a UTC day, or null). */
export function mailboxStatusAt(lastOpenedOn: string | null, now: Date): MailboxStatus {
  if (lastOpenedOn === null) return 'unknown';
  return lastOpenedOn > lastInactiveDay(now) ? 'active' : 'inactive';
}

let knownDay = Number.NaN;
let knownText = '';

/** Every mailbox of a page is asked about the same one. */
function lastInactiveDay(now: Date): string {
  const day = Math.floor(now.getTime() / DAY_MS) - ACTIVE_DAYS - 1;
  if (day !== knownDay) {
    knownText = new Date(day * DAY_MS).toISOString().slice(0, 10);
    knownDay = day;
  }
  return knownText;
}
