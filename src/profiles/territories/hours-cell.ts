import { foldText } from '#domain/fold.ts';
import {
  DAYS_OF_WEEK,
  type AvailableTime,
  type DayOfWeek,
  type NotAvailable,
  type PlaceHours,
} from '#domain/profile.ts';

import { escapeItem, splitWritten, unescapeItem } from './cell-text.ts';
import { parseFrenchDay, toFrenchDay } from './french-day.ts';

const DAY_NAMES = ['lun', 'mar', 'mer', 'jeu', 'ven', 'sam', 'dim'] as const;

/** What went wrong, in French. */
interface HoursFault {
  fault: string;
}

/**
 * Hours as one cell: "lun-ven 09:00-12:00 14:00-18:30 ; sam 24h ; fermé 24/12/2026-02/01/2027 congés", by place parted by `|`, each
 * place but an only one after its identifier: "[1430000018 CABINET DU CENTRE] lun-ven 09:00-12:00".
 * @param nameOf of a place, undefined when it is not known
 */
export function writeHours(hours: readonly PlaceHours[], nameOf: (id: string) => string | undefined): string {
  return hours
    .map(({ organizationId, availableTime, notAvailable = [] }) => {
      const name = nameOf(organizationId)?.replace(/[[\]|;\\\n]/g, ' ');
      const place = `[${[organizationId, name].filter(Boolean).join(' ')}]`;
      return `${place} ${[...writeTimes(availableTime), ...notAvailable.map(writeClosed)].join(' ; ')}`.trim();
    })
    .join(' | ');
}

/** Times of the same days that follow each other are one part. */
function writeTimes(times: readonly AvailableTime[]): string[] {
  const parts: { days: string; times: string[] }[] = [];
  for (const { daysOfWeek, allDay, availableStartTime, availableEndTime } of times) {
    const days = writeDays(daysOfWeek);
    const time = allDay ? '24h' : `${availableStartTime}-${availableEndTime}`;
    const last = parts.at(-1);
    if (last?.days === days) last.times.push(time);
    else parts.push({ days, times: [time] });
  }
  return parts.map(({ days, times }) => `${days} ${times.join(' ')}`);
}

function writeDays(days: readonly DayOfWeek[]): string {
  const places = days.map((it) => DAYS_OF_WEEK.indexOf(it));
  const isRange = places.length > 2 && places.every((place, index) => place === places[0]! + index);
  const names = places.map((place) => DAY_NAMES[place]!);
  return isRange ? `${names[0]}-${names.at(-1)}` : names.join(',');
}

function writeClosed({ description, during }: NotAvailable): string {
  return `fermé ${toFrenchDay(during.start)}-${toFrenchDay(during.end)} ${escapeItem(description)}`;
}

/** @param onlyPlace of the person: the place of hours that name none */
export function readHours(cell: string, onlyPlace: string | undefined): PlaceHours[] | HoursFault {
  const hours: PlaceHours[] = [];
  for (const written of splitWritten(cell, '|\n')) {
    if (written === '') continue;
    const named = /^\[\s*([^\]\s]+)[^\]]*\]\s*(.*)$/s.exec(written);
    const organizationId = named?.[1] ?? onlyPlace;
    if (organizationId === undefined)
      return {
        fault: 'La personne a plusieurs lieux\u00a0: commencez par l’identifiant du lieu, entre crochets.',
      };
    if (hours.some((it) => it.organizationId === organizationId))
      return { fault: `Le lieu ${organizationId} est donné deux fois.` };
    const parts = splitWritten(named?.[2] ?? written, ';').filter((it) => it !== '');
    const place: PlaceHours = { organizationId, availableTime: [] };
    for (const part of parts) {
      const fault = /^ferm[ée]e?s?\s/i.test(part) ? readClosed(part, place) : readTimes(part, place);
      if (fault !== undefined) return { fault };
    }
    hours.push(place);
  }
  return hours;
}

function readTimes(part: string, place: PlaceHours): string | undefined {
  const [, written, rest] = /^([\p{L}., -]*[\p{L}.])\s+(.*)$/u.exec(part) ?? [];
  const daysOfWeek = written === undefined ? undefined : readDays(written);
  const times = rest === undefined ? [] : rest.split(/\s+(?:et\s+)?|,\s*/).map(readTime);
  if (daysOfWeek === undefined || times.length === 0 || times.includes(undefined))
    return `«\u00a0${part.slice(0, 60)}\u00a0»\u00a0: écrivez par exemple «\u00a0lun-ven 09:00-12:00 14:00-18:00\u00a0; sam 09:00-12:00\u00a0».`;
  for (const time of times) place.availableTime.push({ daysOfWeek, ...time! });
  return undefined;
}

function readDays(written: string): DayOfWeek[] | undefined {
  const days = new Set<number>();
  for (const part of written.split(/[\s,]+(?:et[\s,]+)?/)) {
    const [first, last = first, ...more] = part
      .split('-')
      .map((it) => DAY_NAMES.findIndex((day) => foldText(it).startsWith(day)));
    if (first === undefined || first < 0 || last! < first || more.length > 0) return undefined;
    for (let day = first; day <= last!; day += 1) days.add(day);
  }
  return DAYS_OF_WEEK.filter((_, index) => days.has(index));
}

function readTime(written: string): Omit<AvailableTime, 'daysOfWeek'> | undefined {
  if (/^24h(?:\/24)?$/i.test(written)) return { allDay: true };
  const [start, end, ...more] = written.split('-').map(readClock);
  if (start === undefined || end === undefined || more.length > 0 || start >= end) return undefined;
  return { availableStartTime: start, availableEndTime: end };
}

/** "9h", "9h30", "09:30" → "09:30". */
function readClock(written: string): string | undefined {
  const [, hour, minute = '00'] = /^(\d{1,2})(?:[h:](\d{2})?)?$/i.exec(written) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, '0')}:${minute}`;
}

function readClosed(part: string, place: PlaceHours): string | undefined {
  const [, from, to, description] =
    /^ferm[ée]e?s?\s+(?:du\s+)?(\d[\d/.]*)\s*(?:-|au)\s*(\d[\d/.]*)\s+(.+)$/is.exec(part) ?? [];
  const [start, end] = [parseFrenchDay(from ?? ''), parseFrenchDay(to ?? '')];
  if (start === undefined || end === undefined || end < start)
    return `«\u00a0${part.slice(0, 60)}\u00a0»\u00a0: écrivez par exemple «\u00a0fermé 24/12/2026-02/01/2027 congés\u00a0».`;
  (place.notAvailable ??= []).push({ description: unescapeItem(description!), during: { start, end } });
  return undefined;
}
