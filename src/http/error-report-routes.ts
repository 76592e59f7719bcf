import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { getCorrespondent } from '#directory/get-correspondent.ts';
import { REPORT_MESSAGE_MAX, REPORTED_FIELDS } from '#domain/error-report.ts';
import { closeErrorReport, readErrorReports } from '#profiles/error-reports/handle-error-reports.ts';
import { reportError, toReportSubject } from '#profiles/error-reports/report-error.ts';

import type { AppEnv } from './app-env.ts';
import { auditContextOf, authorizeRequest } from './authenticate.ts';
import type { BodyRoute } from './limit-body.ts';
import { problemResponses } from './openapi-parts.ts';
import { queryObject } from './request-faults.ts';

const REPORT_PATH = '/v1/correspondents/{id}/error-reports';
const TERRITORY_PATH = '/v1/territories/{id}/error-reports';
const ALL_PATH = '/v1/error-reports';
/** For `limitBody`. */
export const ERROR_REPORT_BODIES: BodyRoute[] = [
  { method: 'POST', path: REPORT_PATH, bytesMax: 20_000 },
  { method: 'PATCH', path: `${TERRITORY_PATH}/{report}`, bytesMax: 100 },
  { method: 'PATCH', path: `${ALL_PATH}/{report}`, bytesMax: 100 },
];

const NoQuerySchema = queryObject({});
const ReportIdSchema = z.string().regex(/^\d{1,9}$/, 'It is the number of a report.');

/** What somebody says is wrong, as a body of the API and as a form of the pages. */
export const ReportSchema = queryObject({
  field: z.enum(REPORTED_FIELDS, { error: `It is one of ${REPORTED_FIELDS.join(', ')}.` }),
  message: z
    .string({ error: 'Say what is wrong.' })
    .trim()
    .min(1, 'Say what is wrong.')
    .max(REPORT_MESSAGE_MAX, `It may hold ${REPORT_MESSAGE_MAX} characters at most.`)
    .openapi({ description: 'For people. No identity of a patient: it is refused.' }),
});

const ReportsSchema = z.object({
  reports: z.array(
    z
      .object({
        id: z.int(),
        subjectId: z.string(),
        subjectName: z.string(),
        field: z.enum(REPORTED_FIELDS),
        message: z.string(),
        reporter: z.enum(['anonymous', 'person', 'application']),
        reportedAt: z.string(),
        closedAt: z.string().nullable(),
      })
      .openapi('ErrorReport'),
  ),
});

const ListQuerySchema = queryObject({
  state: z
    .enum(['open', 'closed'], { error: 'It is "open" or "closed".' })
    .optional()
    .openapi({ default: 'open' }),
});
const StateSchema = queryObject({
  state: z.enum(['open', 'closed'], { error: 'It is "open" or "closed".' }),
});
const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } });
const refusals = problemResponses(400, 401, 403, 404, 503);

const reportRoute = createRoute({
  method: 'post',
  path: REPORT_PATH,
  tags: ['error reports'],
  summary: 'Says that something is wrong about a correspondent',
  description:
    'It is read by the coordinators of the territories where it practises, and by administrators: nobody else. Whoever is unknown may say so a few times an hour.',
  request: {
    query: NoQuerySchema,
    params: z.object({ id: z.string().min(1).max(400).openapi({ example: '99000000001' }) }),
    body: { required: true, content: json(ReportSchema) },
  },
  responses: {
    201: { description: 'Kept.', content: json(z.object({ id: z.int() })) },
    ...refusals,
    ...problemResponses(413, 429),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: TERRITORY_PATH,
  tags: ['error reports'],
  summary: 'What people say is wrong in a territory',
  request: { query: ListQuerySchema, params: z.object({ id: z.string().max(60) }) },
  responses: { 200: { description: 'The latest 200.', content: json(ReportsSchema) }, ...refusals },
});

const listAllRoute = createRoute({
  method: 'get',
  path: ALL_PATH,
  tags: ['error reports'],
  summary: 'What people say is wrong, everywhere',
  request: { query: ListQuerySchema },
  responses: { 200: { description: 'The latest 200.', content: json(ReportsSchema) }, ...refusals },
});

const closeRoute = createRoute({
  method: 'patch',
  path: `${TERRITORY_PATH}/{report}`,
  tags: ['error reports'],
  summary: 'Closes a report of a territory, or opens it again',
  request: {
    query: NoQuerySchema,
    params: z.object({ id: z.string().max(60), report: ReportIdSchema }),
    body: { required: true, content: json(StateSchema) },
  },
  responses: { 204: { description: 'Done.' }, ...refusals, ...problemResponses(413) },
});

const closeAnyRoute = createRoute({
  method: 'patch',
  path: `${ALL_PATH}/{report}`,
  tags: ['error reports'],
  summary: 'Closes a report, or opens it again',
  request: {
    query: NoQuerySchema,
    params: z.object({ report: ReportIdSchema }),
    body: { required: true, content: json(StateSchema) },
  },
  responses: { 204: { description: 'Done.' }, ...refusals, ...problemResponses(413) },
});

export function registerErrorReports(app: OpenAPIHono<AppEnv>): void {
  app.openapi(reportRoute, async (c) => {
    authorizeRequest(c, 'report-error');
    const directory = c.get('directory');
    const subject = toReportSubject(await getCorrespondent(directory, c.req.valid('param').id));
    const id = await reportError(directory.store.db, c.get('actor'), subject, c.req.valid('json'));
    return c.json({ id }, 201);
  });
  app.openapi(listRoute, async (c) => {
    const territoryId = c.req.valid('param').id;
    authorizeRequest(c, 'read-territory', { territories: [territoryId] });
    c.header('cache-control', 'no-store');
    const { state = 'open' } = c.req.valid('query');
    return c.json(
      { reports: await readErrorReports(c.get('directory').store.db, { territoryId, state }) },
      200,
    );
  });
  app.openapi(listAllRoute, async (c) => {
    authorizeRequest(c, 'operate');
    c.header('cache-control', 'no-store');
    const { state = 'open' } = c.req.valid('query');
    return c.json({ reports: await readErrorReports(c.get('directory').store.db, { state }) }, 200);
  });
  app.openapi(closeRoute, async (c) => {
    const { id: territoryId, report } = c.req.valid('param');
    authorizeRequest(c, 'close-error-report', { territories: [territoryId] });
    const isClosed = c.req.valid('json').state === 'closed';
    await closeErrorReport(
      c.get('directory').store.db,
      Number(report),
      { isClosed, territoryId },
      auditContextOf(c),
    );
    return c.body(null, 204);
  });
  app.openapi(closeAnyRoute, async (c) => {
    authorizeRequest(c, 'operate');
    const isClosed = c.req.valid('json').state === 'closed';
    await closeErrorReport(
      c.get('directory').store.db,
      Number(c.req.valid('param').report),
      { isClosed },
      auditContextOf(c),
    );
    return c.body(null, 204);
  });
}
