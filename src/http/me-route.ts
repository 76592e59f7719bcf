import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { AppError } from '#domain/errors.ts';
import { ROLES, type RoleGrant } from '#domain/role.ts';
import type { PersonActor } from '#domain/actor.ts';

import type { AppEnv } from './app-env.ts';
import { authorizeRequest } from './authenticate.ts';
import { problemResponses } from './openapi-parts.ts';
import { queryObject } from './request-faults.ts';

export const RoleSchema = z.object({
  role: z.enum(ROLES),
  target: z.string().nullable().openapi({ description: 'A territory or an organization.' }),
});

const MeSchema = z
  .object({
    name: z.string(),
    rpps: z.string().nullable(),
    roles: z.array(RoleSchema),
    csrfToken: z.string().nullable().openapi({
      description: 'For `x-csrf-token`, when the session is a cookie’s: what is not a GET needs it.',
    }),
  })
  .openapi('Me');

const route = createRoute({
  method: 'get',
  path: '/v1/me',
  tags: ['access'],
  summary: 'Who is calling, and what they may do beyond their own page',
  request: { query: queryObject({}) },
  responses: {
    200: { description: 'Whoever signed in.', content: { 'application/json': { schema: MeSchema } } },
    ...problemResponses(400, 401, 403, 503),
  },
});

export function registerMe(app: OpenAPIHono<AppEnv>): void {
  app.openapi(route, (c) => {
    authorizeRequest(c, 'read-self');
    const actor = c.get('actor');
    if (actor.kind !== 'person') throw new AppError('not-allowed', 'Only people are somebody.', {});
    c.header('cache-control', 'no-store');
    const csrfToken = c.get('csrfToken') ?? null;
    return c.json({ name: actor.name, rpps: actor.rpps, roles: listRoles(actor), csrfToken }, 200);
  });
}

function listRoles(actor: PersonActor): { role: RoleGrant['role']; target: string | null }[] {
  return [
    ...(actor.isAdministrator ? [{ role: 'administrator' as const, target: null }] : []),
    ...actor.territories.map((target) => ({ role: 'coordinator' as const, target })),
    ...actor.organizations.map((target) => ({ role: 'manager' as const, target })),
  ];
}
