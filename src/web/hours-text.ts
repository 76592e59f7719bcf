import { DAYS_OF_WEEK, type Profile } from '#domain/profile.ts';

type AvailableTime = NonNullable<Profile['hours']>[number]['availableTime'][number];
type DayOfWeek = (typeof DAYS_OF_WEEK)[number];

const DAY_LABELS: Readonly<Record<DayOfWeek, string>> = {
  mon: 'lundi',
  tue: 'mardi',
  wed: 'mercredi',
  thu: 'jeudi',
  fri: 'vendredi',
  sat: 'samedi',
  sun: 'dimanche',
};

const ALL_DAY = 'toute la journée';

/** Of each day, as people write it: "9h–12h, 14h–18h30"; empty on a day without. */
function toDayTexts(times: readonly AvailableTime[]): Record<DayOfWeek, string> {
  const texts = DAYS_OF_WEEK.map((day) => {
    const openings = times.filter((it) => it.daysOfWeek.includes(day));
    const sorted = openings.toSorted((a, b) =>
      (a.availableStartTime ?? '') < (b.availableStartTime ?? '') ? -1 : 1,
    );
    return [day, sorted.map(toOpeningText).join(', ')] as const;
  });
  return Object.fromEntries(texts) as Record<DayOfWeek, string>;
}

function toOpeningText({ allDay, availableStartTime: start, availableEndTime: end }: AvailableTime): string {
  return allDay || !start || !end ? ALL_DAY : `${toHour(start)}–${toHour(end)}`;
}

/** "9h", "9h30". */
function toHour(time: string): string {
  const [hours = '', minutes = ''] = time.split(':');
  return `${Number(hours)}h${minutes === '00' ? '' : minutes}`;
}

/** Days one after the other that are alike make one line: "lundi à vendredi", "9h–12h". Days without are left out. */
export function toHoursLines(times: readonly AvailableTime[]): { days: string; hours: string }[] {
  const texts = toDayTexts(times);
  const lines: { first: DayOfWeek; last: DayOfWeek; hours: string }[] = [];
  for (const [index, day] of DAYS_OF_WEEK.entries()) {
    const before = lines.at(-1);
    const isNext = before?.last === DAYS_OF_WEEK[index - 1] && before?.hours === texts[day];
    if (before && isNext) before.last = day;
    else if (texts[day] !== '') lines.push({ first: day, last: day, hours: texts[day] });
  }
  return lines.map(({ first, last, hours }) => ({
    days: first === last ? DAY_LABELS[first] : `${DAY_LABELS[first]} à ${DAY_LABELS[last]}`,
    hours,
  }));
}
