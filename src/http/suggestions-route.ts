import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { suggest, SUGGESTION_KINDS } from '#directory/suggest.ts';

import type { AppEnv } from './app-env.ts';
import { authorizeRequest } from './authenticate.ts';
import { problemResponses } from './openapi-parts.ts';
import { wholeNumber } from './query-parameters.ts';
import { queryObject } from './request-faults.ts';
import { signalOf } from './request-signal.ts';

const SUGGESTIONS_LIMIT = 8;

const QuerySchema = queryObject({
  q: z
    .string({ error: 'Give what was typed so far, once.' })
    .min(1, 'Give what was typed so far.')
    .max(200, 'It may hold 200 characters at most.')
    .openapi({ description: 'What was typed so far.', example: 'kin' }),
  near: z.string().max(200).optional().openapi({ description: 'As in a search.', example: '43000' }),
  limit: wholeNumber(1, 20).optional().openapi({ type: 'integer', minimum: 1, maximum: 20, default: 8 }),
});

const SuggestionsSchema = z
  .object({
    suggestions: z.array(
      z.object({
        kind: z.enum(SUGGESTION_KINDS),
        label: z.string(),
        detail: z.string().nullable(),
        id: z.string().nullable().openapi({ description: "A correspondent's." }),
        q: z.string().nullable().openapi({ description: 'With `where`, the search that choosing it makes.' }),
        where: z.string().nullable(),
      }),
    ),
  })
  .openapi('Suggestions');

const route = createRoute({
  method: 'get',
  path: '/v1/suggestions',
  tags: ['correspondents'],
  summary: 'What somebody may be about to type',
  description: 'People, services, what people do, structures and places, mixed, the likeliest first.',
  request: { query: QuerySchema },
  responses: {
    200: { description: 'At most `limit`.', content: { 'application/json': { schema: SuggestionsSchema } } },
    ...problemResponses(400, 401, 403, 503),
  },
});

export function registerSuggestions(app: OpenAPIHono<AppEnv>): void {
  app.openapi(route, async (c) => {
    authorizeRequest(c, 'search');
    const { q, near, limit } = c.req.valid('query');
    const place = near?.trim();
    const suggestions = await suggest(
      c.get('directory'),
      { text: q, near: place === '' ? undefined : place, limit: limit ?? SUGGESTIONS_LIMIT },
      signalOf(c),
    );
    return c.json({ suggestions }, 200);
  });
}
