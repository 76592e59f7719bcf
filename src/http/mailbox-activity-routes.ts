import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { declareMailboxChannels } from '#profiles/mailbox-activity/declare-mailbox-channels.ts';
import { reportMailboxActivity } from '#profiles/mailbox-activity/report-mailbox-activity.ts';

import type { AppEnv } from './app-env.ts';
import { authorizeRequest } from './authenticate.ts';
import type { BodyRoute } from './limit-body.ts';
import { problemResponses } from './openapi-parts.ts';
import { queryObject } from './request-faults.ts';

const BYTES_MAX = 16 * 1024 * 1024;
const ACTIVITY_PATH = '/v1/mailbox-activity';
const CHANNELS_PATH = '/v1/mailbox-channels';
/** For `limitBody`. */
export const MAILBOX_BODIES: BodyRoute[] = [ACTIVITY_PATH, CHANNELS_PATH].map((path) => ({
  method: 'POST',
  path,
  bytesMax: BYTES_MAX,
}));

const ReportSchema = z
  .object({
    lines: z.int(),
    accepted: z.int(),
    faultCount: z.int(),
    faults: z.array(z.object({ line: z.int(), pointer: z.string(), detail: z.string() })),
  })
  .openapi('LinesReport', { description: 'Good lines are taken even where others are not.' });

const toRoute = (path: string, summary: string, example: string) =>
  createRoute({
    method: 'post',
    path,
    tags: ['mailboxes'],
    summary,
    request: {
      query: queryObject({}),
      body: {
        required: true,
        content: { 'application/x-ndjson': { schema: z.string().openapi({ example }) } },
      },
    },
    responses: {
      200: { description: 'What became of it.', content: { 'application/json': { schema: ReportSchema } } },
      ...problemResponses(400, 401, 403, 413, 503),
    },
  });

const activityRoute = toRoute(
  ACTIVITY_PATH,
  'When mailboxes of the key’s domains were last opened, one a line, 50,000 at most',
  '{"address":"cabinet@exemple.mssante.fr","openedAt":"2026-11-20T08:30:00Z"}',
);
const channelsRoute = toRoute(
  CHANNELS_PATH,
  'What mailboxes of the key’s domains receive beside mail, one a line, 50,000 at most',
  '{"address":"cabinet@exemple.mssante.fr","channels":["instantConversation"]}',
);

export function registerMailboxActivity(app: OpenAPIHono<AppEnv>): void {
  app.openapi(activityRoute, async (c) => {
    authorizeRequest(c, 'report-mailboxes');
    const { store, now } = c.get('directory');
    return c.json(await reportMailboxActivity(store.db, c.get('actor'), await c.req.text(), now()), 200);
  });
  app.openapi(channelsRoute, async (c) => {
    authorizeRequest(c, 'report-mailboxes');
    const { store } = c.get('directory');
    return c.json(await declareMailboxChannels(store.db, c.get('actor'), await c.req.text()), 200);
  });
}
