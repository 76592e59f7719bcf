import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { accepts } from 'hono/accepts';
import { stream } from 'hono/streaming';

import { listChanges, type Change } from '#directory/list-changes.ts';

import type { AppEnv } from './app-env.ts';
import { authorizeRequest } from './authenticate.ts';
import { CorrespondentSchema, toCorrespondentView } from './correspondent-view.ts';
import { problemResponses } from './openapi-parts.ts';
import { queryObject } from './request-faults.ts';
import { wholeNumber } from './query-parameters.ts';

const PAGE_LIMIT_MAX = 1000;

const ChangeSchema = z
  .object({
    id: z.string(),
    operation: z.enum(['created', 'changed', 'removed']),
    correspondent: CorrespondentSchema.nullable(),
    cursor: z.string(),
  })
  .openapi('Change');

const QuerySchema = queryObject({
  since: z
    .string()
    .max(100)
    .optional()
    .openapi({ description: 'A cursor given before; absent: from the start.' }),
  limit: wholeNumber(1, PAGE_LIMIT_MAX).optional().openapi({
    type: 'integer',
    minimum: 1,
    maximum: PAGE_LIMIT_MAX,
    default: 200,
    description: 'Changes a page. As NDJSON every change comes, whatever their number.',
  }),
});

const route = createRoute({
  method: 'get',
  path: '/v1/changes',
  tags: ['changes'],
  summary: 'What was created, changed and removed since a cursor, of any age',
  description:
    'Keep `next` and come back with it. With `Accept: application/x-ndjson` all changes come in one answer, a line each; each line has its own `cursor`, from which a broken walk goes on.',
  request: { query: QuerySchema },
  responses: {
    200: {
      description: 'The changes, oldest first.',
      content: {
        'application/json': {
          schema: z.object({ changes: z.array(ChangeSchema), next: z.string(), hasMore: z.boolean() }),
        },
        'application/x-ndjson': { schema: ChangeSchema },
      },
    },
    ...problemResponses(400, 401, 403, 410, 503),
  },
});

export function registerListChanges(app: OpenAPIHono<AppEnv>): void {
  app.openapi(route, async (c) => {
    authorizeRequest(c, 'export-changes');
    const { since, limit = 200 } = c.req.valid('query');
    const directory = c.get('directory');
    const toView = ({ id, operation, correspondent, cursor }: Change) => ({
      id,
      operation,
      correspondent: correspondent && toCorrespondentView(correspondent, directory.now()),
      cursor,
    });
    const wanted = accepts(c, {
      header: 'Accept',
      supports: ['application/json', 'application/x-ndjson'],
      default: 'application/json',
    });
    const first = await listChanges(directory, since, wanted === 'application/json' ? limit : PAGE_LIMIT_MAX);
    if (wanted === 'application/json') {
      const { changes, next, hasMore } = first;
      return c.json({ changes: changes.map(toView), next, hasMore }, 200);
    }
    c.header('content-type', 'application/x-ndjson');
    return stream(c, async (out) => {
      let page = first;
      for (;;) {
        const lines = page.changes.map((change) => `${JSON.stringify(toView(change))}\n`);
        await out.write(lines.join(''));
        if (!page.hasMore || out.aborted) return;
        page = await listChanges(directory, page.next, PAGE_LIMIT_MAX);
      }
    }) as never;
  });
}
