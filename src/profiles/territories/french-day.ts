import { isDay } from '#domain/day.ts';

/** "24/12/2026", "2026-12-24" and what spreadsheets make of them, as `2026-12-24`; undefined for what is no day. */
export function parseFrenchDay(text: string): string | undefined {
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s+0?0:00(?::00)?)?$/.exec(text);
  const [year, month, day] = french
    ? [french[3]!, french[2]!, french[1]!]
    : (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.slice(1) ?? []);
  if (year === undefined) return undefined;
  const iso = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  return isDay(iso) ? iso : undefined;
}

/** @param day `2026-12-24` */
export function toFrenchDay(day: string): string {
  return day.split('-').reverse().join('/');
}
