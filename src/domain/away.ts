import type { AwayPeriod } from './profile.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Made once: that takes longer than what it is asked. */
const DAY_IN_FRANCE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });

/** The period of this day (`2026-11-20`); undefined when the person is there, as far as is said. */
export function awayOn(periods: readonly AwayPeriod[] | undefined, day: string): AwayPeriod | undefined {
  return periods?.find(({ start, end }) => start <= day && day <= end);
}

/** The day in France, where nearly every professional is: it begins up to two hours before that of UTC. */
export function dayInFrance(now: Date): string {
  const minute = Math.floor(now.getTime() / MINUTE_MS);
  // Days begin with a minute, and one minute is asked about again and again.
  if (minute !== lastMinute) {
    lastDay = DAY_IN_FRANCE.format(now);
    lastMinute = minute;
  }
  return lastDay;
}

let lastMinute = Number.NaN;
let lastDay = '';

/**
 * The days of the periods, written so that few values hold long ones: whole months as `2026-12`, the other days as they are.
 * Somebody is away on a day when it, or its month, is among them (see {@link spansOfDay}).
 */
export function listAwaySpans(periods: readonly AwayPeriod[]): string[] {
  const spans = new Set<string>();
  for (const { start, end } of periods) {
    let day = start;
    while (day <= end) {
      const month = day.slice(0, 7);
      const last = lastDayOf(month);
      const isWhole = day.endsWith('-01') && last <= end;
      spans.add(isWhole ? month : day);
      day = dayAfter(isWhole ? last : day);
    }
  }
  return [...spans];
}

/** What {@link listAwaySpans} holds when somebody is away on this day. */
export function spansOfDay(day: string): string[] {
  return [day, day.slice(0, 7)];
}

function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}
