import { ACCESSIBILITY, type Accessibility } from '#domain/accessibility.ts';
import { findAct } from '#domain/acts.ts';
import { findCommune } from '#domain/geography.ts';
import { LANGUAGES } from '#domain/languages.ts';
import type { AwayPeriod, Profile } from '#domain/profile.ts';

const DAY = new Intl.DateTimeFormat('fr-FR', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** "20 novembre 2026". @param day `2026-11-20` */
export function toFrenchDay(day: string): string {
  const time = Date.parse(day);
  return Number.isNaN(time) ? day : DAY.format(time);
}

/** "Absence le 20 novembre 2026", "Absence du 20 novembre au 2 décembre 2026". */
export function toAwayText({ start, end }: Pick<AwayPeriod, 'start' | 'end'>): string {
  if (start === end) return `Absence le ${toFrenchDay(start)}`;
  const from = toFrenchDay(start);
  const sameYear = start.slice(0, 4) === end.slice(0, 4);
  return `Absence du ${sameYear ? from.replace(/ \d{4}$/, '') : from} au ${toFrenchDay(end)}`;
}

/** What is done, in the words of the list, then in own ones. */
export function toActLabels({ acts = [], ownWords = [] }: Profile): string[] {
  return [...acts.map((code) => findAct(code)?.label ?? code), ...ownWords];
}

export function toLanguageNames(codes: readonly string[] = []): string[] {
  return codes.map((code) => LANGUAGES.get(code) ?? code);
}

export function toAccessibilityLabels(codes: readonly string[] = []): string[] {
  return codes.map((code) => ACCESSIBILITY[code as Accessibility] ?? code);
}

/** "Brioude (43)", by name; a code that is no commune's stands as it is. */
export function toCommuneNames(codes: readonly string[] = []): string[] {
  const names = codes.map((code) => {
    const commune = findCommune(code);
    return commune ? `${commune.name} (${commune.departementCode})` : code;
  });
  return names.toSorted((a, b) => a.localeCompare(b, 'fr'));
}
