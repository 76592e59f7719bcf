import { DAYS_OF_WEEK, type AvailableTime, type DayOfWeek } from './profile.ts';

const SHORT_DAYS: Readonly<Record<DayOfWeek, string>> = {
  mon: 'lun',
  tue: 'mar',
  wed: 'mer',
  thu: 'jeu',
  fri: 'ven',
  sat: 'sam',
  sun: 'dim',
};

/** Opening hours on one line, as `parseHours` reads them: "lun-ven 9h-12h 14h-18h, sam 9h-12h"; empty when there are none. */
export function toHoursLine(times: readonly AvailableTime[]): string {
  const byText = new Map<string, DayOfWeek[]>();
  for (const day of DAYS_OF_WEEK) {
    const text = toDayLine(times, day);
    if (text !== '') byText.set(text, [...(byText.get(text) ?? []), day]);
  }
  return [...byText].map(([text, days]) => `${toDays(days)} ${text}`).join(', ');
}

/** Of one day: "9h-12h 14h-18h30"; empty on a day without. */
export function toDayLine(times: readonly AvailableTime[], day: DayOfWeek): string {
  const openings = times.filter((it) => it.daysOfWeek.includes(day));
  return openings
    .toSorted((a, b) => ((a.availableStartTime ?? '') < (b.availableStartTime ?? '') ? -1 : 1))
    .map(({ availableStartTime: start, availableEndTime: end }) =>
      start && end ? `${toHour(start)}-${end === '23:59' ? '24h' : toHour(end)}` : '24h/24',
    )
    .join(' ');
}

/** "lun-ven", "lun, mar, jeu": three days or more in a row are a range. */
function toDays(days: readonly DayOfWeek[]): string {
  const runs: DayOfWeek[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const isNext = run && DAYS_OF_WEEK.indexOf(run.at(-1)!) + 1 === DAYS_OF_WEEK.indexOf(day);
    if (isNext) run.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) =>
      run.length > 2
        ? [`${SHORT_DAYS[run[0]!]}-${SHORT_DAYS[run.at(-1)!]}`]
        : run.map((day) => SHORT_DAYS[day]),
    )
    .join(', ');
}

function toHour(time: string): string {
  const [hours = '', minutes = ''] = time.split(':');
  return `${Number(hours)}h${minutes === '00' ? '' : minutes}`;
}
