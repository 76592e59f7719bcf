import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import {
  listWithheld,
  releaseCorrespondent,
  withholdCorrespondent,
} from '#profiles/withheld/withhold-correspondent.ts';

import type { AppEnv } from './app-env.ts';
import { auditContextOf, authorizeRequest } from './authenticate.ts';
import type { BodyRoute } from './limit-body.ts';
import { problemResponses } from './openapi-parts.ts';
import { queryObject } from './request-faults.ts';

const PATH = '/v1/withheld';
/** For `limitBody`. */
export const WITHHELD_BODY: BodyRoute = { method: 'POST', path: PATH, bytesMax: 4000 };

const WHO = z.string().min(1).max(260).openapi({
  description: 'An RPPS number or a mailbox address.',
  example: '99000000001',
});
const NoQuerySchema = queryObject({});

const addRoute = createRoute({
  method: 'post',
  path: PATH,
  tags: ['withheld'],
  summary: 'Hides a person or a mailbox from every channel at once: red list, opposition',
  request: {
    query: NoQuerySchema,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: queryObject({ who: WHO, reason: z.string().trim().min(1).max(500) }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'Hidden from now on.',
      content: { 'application/json': { schema: z.object({ isNew: z.boolean() }) } },
    },
    ...problemResponses(400, 401, 403, 413, 503),
  },
});

const removeRoute = createRoute({
  method: 'delete',
  path: `${PATH}/{who}`,
  tags: ['withheld'],
  summary: 'Shows again what was withheld',
  request: { query: NoQuerySchema, params: z.object({ who: WHO }) },
  responses: {
    200: {
      description: 'Shown from now on.',
      content: { 'application/json': { schema: z.object({ wasWithheld: z.boolean() }) } },
    },
    ...problemResponses(400, 401, 403, 503),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: PATH,
  tags: ['withheld'],
  summary: 'Who is withheld, why and since when',
  request: { query: NoQuerySchema },
  responses: {
    200: {
      description: 'All of them.',
      content: {
        'application/json': {
          schema: z.object({
            withheld: z.array(z.object({ key: z.string(), reason: z.string(), since: z.string() })),
          }),
        },
      },
    },
    ...problemResponses(400, 401, 403, 503),
  },
});

export function registerWithheld(app: OpenAPIHono<AppEnv>): void {
  app.openapi(addRoute, async (c) => {
    authorizeRequest(c, 'withhold');
    const { who, reason } = c.req.valid('json');
    const { db } = c.get('directory').store;
    return c.json({ isNew: await withholdCorrespondent(db, who, reason, auditContextOf(c)) }, 200);
  });
  app.openapi(removeRoute, async (c) => {
    authorizeRequest(c, 'withhold');
    const { who } = c.req.valid('param');
    const { db } = c.get('directory').store;
    return c.json({ wasWithheld: await releaseCorrespondent(db, who, auditContextOf(c)) }, 200);
  });
  app.openapi(listRoute, async (c) => {
    authorizeRequest(c, 'withhold');
    c.header('cache-control', 'no-store');
    return c.json({ withheld: await listWithheld(c.get('directory').store.db) }, 200);
  });
}
