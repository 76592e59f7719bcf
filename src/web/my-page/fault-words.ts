import type { z } from '@hono/zod-openapi';

import type { HoursFault } from '#domain/parse-hours.ts';
import type { DayOfWeek } from '#domain/profile.ts';

import type { FormFault } from './form-values.ts';

export const DAY_NAMES: Record<DayOfWeek, string> = {
  mon: 'lundi',
  tue: 'mardi',
  wed: 'mercredi',
  thu: 'jeudi',
  fri: 'vendredi',
  sat: 'samedi',
  sun: 'dimanche',
};

/** What is wrong with hours, for people. */
export function toHoursWords({ kind, words }: HoursFault): string {
  const quoted = `«\u00a0${words}\u00a0»`;
  switch (kind) {
    case 'word':
      return `${quoted} n’est pas compris. Écrivez par exemple\u00a0: lun-ven 9h-12h 14h-18h, sam 9h-12h.`;
    case 'no-day':
      return `${quoted}\u00a0: pour quels jours\u00a0?`;
    case 'no-time':
      return `De quelle heure à quelle heure, le ${DAY_NAMES[words as DayOfWeek] ?? words}\u00a0?`;
    case 'no-end':
      return `${quoted}\u00a0: jusqu’à quelle heure\u00a0?`;
    case 'backwards':
      return `${quoted} finit avant de commencer. Une nuit se coupe à minuit\u00a0: lun 20h-24h, mar 0h-6h.`;
    case 'overlap':
      return `${quoted} se mêle à d’autres heures du même jour.`;
  }
}

/** Where the form has what the schema refuses. */
const FIELDS: Record<string, (path: readonly PropertyKey[]) => string> = {
  hours: ([, index]) => `hours.${String(index ?? 0)}.line`,
  homeVisitArea: ([, part]) => (part === 'radiusKm' ? 'area.radius' : 'area.communes'),
  sending: ([, index, part]) => `sending.${String(index ?? 0)}.${String(part ?? 'what')}`,
};

/** What the schema of pages refuses, for people. */
export function faultOfSchema(issue: z.core.$ZodIssue): FormFault {
  const [member] = issue.path;
  const field = FIELDS[String(member)]?.(issue.path) ?? String(member);
  if (issue.code === 'too_big') {
    const most = String(issue.maximum);
    const isText = issue.origin === 'string';
    return { field, text: isText ? `${most} caractères au plus.` : `${most} au plus.` };
  }
  const texts: Record<string, string> = {
    acts: 'Un acte choisi n’est pas dans la liste\u00a0: décochez-le.',
    languages: 'Une langue choisie n’est pas dans la liste\u00a0: décochez-la.',
    accessibility: 'Un choix n’est pas dans la liste\u00a0: décochez-le.',
    preferredMailbox: 'Ce n’est pas une adresse de messagerie.',
  };
  return { field, text: texts[String(member)] ?? 'Ceci n’est pas valable.' };
}
