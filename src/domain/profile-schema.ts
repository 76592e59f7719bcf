import { z } from 'zod';

import { ACCESSIBILITY } from './accessibility.ts';
import { findAct } from './acts.ts';
import { findCommune } from './geography.ts';
import { parseMailboxAddress, parseRpps } from './identifiers.ts';
import { LANGUAGES } from './languages.ts';
import { WAYS_OF_PRACTISING } from './practising.ts';
import { DAYS_OF_WEEK, type Profile } from './profile.ts';
import { strictObject } from './strict-object.ts';

const LIST_MAX = 50;
const PERIOD_DAYS_MAX = 731;
const DAY_MS = 86_400_000;

/**
 * Marks that turn the direction of what follows them: a name could be shown as another. Control characters. And halves of a
 * surrogate pair, which the search engine refuses, and with them all changes of the same batch.
 */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cs}\p{Bidi_Control}\ufeff]/gu;

/** Words for people: unseen characters are dropped, blanks are one; at least one character stays. */
export const words = (max: number) =>
  z
    .string()
    .max(max, `It may hold ${max} characters at most.`)
    .transform((text) =>
      text
        .replace(UNSEEN, '')
        .replace(/[^\S\n]+/gu, ' ')
        .trim(),
    )
    .refine((text) => text !== '', 'It is empty: leave it out, or say null.');

export const listOf = <T extends z.ZodType>(item: T, max = LIST_MAX) =>
  z.array(item).max(max, `It may hold ${max} at most.`);

/** Each once, as they stand. */
export const setOf = <T extends z.ZodType<string, string>>(item: T, max = LIST_MAX) =>
  listOf(item, max).transform((values) => [...new Set(values)]);

export const known = (isKnown: (code: string) => boolean, expected: string) =>
  z
    .string()
    .refine(isKnown, { error: (issue) => `"${String(issue.input).slice(0, 80)}" is not ${expected}.` });

const day = z.iso.date('It is a day such as 2026-12-24.');
const time = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d(?::00)?$/, 'It is a time of day such as 09:30.')
  .transform((text) => text.slice(0, 5));

const period = { start: day, end: day };
function checkPeriod({ start, end }: { start: string; end: string }, context: z.core.$RefinementCtx): void {
  const days = (Date.parse(end) - Date.parse(start)) / DAY_MS;
  if (days < 0) fault(context, ['end'], `It ends before it begins (${start}).`);
  if (days > PERIOD_DAYS_MAX) fault(context, ['end'], 'It lasts more than two years.');
}

export function fault(context: z.core.$RefinementCtx, path: string[], message: string): void {
  context.issues.push({ code: 'custom', input: undefined, path, message });
}

export const availableTime = strictObject({
  daysOfWeek: listOf(z.enum(DAYS_OF_WEEK, `It is one of ${DAYS_OF_WEEK.join(', ')}.`), 7)
    .min(1, 'It names one day at least.')
    .transform((days) => DAYS_OF_WEEK.filter((it) => days.includes(it))),
  allDay: z.literal(true).optional(),
  availableStartTime: time.optional(),
  availableEndTime: time.optional(),
}).superRefine(({ allDay, availableStartTime: start, availableEndTime: end }, context) => {
  if (allDay) {
    if (start !== undefined || end !== undefined) fault(context, ['allDay'], 'A whole day has no times.');
  } else if (start === undefined || end === undefined) {
    fault(context, [], 'It says from when to when, or allDay.');
  } else if (start >= end) {
    fault(context, ['availableEndTime'], `It ends before it begins (${start}).`);
  }
});

export const notAvailable = strictObject({
  description: words(200),
  during: strictObject(period).superRefine(checkPeriod),
});

const placeHours = strictObject({
  organizationId: z.string().min(1).max(100),
  availableTime: listOf(availableTime).superRefine(checkNoOverlap),
  notAvailable: listOf(notAvailable).optional(),
});

