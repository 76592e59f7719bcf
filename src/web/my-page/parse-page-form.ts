import type { Correspondent } from '#domain/correspondent.ts';
import { isDay } from '#domain/day.ts';
import { toDayLine, toHoursLine } from '#domain/hours-line.ts';
import { parseEditedProfile } from '#domain/parse-edited-profile.ts';
import { parseHours } from '#domain/parse-hours.ts';
import { WAYS_OF_PRACTISING } from '#domain/practising.ts';
import {
  DAYS_OF_WEEK,
  type AvailableTime,
  type NotAvailable,
  type PlaceHours,
  type Profile,
} from '#domain/profile.ts';

import { isSame } from '#domain/profile-changes.ts';

import { parseCommunes } from './communes-field.ts';
import { faultOfSchema, toHoursWords } from './fault-words.ts';
import {
  countRows,
  inOrderOf,
  linesOf,
  listOf,
  textOf,
  type FormFault,
  type FormValues,
} from './form-values.ts';
import { toAreaValues } from './page-fields.ts';

/** What a form says, and what is wrong with it. Of what is wrong nothing is in the profile. */
export interface ParsedForm {
  profile: Profile;
  faults: FormFault[];
}

/**
 * The page that a form makes.
 * @param seen what the page said when the form was opened: what the form cannot say (absences, places that are gone) stays, and what
 *   is said in another order or way but means the same is no change
 */
export function parsePageForm(values: FormValues, person: Correspondent, seen: Profile): ParsedForm {
  const faults: FormFault[] = [];
  const typed: Record<string, unknown> = {
    ...seen,
    ways: { ...withoutOffered(seen.ways), ...parseWays(values) },
    acts: inOrderOf(seen.acts, listOf(values, 'acts')),
    ownWords: linesOf(values, 'ownWords'),
    equipment: linesOf(values, 'equipment'),
    languages: inOrderOf(seen.languages, listOf(values, 'languages')),
    accessibility: inOrderOf(seen.accessibility, listOf(values, 'accessibility')),
    hours: parsePlaces(values, seen, faults),
    homeVisitArea: parseArea(values, person, seen, faults),
    awayPeriods: seen.awayPeriods,
    preferredMailbox: textOf(values, 'preferredMailbox') || undefined,
    sending: parseSending(values, faults),
    remarks: textOf(values, 'remarks').trim() || undefined,
  };
  const parsed = parseEditedProfile(typed, seen);
  if (parsed.success) return { profile: parsed.data, faults };
  for (const issue of parsed.error.issues) {
    faults.push(faultOfSchema(issue));
    delete typed[String(issue.path[0])];
  }
  return { profile: parseEditedProfile(typed, seen).data ?? {}, faults };
}

/** Ways that the page said and the form no longer offers. */
function withoutOffered(ways: Profile['ways'] = {}): Record<string, boolean> {
  const offered = new Set<string>(WAYS_OF_PRACTISING);
  return Object.fromEntries(Object.entries(ways).filter(([way]) => !offered.has(way)));
}

function parseWays(values: FormValues): Record<string, boolean> {
  const said = WAYS_OF_PRACTISING.map((way) => [way, textOf(values, `ways.${way}`)] as const);
  return Object.fromEntries(
    said.flatMap(([way, text]) => (text === '' ? [] : ([[way, text === 'true']] as const))),
  );
}

function parsePlaces(values: FormValues, seen: Profile, faults: FormFault[]): PlaceHours[] {
  const typed = new Map<string, PlaceHours>();
  for (let index = 0; index < countRows(values, 'hours'); index += 1) {
    const organizationId = textOf(values, `hours.${index}.place`);
    const before = seen.hours?.find((it) => it.organizationId === organizationId);
    const times = parseTimes(values, `hours.${index}`, before?.availableTime ?? [], faults);
    const notAvailable = parseClosedDays(values, `hours.${index}.closed`, before?.notAvailable, faults);
    const isSame = toHoursLine(times) === toHoursLine(before?.availableTime ?? []);
    typed.set(organizationId, {
      organizationId,
      availableTime: isSame ? (before?.availableTime ?? []) : times,
      ...(notAvailable.length > 0 && { notAvailable }),
    });
  }
  const known = (seen.hours ?? []).map((it) => typed.get(it.organizationId) ?? it);
  const added = [...typed.values()].filter((it) => !known.includes(it));
  return [...known, ...added].filter((it) => it.availableTime.length > 0 || it.notAvailable !== undefined);
}

/** Each place is written on one line or day by day: the chosen way counts, or the only one that was changed. */
function parseTimes(
  values: FormValues,
  group: string,
  before: readonly AvailableTime[],
  faults: FormFault[],
): AvailableTime[] {
  const line = textOf(values, `${group}.line`);
  const isLineChanged = line.trim() !== toHoursLine(before);
  const areDaysChanged = DAYS_OF_WEEK.some(
    (day) => textOf(values, `${group}.${day}`).trim() !== toDayLine(before, day),
  );
  if (!isLineChanged && !areDaysChanged) return [...before];
  const isByDays = textOf(values, `${group}.mode`) === 'days';
  if (isByDays ? areDaysChanged || !isLineChanged : areDaysChanged && !isLineChanged)
    return parseDays(values, group, faults);
  return parseText(`${group}.line`, line, faults);
}

function parseText(field: string, text: string, faults: FormFault[]): AvailableTime[] {
  const parsed = parseHours(text);
  if ('times' in parsed) return parsed.times;
  faults.push({ field, text: toHoursWords(parsed.fault) });
  return [];
}

