import { z } from 'zod';

import type { AreaPlace } from './area.ts';
import { AreaSchema } from './area-schema.ts';
import { findCode } from './code-lists.ts';
import { EXPERTISE_DOMAINS, isExpertiseDomain, type ExpertiseDomain } from './expertise-domains.ts';
import { parseMailboxAddress } from './identifiers.ts';
import { known, listOf, parsed, setOf, words } from './profile-schema.ts';
import { RequestFormSchema, type RequestForm } from './request-form.ts';
import { UrgentNumbersSchema, type UrgentNumber } from './urgent-numbers.ts';
import { withoutEmptyMembers } from './without-empty-members.ts';
import { strictObject } from './strict-object.ts';

/** What a professional or a service offers to give an opinion on (télé-expertise). No list or text is empty. */
export interface Expertise {
  /** "Avis dermatologique". */
  title: string;
  domain: ExpertiseDomain;
  /** TRE_R38, R39… */
  savoirFaireCodes?: string[];
  /** What may be asked, a line each; one at least. */
  answers: string[];
  /** What must not be asked, and why or whom to ask instead. */
  doesNotAnswer?: string[];
  /** About whom: "adultes", "enfants de moins de 6 ans". */
  population?: string;
  area: AreaPlace[];
  usualDelay?: { value: number; unit: 'hours' | 'days' };
  urgentNumbers?: UrgentNumber[];
  /** Of a service, or a personal one of the professional who declares it. */
  mailbox?: string;
  form?: RequestForm;
}

const LINES_MAX = 30;

/** What may be declared, whole; unknown members are refused, each fault says where it is. */
export const ExpertiseSchema = strictObject({
  title: words(120),
  domain: z
    .string()
    .refine(isExpertiseDomain, `It is one of ${Object.keys(EXPERTISE_DOMAINS).join(', ')}.`)
    .transform((code) => code as ExpertiseDomain),
  savoirFaireCodes: setOf(
    known((code) => findCode('savoirFaire', code) !== undefined, 'a savoir-faire code such as SM26'),
    20,
  ).optional(),
  answers: setOf(words(200), LINES_MAX).refine((it) => it.length > 0, 'It says one thing at least.'),
  doesNotAnswer: setOf(words(200), LINES_MAX).optional(),
  population: words(300).optional(),
  area: AreaSchema,
  usualDelay: strictObject({
    value: z.int().min(1).max(365),
    unit: z.enum(['hours', 'days'], 'It is hours or days.'),
  }).optional(),
  urgentNumbers: UrgentNumbersSchema.optional(),
  mailbox: z
    .string()
    .max(260)
    .transform((text, context) => parsed(parseMailboxAddress(text), context, 'a mailbox address'))
    .optional(),
  form: RequestFormSchema.optional(),
}).transform((expertise) => withoutEmptyMembers(expertise) as unknown as Expertise);

/** Numbers under which opinions are billed, each with what it is. Private: for those who manage the expertise alone. */
export interface BillingNumber {
  label: string;
  number: string;
}

export const BillingNumbersSchema = listOf(strictObject({ label: words(80), number: words(80) }), 20);
