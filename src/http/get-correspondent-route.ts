import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { getCorrespondent } from '#directory/get-correspondent.ts';

import type { AppEnv } from './app-env.ts';
import { authorizeRequest } from './authenticate.ts';
import { CorrespondentSchema, toCorrespondentView } from './correspondent-view.ts';
import { problemResponses } from './openapi-parts.ts';
import { queryObject } from './request-faults.ts';

const ParametersSchema = z.object({
  id: z
    .string()
    .max(600)
    .openapi({
      param: { name: 'id', in: 'path' },
      description: 'The id of a correspondent, an RPPS number or a mailbox address.',
      example: '99100000012',
    }),
});

const NoQuerySchema = queryObject({});

const route = createRoute({
  method: 'get',
  path: '/v1/correspondents/{id}',
  tags: ['correspondents'],
  summary: 'One correspondent, as the store has it now',
  request: { params: ParametersSchema, query: NoQuerySchema },
  responses: {
    200: {
      description: 'The correspondent.',
      content: { 'application/json': { schema: CorrespondentSchema } },
    },
    ...problemResponses(400, 401, 403, 404, 503),
  },
});

export function registerGetCorrespondent(app: OpenAPIHono<AppEnv>): void {
  app.openapi(route, async (c) => {
    authorizeRequest(c, 'search');
    const directory = c.get('directory');
    const correspondent = await getCorrespondent(directory, c.req.valid('param').id);
    return c.json(toCorrespondentView(correspondent, directory.now()), 200);
  });
}
