import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { listTerritories } from '#directory/list-territories.ts';

import type { AppEnv } from './app-env.ts';
import { problemResponses } from './openapi-parts.ts';
import { queryObject } from './request-faults.ts';

const TerritorySchema = z
  .object({
    id: z.string().openapi({ description: 'Taken by `where`, as is the name.', example: 'cpts-du-velay' }),
    name: z.string(),
    communeCount: z.int().openapi({ description: 'Arrondissements counted.' }),
  })
  .openapi('Territory');

const NoQuerySchema = queryObject({});

const route = createRoute({
  method: 'get',
  path: '/v1/territories',
  tags: ['territories'],
  summary: 'The territories (CPTS and others) that can be searched as places',
  request: { query: NoQuerySchema },
  responses: {
    200: {
      description: 'All of them, by name.',
      content: { 'application/json': { schema: z.object({ territories: z.array(TerritorySchema) }) } },
    },
    ...problemResponses(400, 503),
  },
});

export function registerListTerritories(app: OpenAPIHono<AppEnv>): void {
  app.openapi(route, async (c) => {
    const found = await listTerritories(c.get('directory'));
    const territories = found.map(({ id, name, communeCount }) => ({ id, name, communeCount }));
    return c.json({ territories }, 200);
  });
}