/** Two openings of one day that overlap are a slip. */
export function checkNoOverlap(
  times: z.output<typeof availableTime>[],
  context: z.core.$RefinementCtx,
): void {
  for (const [index, one] of times.entries()) {
    const other = times.slice(0, index).find((it) => overlap(it, one));
    if (other) fault(context, [String(index)], 'It overlaps with another opening of the same day.');
  }
}

function overlap(a: z.output<typeof availableTime>, b: z.output<typeof availableTime>): boolean {
  if (!a.daysOfWeek.some((it) => b.daysOfWeek.includes(it))) return false;
  if (a.allDay || b.allDay) return true;
  return a.availableStartTime! < b.availableEndTime! && b.availableStartTime! < a.availableEndTime!;
}

const homeVisitArea = strictObject({
  communeCodes: listOf(z.string(), 2000)
    .transform((codes, context) => toCurrentCommunes(codes, context))
    .optional(),
  radiusKm: z.int().min(1).max(100).optional(),
}).refine(
  ({ communeCodes, radiusKm }) => (communeCodes?.length ?? 0) > 0 || radiusKm !== undefined,
  'It names communes, a radius in kilometres, or both.',
);

function toCurrentCommunes(codes: readonly string[], context: z.core.$RefinementCtx): string[] {
  const current = new Set<string>();
  for (const [index, code] of codes.entries()) {
    const commune = findCommune(code.toUpperCase());
    if (commune) current.add(commune.code);
    else fault(context, [String(index)], `"${code.slice(0, 20)}" is not the INSEE code of a commune.`);
  }
  return [...current].toSorted();
}

const awayPeriod = strictObject({
  ...period,
  message: words(500).optional(),
  replacement: strictObject({
    rpps: z
      .string()
      .transform((text, context) => parsed(parseRpps(text), context, 'an RPPS number: 11 digits'))
      .optional(),
    name: words(120).optional(),
  }).optional(),
}).superRefine(checkPeriod);

export function parsed(value: string | undefined, context: z.core.$RefinementCtx, expected: string): string {
  if (value === undefined) fault(context, [], `It is not ${expected}.`);
  return value!;
}

const tri = z.boolean('It is true, false, or null for "not said".').optional();

/**
 * What may be said on a page, whole. Unknown members are refused; each fault says where it is. Members that say nothing (empty
 * lists, no way of practising) are left out of what it gives, so that equal pages are equal values.
 */
export const ProfileSchema = strictObject({
  ways: strictObject(Object.fromEntries(WAYS_OF_PRACTISING.map((way) => [way, tri]))).optional(),
  acts: setOf(known((code) => findAct(code) !== undefined, 'the code of an act of the list')).optional(),
  ownWords: setOf(words(80), 30).optional(),
  equipment: setOf(words(80), 30).optional(),
  languages: setOf(known((code) => LANGUAGES.has(code), 'a language code such as fr or en')).optional(),
  accessibility: setOf(
    known((code) => code in ACCESSIBILITY, `one of ${Object.keys(ACCESSIBILITY).join(', ')}`),
  ).optional(),
  hours: listOf(placeHours).optional(),
  homeVisitArea: homeVisitArea.optional(),
  awayPeriods: listOf(awayPeriod, 20)
    .transform((periods) => periods.toSorted((a, b) => (a.start < b.start ? -1 : 1)))
    .optional(),
  preferredMailbox: z
    .string()
    .max(260)
    .transform((text, context) => parsed(parseMailboxAddress(text), context, 'a mailbox address'))
    .optional(),
  sending: listOf(strictObject({ what: words(120), where: words(200) }), 20).optional(),
  remarks: words(2000).optional(),
}).transform((profile) => withoutEmpty(profile) as Profile);

/** Members in the schema's own order, so that the same page is the same text. */
function withoutEmpty(profile: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(profile).flatMap(([name, value]) => {
      if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
      if (name !== 'ways') return [[name, value]];
      const ways = Object.entries(value as object).filter(([, said]) => said !== undefined);
      return ways.length === 0 ? [] : [[name, Object.fromEntries(ways)]];
    }),
  );
}
