import { z } from 'zod';

import type { AvailableTime } from './profile.ts';
import { availableTime, checkNoOverlap, listOf, words } from './profile-schema.ts';
import { strictObject } from './strict-object.ts';

/** Whom to call when writing would take too long: in which case, and when somebody answers. */
export interface UrgentNumber {
  case: string;
  /** Digits, with `+` first for a foreign one. */
  phone: string;
  /** Absent: at any time. */
  availableTime?: AvailableTime[];
}

const NUMBERS_MAX = 10;

const phone = z
  .string()
  .max(30)
  .transform((text) => text.replace(/[\s.\-()\u00a0\u202f]/g, '').replace(/^(?:\+|00)33(?=\d{9}$)/, '0'))
  .refine((text) => /^\+?\d{2,15}$/.test(text), 'It is a phone number such as 04 71 04 32 10, or 15.');

export const UrgentNumbersSchema = listOf(
  strictObject({
    case: words(120),
    phone,
    availableTime: listOf(availableTime).superRefine(checkNoOverlap).optional(),
  }),
  NUMBERS_MAX,
);
