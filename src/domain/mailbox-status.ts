/** `active`: opened during the last 30 days; `inactive`: not; `unknown`: no operator reports on it. */
export type MailboxStatus = 'active' | 'inactive' | 'unknown';

const ACTIVE_DAYS = 30;
const DAY_MS = 86_400_000;

/** Exact at `now`, whatever the age of the index that gave `lastOpenedOn` (a UTC day, or null). */
export function mailboxStatusAt(lastOpenedOn: string | null, now: Date): MailboxStatus {
  if (lastOpenedOn === null) return 'unknown';
  const ageMs = now.getTime() - Date.parse(`${lastOpenedOn}T00:00:00Z`);
  return ageMs < (ACTIVE_DAYS + 1) * DAY_MS ? 'active' : 'inactive';
}
