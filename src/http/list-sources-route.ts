import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { listSources } from '#directory/list-sources.ts';
import { PUBLICATIONS } from '#domain/publications.ts';

import type { AppEnv } from './app-env.ts';
import { problemResponses } from './openapi-parts.ts';
import { queryObject } from './request-faults.ts';

const SourceSchema = z
  .object({
    source: z.string(),
    title: z.string(),
    publisher: z.string(),
    licence: z.string(),
    licenceUrl: z.string(),
    attribution: z.string().openapi({ description: 'To be shown wherever this data is, with its date.' }),
    url: z.string().openapi({ description: 'The file itself.' }),
    page: z.string().openapi({ description: 'What its publisher says of it.' }),
    cadence: z.enum(['daily', 'half-yearly']),
    publishedAt: z
      .string()
      .nullable()
      .openapi({ description: 'The date of the data, as its publisher says it.' }),
    checkedAt: z.string().nullable().openapi({ description: 'When an import last read it; null: never.' }),
    changedAt: z
      .string()
      .nullable()
      .openapi({ description: 'When an import last found something new in it.' }),
    lines: z.int().nullable(),
    accepted: z.int().nullable(),
    rejected: z.int().nullable(),
  })
  .openapi('Source');

const RunSchema = z.object({
  id: z.int(),
  state: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
});

const NoQuerySchema = queryObject({});

const route = createRoute({
  method: 'get',
  path: '/v1/sources',
  tags: ['operations'],
  summary: 'The official files: date of the data, licence, attribution, and the last import run',
  request: { query: NoQuerySchema },
  responses: {
    200: {
      description: 'Every source, imported or not.',
      content: {
        'application/json': {
          schema: z.object({ sources: z.array(SourceSchema), lastRun: RunSchema.nullable() }),
        },
      },
    },
    ...problemResponses(400, 503),
  },
});

export function registerListSources(app: OpenAPIHono<AppEnv>): void {
  app.openapi(route, async (c) => {
    const { sources, lastRun } = await listSources(c.get('directory'));
    const views = sources.map(({ source, state }) => ({
      source,
      ...PUBLICATIONS[source],
      publishedAt: state?.publishedAt ?? null,
      checkedAt: state?.checkedAt ?? null,
      changedAt: state?.changedAt ?? null,
      lines: state?.lines ?? null,
      accepted: state?.accepted ?? null,
      rejected: state?.rejected ?? null,
    }));
    const run = lastRun && {
      id: lastRun.id,
      state: lastRun.state,
      startedAt: lastRun.startedAt,
      finishedAt: lastRun.finishedAt,
    };
    return c.json({ sources: views, lastRun: run }, 200);
  });
}
