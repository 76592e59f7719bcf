import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { AppError } from '#domain/errors.ts';
import { invite } from '#profiles/territories/invite.ts';

import type { AppEnv } from './app-env.ts';
import { auditContextOf, authorizeRequest } from './authenticate.ts';
import type { BodyRoute } from './limit-body.ts';
import { problemResponses } from './openapi-parts.ts';
import { publicOriginOf } from './public-origin.ts';
import { queryObject } from './request-faults.ts';

const PATH = '/v1/territories/{id}/invitations';
/** For `limitBody`. */
export const INVITATION_BODY: BodyRoute = { method: 'POST', path: PATH, bytesMax: 100_000 };

const PEOPLE_MAX = 200;

const inviteRoute = createRoute({
  method: 'post',
  path: PATH,
  tags: ['territories'],
  summary:
    'Sends people of a territory a link to fill their page, to their secure mailbox or a given e-mail address',
  description:
    'A link opens once, during 14 days, and proves nothing: who opens it signs in. Nobody is invited twice in 14 days.',
  request: {
    params: z.object({ id: z.string().max(60) }),
    query: queryObject({}),
    body: {
      required: true,
      content: {
        'application/json': {
          schema: queryObject({
            people: z
              .array(queryObject({ rpps: z.string().max(20), email: z.string().max(254).optional() }))
              .min(1)
              .max(PEOPLE_MAX),
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'What became of each, in their order.',
      content: {
        'application/json': {
          schema: z.object({
            invitations: z.array(
              z.object({
                rpps: z.string(),
                outcome: z.enum(['sent', 'too-soon', 'no-address', 'not-here', 'not-sent']),
              }),
            ),
          }),
        },
      },
    },
    ...problemResponses(400, 401, 403, 404, 413, 503),
  },
});

export function registerInvitations(app: OpenAPIHono<AppEnv>): void {
  app.openapi(inviteRoute, async (c) => {
    const { id } = c.req.valid('param');
    authorizeRequest(c, 'edit-territory', { territories: [id] });
    const { people } = c.req.valid('json');
    const origin = publicOriginOf(c);
    // The host that a request names could be anybody's: a link is of the address in the settings.
    if (origin === undefined)
      throw new AppError('route-not-found', 'Nobody can sign in here.', { nearest: undefined });
    const invitations = await invite(c.get('directory').store.db, c.get('sender'), {
      territoryId: id,
      people,
      origin,
      audit: auditContextOf(c),
    });
    return c.json({ invitations }, 200);
  });
}