function parseDays(values: FormValues, group: string, faults: FormFault[]): AvailableTime[] {
  const lines = DAYS_OF_WEEK.map((day) => {
    const field = `${group}.${day}`;
    const text = textOf(values, field).trim();
    const times = text === '' ? [] : parseText(field, `lundi ${text}`, faults);
    if (times.every((it) => it.daysOfWeek.join() === 'mon'))
      return toHoursLine(times).replace('lun', DAY_WORDS[day]);
    faults.push({ field, text: 'Écrivez ici les heures de ce jour seulement : 9h-12h 14h-18h.' });
    return '';
  });
  const parsed = parseHours(lines.filter((it) => it !== '').join('\n'));
  return 'times' in parsed ? parsed.times : [];
}

/** The hours of each place written both ways, the second as the first was understood. */
export function writeHoursBothWays(values: FormValues, seen: Profile): FormValues {
  const written: Record<string, readonly string[]> = { ...values };
  for (let index = 0; index < countRows(values, 'hours'); index += 1) {
    const group = `hours.${index}`;
    const before = seen.hours?.find((it) => it.organizationId === textOf(values, `${group}.place`));
    const faults: FormFault[] = [];
    const times = parseTimes(values, group, before?.availableTime ?? [], faults);
    if (faults.length > 0) continue;
    if (textOf(values, `${group}.mode`) === 'days') written[`${group}.line`] = [toHoursLine(times)];
    else for (const day of DAYS_OF_WEEK) written[`${group}.${day}`] = [toDayLine(times, day)];
  }
  return written;
}

const DAY_WORDS = { mon: 'lun', tue: 'mar', wed: 'mer', thu: 'jeu', fri: 'ven', sat: 'sam', sun: 'dim' };

function parseClosedDays(
  values: FormValues,
  group: string,
  before: readonly NotAvailable[] | undefined,
  faults: FormFault[],
): NotAvailable[] {
  const rows = Array.from({ length: countRows(values, group) }, (_, index) => `${group}.${index}`);
  return rows.flatMap((row) => {
    const start = textOf(values, `${row}.start`);
    const end = textOf(values, `${row}.end`) || start;
    const description = textOf(values, `${row}.description`).trim();
    if (start === '' && end === '' && description === '') return [];
    const known = before?.find(
      ({ description: of, during }) => isSame(during, { start, end }) && of === (description || 'Fermé'),
    );
    if (known) return [known];
    const text = faultOfDays(start, end);
    if (text === undefined) return [{ description: description || 'Fermé', during: { start, end } }];
    faults.push({ field: `${row}.start`, text });
    return [];
  });
}

const DAY_MS = 86_400_000;

/** What is wrong with two days, both included; undefined when nothing is. */
export function faultOfDays(start: string, end: string): string | undefined {
  const [from, to] = [start, end].map((it) => (isDay(it) ? Date.parse(it) : Number.NaN)) as [number, number];
  if (Number.isNaN(from)) return 'Dites le premier jour : 24/12/2026.';
  if (Number.isNaN(to)) return 'Dites le dernier jour : 24/12/2026.';
  if (to < from) return 'Le dernier jour est avant le premier.';
  return to - from > 731 * DAY_MS ? 'C’est plus de deux ans.' : undefined;
}

/** Whether nothing was typed in these fields since they were shown. */
function isAsItWas(values: FormValues, shown: FormValues): boolean {
  return Object.entries(shown).every(([name, [text = '']]) => textOf(values, name).trim() === text.trim());
}

function parseArea(values: FormValues, person: Correspondent, seen: Profile, faults: FormFault[]) {
  const { homeVisitArea: before } = seen;
  if (isAsItWas(values, toAreaValues(before))) return before;
  const positions = person.places.flatMap(({ position }) => position ?? []);
  const { codes, unknown } = parseCommunes(textOf(values, 'area.communes'), positions);
  for (const { words, nearest } of unknown) {
    const near = nearest.length === 0 ? '' : ` Peut-être\u00a0: ${nearest.join(', ')}.`;
    faults.push({
      field: 'area.communes',
      text: `«\u00a0${words}\u00a0» n’est pas une commune connue.${near}`,
    });
  }
  const typed = textOf(values, 'area.radius').trim();
  const radiusKm = /^\d{1,4}$/.test(typed) ? Number(typed) : undefined;
  const isRadius = radiusKm !== undefined && radiusKm >= 1 && radiusKm <= 100;
  if (typed !== '' && !isRadius)
    faults.push({ field: 'area.radius', text: 'Un nombre entier de kilomètres, de 1 à 100.' });
  if (codes.length === 0 && !isRadius) return undefined;
  return { ...(codes.length > 0 && { communeCodes: codes }), ...(isRadius && { radiusKm }) };
}

function parseSending(values: FormValues, faults: FormFault[]) {
  const rows = Array.from({ length: countRows(values, 'sending') }, (_, index) => `sending.${index}`);
  return rows.flatMap((row) => {
    const what = textOf(values, `${row}.what`).trim();
    const where = textOf(values, `${row}.where`).trim();
    if (what === '' && where === '') return [];
    if (what !== '' && where !== '') return [{ what, where }];
    const field = what === '' ? `${row}.what` : `${row}.where`;
    faults.push({ field, text: what === '' ? 'Dites ce qu’il faut envoyer là.' : 'Dites où l’envoyer.' });
    return [];
  });
}
