import { WAY_LABELS, type WayOfPractising } from '#domain/practising.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import type { AwayPeriod, PlaceHours, Profile, ProfileField } from '#domain/profile.ts';

import { toHoursLines } from '../hours-text.ts';
import {
  toAccessibilityLabels,
  toActLabels,
  toAwayText,
  toCommuneNames,
  toFrenchDay,
  toLanguageNames,
} from '../profile-words.ts';

const LABELS: Record<Exclude<ProfileField, `ways.${string}`>, string> = {
  acts: 'Actes',
  ownWords: 'En vos mots',
  equipment: 'Équipement',
  languages: 'Langues',
  accessibility: 'Accessibilité',
  hours: 'Horaires',
  homeVisitArea: 'Où vous vous déplacez',
  awayPeriods: 'Absences',
  preferredMailbox: 'Messagerie préférée',
  sending: 'Quoi envoyer où',
  remarks: 'Remarques',
};

/** What a field of a page is called. */
export function toFieldLabel(field: ProfileField): string {
  return field.startsWith('ways.')
    ? (WAY_LABELS[field.slice(5) as WayOfPractising] ?? field)
    : (LABELS[field as keyof typeof LABELS] ?? field);
}

/** What a field of a page says, in words; null is "non précisé". @param person whose places are named */
export function toSaidWords(field: ProfileField, value: unknown, person: Correspondent): string {
  if (value === null || value === undefined) return 'non précisé';
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  const profile: Profile = { [field]: value };
  switch (field) {
    case 'acts':
      return toActLabels(profile).join(', ');
    case 'ownWords':
    case 'equipment':
      return (profile[field] ?? []).join(', ');
    case 'languages':
      return toLanguageNames(profile.languages).join(', ');
    case 'accessibility':
      return toAccessibilityLabels(profile.accessibility).join(', ');
    case 'hours':
      return (profile.hours ?? []).map((it) => toHoursText(it, person)).join('\n');
    case 'homeVisitArea':
      return toAreaText(profile.homeVisitArea);
    case 'awayPeriods':
      return (profile.awayPeriods ?? []).map(toPeriodText).join('\n');
    case 'sending':
      return (profile.sending ?? []).map((it) => `${it.what} : ${it.where}`).join('\n');
    default:
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

function toHoursText(
  { organizationId, availableTime, notAvailable = [] }: PlaceHours,
  person: Correspondent,
) {
  const place = person.places.find((it) => it.organization?.id === organizationId)?.organization?.name;
  const hours = toHoursLines(availableTime).map((it) => `${it.days} ${it.hours}`);
  const closed = notAvailable.map(
    ({ description, during: { start, end } }) =>
      `${description} (${start === end ? toFrenchDay(start) : `${toFrenchDay(start)} – ${toFrenchDay(end)}`})`,
  );
  return `${place ?? organizationId} : ${[...hours, ...closed].join(' ; ')}`;
}

function toAreaText(area: Profile['homeVisitArea']): string {
  const radius = area?.radiusKm === undefined ? [] : [`à ${area.radiusKm}\u00a0km`];
  return [...radius, ...toCommuneNames(area?.communeCodes)].join(', ');
}

function toPeriodText(period: AwayPeriod): string {
  const { message, replacement } = period;
  return [toAwayText(period), message, replacement?.name ?? replacement?.rpps].filter(Boolean).join(' – ');
}
