import { z } from '@hono/zod-openapi';

import { ACCESSIBILITY, type Accessibility } from '#domain/accessibility.ts';
import { findAct } from '#domain/acts.ts';
import { awayOn, dayInFrance } from '#domain/away.ts';
import { LANGUAGES } from '#domain/languages.ts';
import { WAYS_OF_PRACTISING } from '#domain/practising.ts';
import type { Profile } from '#domain/profile.ts';

const CodingSchema = z.object({ code: z.string(), label: z.string() });

const AwaySchema = z.object({
  start: z.string(),
  end: z.string(),
  message: z.string().optional(),
  replacement: z.object({ rpps: z.string().optional(), name: z.string().optional() }).optional(),
});

/** What a page says, as answers show it: with labels, and absences that are over left out. */
export const ProfileViewSchema = z
  .object({
    ways: z
      .object(Object.fromEntries(WAYS_OF_PRACTISING.map((way) => [way, z.boolean().optional()])))
      .openapi({
        description: 'true: known yes; false: known no; absent: not said.',
      }),
    acts: z.array(CodingSchema),
    ownWords: z.array(z.string()),
    equipment: z.array(z.string()),
    languages: z.array(CodingSchema),
    accessibility: z.array(CodingSchema),
    hours: z.array(z.record(z.string(), z.unknown())).openapi({
      description: 'By place (`organizationId`): `availableTime` and `notAvailable` as in FHIR R4.',
    }),
    homeVisitArea: z
      .object({ communeCodes: z.array(z.string()).optional(), radiusKm: z.int().optional() })
      .optional(),
    away: AwaySchema.optional().openapi({ description: 'The absence of today.' }),
    awayPeriods: z.array(AwaySchema).openapi({ description: 'Of today and later.' }),
    sending: z.array(z.object({ what: z.string(), where: z.string() })),
    remarks: z.string().optional(),
  })
  .openapi('Profile', { description: 'What the person, or somebody for them, says of their practice.' });

export type ProfileView = z.infer<typeof ProfileViewSchema>;

export function toProfileView(profile: Profile, now: Date): ProfileView {
  const today = dayInFrance(now);
  const away = awayOn(profile.awayPeriods, today);
  return {
    ways: profile.ways ?? {},
    acts: (profile.acts ?? []).map((code) => ({ code, label: findAct(code)?.label ?? code })),
    ownWords: profile.ownWords ?? [],
    equipment: profile.equipment ?? [],
    languages: (profile.languages ?? []).map((code) => ({ code, label: LANGUAGES.get(code) ?? code })),
    accessibility: (profile.accessibility ?? []).map((code) => ({
      code,
      label: ACCESSIBILITY[code as Accessibility] ?? code,
    })),
    hours: (profile.hours ?? []).map((it) => ({ ...it })),
    ...(profile.homeVisitArea && { homeVisitArea: profile.homeVisitArea }),
    ...(away && { away }),
    awayPeriods: (profile.awayPeriods ?? []).filter(({ end }) => end >= today),
    sending: profile.sending ?? [],
    ...(profile.remarks !== undefined && { remarks: profile.remarks }),
  };
}
