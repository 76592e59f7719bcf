import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { grantRole, readRoles, revokeRole } from '#access/roles.ts';
import { ROLES } from '#domain/role.ts';

import type { AppEnv } from './app-env.ts';
import { auditContextOf, authorizeRequest } from './authenticate.ts';
import type { BodyRoute } from './limit-body.ts';
import { RoleSchema } from './me-route.ts';
import { problemResponses } from './openapi-parts.ts';
import { queryObject } from './request-faults.ts';

const PATH = '/v1/roles';
const REVOCATION_PATH = `${PATH}/revocations`;
/** For `limitBody`. */
export const ROLES_BODIES: BodyRoute[] = [PATH, REVOCATION_PATH].map((path) => ({
  method: 'POST',
  path,
  bytesMax: 4000,
}));

const NoQuerySchema = queryObject({});
const body = {
  required: true,
  content: {
    'application/json': {
      schema: queryObject({
        who: z.string().min(1).max(600).openapi({
          description:
            'An RPPS number; or an issuer, a space, and what it calls the person: a verified e-mail address or a subject.',
          example: 'https://auth.example.org odile@example.org',
        }),
        role: z.enum(ROLES),
        target: z
          .string()
          .max(100)
          .optional()
          .openapi({ description: 'Id of a territory or of an organization; none for administrators.' }),
      }),
    },
  },
};

const grantRoute = createRoute({
  method: 'post',
  path: PATH,
  tags: ['access'],
  summary: 'Gives a role to somebody who signs in',
  request: { query: NoQuerySchema, body },
  responses: {
    200: {
      description: 'It counts from now on.',
      content: { 'application/json': { schema: z.object({ isNew: z.boolean() }) } },
    },
    ...problemResponses(400, 401, 403, 413, 503),
  },
});

const revokeRoute = createRoute({
  method: 'post',
  path: REVOCATION_PATH,
  tags: ['access'],
  summary: 'Takes a role back',
  request: { query: NoQuerySchema, body },
  responses: {
    200: {
      description: 'It counts no more.',
      content: { 'application/json': { schema: z.object({ wasGranted: z.boolean() }) } },
    },
    ...problemResponses(400, 401, 403, 413, 503),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: PATH,
  tags: ['access'],
  summary: 'Every role that was given, to whom and by whom',
  request: { query: NoQuerySchema },
  responses: {
    200: {
      description: 'All of them.',
      content: {
        'application/json': {
          schema: z.object({
            roles: z.array(
              RoleSchema.extend({ who: z.string(), grantedAt: z.string(), grantedBy: z.string() }),
            ),
          }),
        },
      },
    },
    ...problemResponses(400, 401, 403, 503),
  },
});

export function registerRoles(app: OpenAPIHono<AppEnv>): void {
  app.openapi(grantRoute, async (c) => {
    authorizeRequest(c, 'manage-roles');
    const { who, role, target } = c.req.valid('json');
    const { db } = c.get('directory').store;
    return c.json({ isNew: await grantRole(db, { who, role, target }, auditContextOf(c)) }, 200);
  });
  app.openapi(revokeRoute, async (c) => {
    authorizeRequest(c, 'manage-roles');
    const { who, role, target } = c.req.valid('json');
    const { db } = c.get('directory').store;
    return c.json({ wasGranted: await revokeRole(db, { who, role, target }, auditContextOf(c)) }, 200);
  });
  app.openapi(listRoute, async (c) => {
    authorizeRequest(c, 'manage-roles');
    c.header('cache-control', 'no-store');
    return c.json({ roles: await readRoles(c.get('directory').store.db) }, 200);
  });
}
