import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { AppError } from '#domain/errors.ts';
import { invite } from '#profiles/territories/invite.ts';
import { listTerritoryInvitations } from '#profiles/territories/list-territory-invitations.ts';

import type { AppEnv } from './app-env.ts';
import { auditContextOf, authorizeRequest } from './authenticate.ts';
import type { BodyRoute } from './limit-body.ts';
import { problemResponses } from './openapi-parts.ts';
import { publicOriginOf } from './public-origin.ts';
import { wholeNumber } from './query-parameters.ts';
import { queryObject } from './request-faults.ts';
import { signalOf } from './request-signal.ts';

const PATH = '/v1/territories/{id}/invitations';
/** For `limitBody`. */
export const INVITATION_BODY: BodyRoute = { method: 'POST', path: PATH, bytesMax: 100_000 };

const PEOPLE_MAX = 200;
const LISTED_MAX = 500;
const LISTED_DEFAULT = 100;

const InvitationSchema = z
  .object({
    practitionerId: z.string(),
    rpps: z.string().nullable(),
    name: z.string(),
    means: z.enum(['mailbox', 'email']),
    times: z.int(),
    sentAt: z.string(),
    openedAt: z.string().nullable().openapi({ description: 'By the person, who had signed in.' }),
    answeredAt: z.string().nullable().openapi({ description: 'When the page was changed since.' }),
    isExpired: z.boolean(),
  })
  .openapi('Invitation');

const inviteRoute = createRoute({
  method: 'post',
  path: PATH,
  tags: ['territories'],
  summary:
    'Sends people of a territory a link to fill their page, to their secure mailbox or a given e-mail address',
  description:
    'A link opens once, during 14 days, for the person who has signed in with that RPPS, and for nobody else. Nobody is invited twice in 14 days; with `again`, a territory sends its own invitation again after a day, and only the last link opens.',
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
            again: z.boolean().optional(),
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

const listRoute = createRoute({
  method: 'get',
  path: PATH,
  tags: ['territories'],
  summary: 'Whom a territory has invited, and what became of it',
  request: {
    params: z.object({ id: z.string().max(60) }),
    query: queryObject({
      offset: wholeNumber(0, 100_000).optional(),
      limit: wholeNumber(1, LISTED_MAX).optional(),
    }),
  },
  responses: {
    200: {
      description: 'The last invitation of each person, the latest first.',
      content: {
        'application/json': {
          schema: z.object({ invitations: z.array(InvitationSchema), nextOffset: z.int().nullable() }),
        },
      },
    },
    ...problemResponses(400, 401, 403, 404, 503),
  },
});

export function registerInvitations(app: OpenAPIHono<AppEnv>): void {
  app.openapi(listRoute, async (c) => {
    const { id } = c.req.valid('param');
    authorizeRequest(c, 'read-territory', { territories: [id] });
    const { offset = 0, limit = LISTED_DEFAULT } = c.req.valid('query');
    const { db } = c.get('directory').store;
    const found = await listTerritoryInvitations(db, id, { offset, limit });
    c.header('cache-control', 'no-store');
    return c.json(
      {
        invitations: found.invitations.map(
          ({ practitionerId, rpps, name, means, times, sentAt, openedAt, answeredAt, isExpired }) => ({
            practitionerId,
            rpps,
            name,
            means,
            times,
            sentAt,
            openedAt,
            answeredAt,
            isExpired,
          }),
        ),
        nextOffset: found.nextOffset ?? null,
      },
      200,
    );
  });
  app.openapi(inviteRoute, async (c) => {
    const { id } = c.req.valid('param');
    authorizeRequest(c, 'edit-territory', { territories: [id] });
    const { people, again } = c.req.valid('json');
    const origin = publicOriginOf(c);
    // The host that a request names could be anybody's: a link is of the address in the settings.
    if (origin === undefined)
      throw new AppError('route-not-found', 'Nobody can sign in here.', { nearest: undefined });
    const invitations = await invite(c.get('directory').store.db, c.get('sender'), {
      signal: signalOf(c),
      territoryId: id,
      people,
      isAgain: again,
      origin,
      audit: auditContextOf(c),
    });
    return c.json({ invitations }, 200);
  });
}
