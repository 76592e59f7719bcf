import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import type { Directory } from '#directory/directory.ts';

import type { AppEnv } from './app-env.ts';

export interface DependencyHealth {
  name: 'store' | 'search';
  isUp: boolean;
  /** What is the matter, or what is still going on; never a secret. */
  detail: string;
  /** The same in French, for pages. */
  detailForPeople: string;
}

/** Up: it answers and has what the service needs of it. `directory` is the request's. */
export type HealthCheck = (directory: Directory) => Promise<DependencyHealth[]>;

const HealthSchema = z
  .object({
    status: z.enum(['up', 'down']),
    dependencies: z.array(z.object({ name: z.string(), status: z.enum(['up', 'down']), detail: z.string() })),
  })
  .openapi('Health');

const json = { 'application/json': { schema: HealthSchema } };

export function registerHealth(app: OpenAPIHono<AppEnv>, check: HealthCheck): void {
  const live = createRoute({
    method: 'get',
    path: '/health/live',
    tags: ['operations'],
    summary: 'Whether the process answers',
    responses: { 200: { description: 'It does.', content: json } },
  });
  app.openapi(live, (c) => c.json({ status: 'up' as const, dependencies: [] }, 200));

  const ready = createRoute({
    method: 'get',
    path: '/health/ready',
    tags: ['operations'],
    summary: 'Whether it can serve, and which dependency fails',
    responses: {
      200: { description: 'It can.', content: json },
      503: { description: 'It cannot: see `dependencies`.', content: json },
    },
  });
  app.openapi(ready, async (c) => {
    const dependencies = await check(c.get('directory'));
    const isUp = dependencies.every((it) => it.isUp);
    const view = {
      status: isUp ? ('up' as const) : ('down' as const),
      dependencies: dependencies.map(({ name, isUp, detail }) => ({
        name,
        status: isUp ? ('up' as const) : ('down' as const),
        detail,
      })),
    };
    return c.json(view, isUp ? 200 : 503);
  });
}
