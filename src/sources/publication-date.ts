const STAMP =
  /(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)(?:[0-5]\d)?)?(?!\d)/;

/**
 * The date in an official file's name: `…_AAAAMMJJhhmm.txt` (clock time of Paris) → an instant, `…-AAAAMMJJ.json` → a date.
 * @returns null when the name holds none, or one that no calendar has
 */
export function parseDateInName(name: string): string | null {
  const match = STAMP.exec(name);
  if (!match) return null;
  const [, year, month, day, hours, minutes] = match;
  const date = `${year}-${month}-${day}`;
  const midnight = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(date)) return null;
  return hours === undefined || minutes === undefined
    ? date
    : parisClockToInstant(`${date}T${hours}:${minutes}:00`);
}

const PARIS_OFFSET = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Paris', timeZoneName: 'longOffset' });

/** Of the two instants that share a clock time in autumn, the second one. */
function parisClockToInstant(clockTime: string): string {
  const offset = PARIS_OFFSET.formatToParts(new Date(`${clockTime}Z`)).find(
    (part) => part.type === 'timeZoneName',
  );
  return new Date(`${clockTime}${offset?.value.replace('GMT', '') || 'Z'}`).toISOString();
}

/** An ISO instant of any precision as an instant to the millisecond; null when it is none. */
export function parseInstant(text: string): string | null {
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
