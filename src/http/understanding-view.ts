import { z } from '@hono/zod-openapi';

const PlaceSchema = z.object({
  kind: z.enum([
    'commune',
    'postcode',
    'departement',
    'region',
    'epci',
    'territory',
    'position',
    'organization',
  ]),
  code: z.string(),
  label: z.string(),
});

const PartSchema = z.union([
  z.object({ as: z.enum(['title', 'name', 'initial', 'words']), text: z.string() }),
  z.object({
    as: z.literal('term'),
    text: z.string(),
    meanings: z.array(
      z.object({
        label: z.string(),
        professionCodes: z.array(z.string()),
        savoirFaireCodes: z.array(z.string()),
      }),
    ),
  }),
  z.object({ as: z.literal('place'), text: z.string(), place: PlaceSchema }),
]);

/** @see domain/understanding.ts */
export const UnderstandingSchema = z
  .object({
    parts: z.array(PartSchema).openapi({ description: 'What each part of `q` was taken for.' }),
    where: PlaceSchema.nullable(),
    near: PlaceSchema.nullable(),
    preferred: z
      .array(z.object({ kind: z.enum(['act', 'way']), code: z.string(), label: z.string() }))
      .openapi({
        description:
          'What `q` asks for that only people themselves say: those near who say so come first, then who has not said it and may do it as well; who says that they do not comes last.',
      }),
    widened: z
      .array(
        z.enum([
          'other-words',
          'other-spellings',
          'sounds-alike',
          'other-professions',
          'other-places',
          'some-words',
        ]),
      )
      .openapi({ description: 'What was given up or added for lack of results.' }),
    widenedToKm: z.int().nullable().openapi({
      description:
        'With `other-places`: how far from the place asked for the farthest result of this page is, in whole kilometres.',
    }),
    alternatives: z.array(PlaceSchema).openapi({
      description:
        'Other communes of the name of the place that was taken; give the label of one as `where` to mean it.',
    }),
    tryInstead: z.object({ query: z.string(), total: z.int() }).nullable().openapi({
      description:
        'When nothing is found: the query string of the nearest search that gives something, and how much.',
    }),
  })
  .openapi('Understanding');
