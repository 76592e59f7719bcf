import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { readAudit } from '#access/read-audit.ts';
import { AppError } from '#domain/errors.ts';

import type { AppEnv } from './app-env.ts';
import { authorizeRequest } from './authenticate.ts';
import { problemResponses } from './openapi-parts.ts';
import { wholeNumber } from './query-parameters.ts';
import { queryObject } from './request-faults.ts';

const LIMIT_MAX = 500;
const LIMIT_DEFAULT = 100;

const EventSchema = z
  .object({
    id: z.string(),
    at: z.string(),
    actorKind: z.enum(['anonymous', 'person', 'application', 'operator']),
    keyId: z.string().nullable(),
    actorName: z.string().nullable(),
    application: z
      .string()
      .nullable()
      .openapi({ description: 'Through which a person acted; null: the pages of this service.' }),
    operation: z.string(),
    target: z.object({ kind: z.string(), id: z.string() }).nullable(),
    outcome: z.string(),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()).nullable(),
  })
  .openapi('AuditEvent');

const paging = {
  before: z
    .string()
    .regex(/^\d{1,18}$/, 'It is the `next` of another page.')
    .optional()
    .openapi({ description: 'Older than this: the `next` of the page before.' }),
  limit: wholeNumber(1, LIMIT_MAX)
    .optional()
    .openapi({ type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT }),
};

const PageSchema = z.object({ events: z.array(EventSchema), next: z.string().nullable() });
const answers = {
  200: { description: 'The latest first.', content: { 'application/json': { schema: PageSchema } } },
  ...problemResponses(400, 401, 403, 503),
};

const auditRoute = createRoute({
  method: 'get',
  path: '/v1/audit',
  tags: ['audit'],
  summary: 'Who did what: every write and every privileged read',
  request: {
    query: queryObject({
      ...paging,
      actorName: z
        .string()
        .min(1)
        .max(100)
        .optional()
        .openapi({ description: 'In the name of whoever did it.' }),
      operation: z.string().min(1).max(60).optional(),
      targetKind: z.string().max(40).optional(),
      targetId: z.string().max(300).optional(),
    }),
  },
  responses: answers,
});

const ownAuditRoute = createRoute({
  method: 'get',
  path: '/v1/me/audit',
  tags: ['audit'],
  summary: 'Who did what to one’s own page',
  request: { query: queryObject(paging) },
  responses: answers,
});

export function registerAudit(app: OpenAPIHono<AppEnv>): void {
  app.openapi(auditRoute, async (c) => {
    authorizeRequest(c, 'read-audit');
    const { limit = LIMIT_DEFAULT, targetKind, targetId, ...asked } = c.req.valid('query');
    if ((targetKind === undefined) !== (targetId === undefined)) {
      const detail = 'targetKind and targetId go together.';
      throw new AppError('request-invalid', detail, { faults: [{ pointer: 'query.targetId', detail }] });
    }
    const target = targetKind && targetId ? { kind: targetKind, id: targetId } : undefined;
    const { db } = c.get('directory').store;
    c.header('cache-control', 'no-store');
    return c.json(await readAudit(db, { ...asked, limit, target }), 200);
  });
  app.openapi(ownAuditRoute, async (c) => {
    const actor = c.get('actor');
    const rpps = actor.kind === 'person' ? actor.rpps : null;
    authorizeRequest(c, 'read-own-audit', { owner: rpps ?? undefined });
    const { before, limit = LIMIT_DEFAULT } = c.req.valid('query');
    const { db } = c.get('directory').store;
    c.header('cache-control', 'no-store');
    return c.json(await readAudit(db, { before, limit, target: { kind: 'practitioner', id: rpps! } }), 200);
  });
}
