const DAY = /^\d{4}-\d\d-\d\d$/;

/** Whether it is a day of the calendar, written `2026-12-24`. `Date.parse` takes the 31st of any month. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
