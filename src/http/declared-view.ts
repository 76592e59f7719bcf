import { z } from '@hono/zod-openapi';

import { AREA_KINDS, type ShownAreaPlace } from '#domain/area.ts';
import type { DeclarationOwner, ShownExpertise, ShownTeam } from '#domain/declaration.ts';
import { DAYS_OF_WEEK } from '#domain/profile.ts';

const Coding = z.object({ code: z.string(), label: z.string() });

const AvailableTime = z.object({
  daysOfWeek: z.array(z.enum(DAYS_OF_WEEK)),
  allDay: z.literal(true).optional(),
  availableStartTime: z.string().optional(),
  availableEndTime: z.string().optional(),
});

const AreaPlace = z.object({ kind: z.enum(AREA_KINDS), code: z.string(), name: z.string() });

const UrgentNumber = z.object({
  case: z.string(),
  phone: z.string(),
  availableTime: z
    .array(AvailableTime)
    .optional()
    .openapi({ description: 'When somebody answers; absent: at any time.' }),
});

export const OwnerSchema = z
  .object({
    rpps: z.string().optional(),
    organizationId: z.string().optional(),
    territoryId: z.string().optional(),
  })
  .openapi('DeclarationOwner', { description: 'Who answers for it: exactly one of these.' });

const shared = {
  area: z.array(AreaPlace),
  urgentNumbers: z.array(UrgentNumber).optional(),
  hasForm: z.boolean().openapi({ description: 'Whether `…/form` gives what to ask before writing.' }),
  declaredBy: OwnerSchema,
};

export const ShownExpertiseSchema = z
  .object({
    title: z.string(),
    domain: Coding,
    answers: z.array(z.string()),
    doesNotAnswer: z.array(z.string()).optional(),
    population: z.string().optional(),
    usualDelay: z.object({ value: z.int(), unit: z.enum(['hours', 'days']) }).optional(),
    ...shared,
  })
  .openapi('ShownExpertise');

export const ShownTeamSchema = z
  .object({
    name: z.string(),
    type: Coding,
    missions: z.array(z.string()),
    public: z.string().optional(),
    hours: z.array(AvailableTime).optional(),
    notAvailable: z
      .array(z.object({ description: z.string(), during: z.object({ start: z.string(), end: z.string() }) }))
      .optional(),
    ...shared,
  })
  .openapi('ShownTeam');

export function toExpertiseView({ area, declaredBy, ...said }: ShownExpertise) {
  return { ...said, area: area.map(toAreaView), declaredBy: toOwnerView(declaredBy) };
}

export function toTeamView({ area, declaredBy, ...said }: ShownTeam) {
  return { ...said, area: area.map(toAreaView), declaredBy: toOwnerView(declaredBy) };
}

export function toOwnerView({ practitionerId, organizationId, territoryId }: DeclarationOwner) {
  return {
    ...(practitionerId === undefined ? {} : { rpps: practitionerId.slice(1) }),
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(territoryId === undefined ? {} : { territoryId }),
  };
}

function toAreaView({ kind, code, name }: ShownAreaPlace) {
  return { kind, code, name };
}
