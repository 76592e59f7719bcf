import { z } from 'zod';

import type { AreaPlace } from './area.ts';
import { AreaSchema } from './area-schema.ts';
import { parseMailboxAddress } from './identifiers.ts';
import type { AvailableTime, NotAvailable } from './profile.ts';
import {
  availableTime,
  checkNoOverlap,
  listOf,
  notAvailable,
  parsed,
  setOf,
  words,
} from './profile-schema.ts';
import { RequestFormSchema, type RequestForm } from './request-form.ts';
import { isTeamType, TEAM_TYPES, type TeamTypeCode } from './team-types.ts';
import { UrgentNumbersSchema, type UrgentNumber } from './urgent-numbers.ts';
import { withoutEmptyMembers } from './without-empty-members.ts';
import { strictObject } from './strict-object.ts';

/** A team that others call upon: DAC, mobile team, REPPOP, PCO, coordination. No list or text is empty. */
export interface ResourceTeam {
  /** "DAC de Haute-Loire". */
  name: string;
  type: TeamTypeCode;
  /** What it does for whoever calls upon it, a line each; one at least. */
  missions: string[];
  /** For whom. */
  public?: string;
  area: AreaPlace[];
  hours?: AvailableTime[];
  notAvailable?: NotAvailable[];
  urgentNumbers?: UrgentNumber[];
  /** Of a service. */
  mailbox?: string;
  form?: RequestForm;
}

/** What may be declared, whole; unknown members are refused, each fault says where it is. */
export const ResourceTeamSchema = strictObject({
  name: words(120),
  type: z
    .string()
    .refine(isTeamType, `It is one of ${Object.keys(TEAM_TYPES).join(', ')}.`)
    .transform((code) => code as TeamTypeCode),
  missions: setOf(words(200), 30).refine((it) => it.length > 0, 'It says one thing at least.'),
  public: words(300).optional(),
  area: AreaSchema,
  hours: listOf(availableTime).superRefine(checkNoOverlap).optional(),
  notAvailable: listOf(notAvailable, 20).optional(),
  urgentNumbers: UrgentNumbersSchema.optional(),
  mailbox: z
    .string()
    .max(260)
    .transform((text, context) => parsed(parseMailboxAddress(text), context, 'a mailbox address'))
    .optional(),
  form: RequestFormSchema.optional(),
}).transform((team) => withoutEmptyMembers(team) as unknown as ResourceTeam);
