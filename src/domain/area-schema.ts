import { z } from 'zod';

import { AREA_KINDS, nameOfAreaPlace, WHOLE_COUNTRY, type AreaPlace } from './area.ts';
import { findCommune } from './geography.ts';
import { fault, listOf } from './profile-schema.ts';
import { strictObject } from './strict-object.ts';

const PLACES_MAX = 500;

/** One place at least, each once, communes by their current code. Whether a territory is known, the store tells. */
export const AreaSchema = listOf(
  strictObject({
    kind: z.enum(AREA_KINDS, `It is one of ${AREA_KINDS.join(', ')}.`),
    code: z.string().max(60),
  }).transform((place, context): AreaPlace => {
    const { kind, code } = place;
    if (kind === 'territory') return place;
    const current = kind === 'commune' ? findCommune(code.toUpperCase())?.code : code.toUpperCase();
    const known = { kind, code: current ?? code };
    if (nameOfAreaPlace(known) === undefined) {
      const hint = kind === 'country' ? ` For all of France it is ${WHOLE_COUNTRY}.` : '';
      fault(context, ['code'], `"${code}" is not the code of a ${kind}.${hint}`);
    }
    return known;
  }),
  PLACES_MAX,
)
  .transform((places) => [...new Map(places.map((it) => [`${it.kind} ${it.code}`, it])).values()])
  .refine((places) => places.length > 0, 'It names one place at least.');
