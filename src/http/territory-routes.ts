import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { labelOf } from '#domain/code-lists.ts';
import { WAYS_OF_PRACTISING } from '#domain/practising.ts';
import { checkSpreadsheet } from '#profiles/territories/check-spreadsheet.ts';
import { exportProfessionals } from '#profiles/territories/export-professionals.ts';
import { readBoard } from '#profiles/territories/read-board.ts';

import type { AppEnv } from './app-env.ts';
import { authorizeRequest } from './authenticate.ts';
import type { BodyRoute } from './limit-body.ts';
import { problemResponses } from './openapi-parts.ts';
import { queryObject } from './request-faults.ts';

const CHECK_PATH = '/v1/territories/{id}/spreadsheet-checks';
/** For `limitBody`. */
export const SPREADSHEET_BODY: BodyRoute = { method: 'POST', path: CHECK_PATH, bytesMax: 10_000_000 };

const request = { query: queryObject({}), params: z.object({ id: z.string().max(60) }) };
const refusals = problemResponses(400, 401, 403, 404, 503);

const numbers = { professionals: z.int(), withoutMailbox: z.int() };
const BoardSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    ...numbers,
    professions: z
      .array(z.object({ code: z.string(), label: z.string(), ...numbers }))
      .openapi({ description: 'The most numerous first; somebody of two professions counts in both.' }),
    progress: z
      .array(z.object({ day: z.string(), ...numbers }))
      .openapi({ description: 'One a day, the oldest first.' }),
  })
  .openapi('TerritoryBoard');

const boardRoute = createRoute({
  method: 'get',
  path: '/v1/territories/{id}/board',
  tags: ['territories'],
  summary: 'Who practises in a territory by profession, how many have no mailbox, and the days before',
  request,
  responses: {
    200: { description: 'Counted now.', content: { 'application/json': { schema: BoardSchema } } },
    ...refusals,
  },
});

const exportRoute = createRoute({
  method: 'get',
  path: '/v1/territories/{id}/professionals.csv',
  tags: ['territories'],
  summary: 'Who practises in a territory, as a table for a spreadsheet',
  request,
  responses: {
    200: {
      description: 'UTF-8, parted by `;`; a line a person, profession and commune.',
      content: { 'text/csv': { schema: z.string() } },
    },
    ...refusals,
  },
});

const CheckSchema = z
  .object({
    matched: z
      .array(
        z.object({
          lines: z.array(z.int()),
          practitionerId: z.string(),
          ways: z.object(Object.fromEntries(WAYS_OF_PRACTISING.map((way) => [way, z.boolean().optional()]))),
        }),
      )
      .openapi({ description: 'Whom the lines are about, and what they say.' }),
    doubtful: z
      .array(
        z.object({
          line: z.int(),
          candidates: z.array(
            z.object({ rpps: z.string().nullable(), name: z.string(), commune: z.string() }),
          ),
        }),
      )
      .openapi({ description: 'Lines that may mean any of these people: the RPPS decides.' }),
    faults: z.array(z.object({ line: z.int(), column: z.string().nullable(), detail: z.string() })),
  })
  .openapi('SpreadsheetCheck');

const checkRoute = createRoute({
  method: 'post',
  path: CHECK_PATH,
  tags: ['territories'],
  summary:
    'What is wrong with a spreadsheet, by line and column, and whom each line is about; nothing is kept',
  request: { ...request, body: { required: true, content: { 'text/csv': { schema: z.string() } } } },
  responses: {
    200: {
      description: 'UTF-8 or Windows-1252, parted by `;`, `,` or tabs, 20,000 lines at most.',
      content: { 'application/json': { schema: CheckSchema } },
    },
    ...refusals,
    ...problemResponses(413),
  },
});

export function registerTerritories(app: OpenAPIHono<AppEnv>): void {
  app.openapi(boardRoute, async (c) => {
    const { id } = c.req.valid('param');
    authorizeRequest(c, 'read-territory', { territories: [id] });
    const { territory, professions, ...board } = await readBoard(c.get('directory').store.db, id);
    const labelled = professions.map((it) => ({ ...it, label: labelOf('profession', it.code) ?? it.code }));
    return c.json({ id, name: territory.name, ...board, professions: labelled }, 200);
  });
  app.openapi(exportRoute, async (c) => {
    const { id } = c.req.valid('param');
    authorizeRequest(c, 'read-territory', { territories: [id] });
    const { db } = c.get('directory').store;
    const { territory } = await readBoard(db, id);
    return c.body(await exportProfessionals(db, id), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${territory.id}.csv"`,
      'cache-control': 'no-store',
    }) as never;
  });
  app.openapi(checkRoute, async (c) => {
    const { id } = c.req.valid('param');
    authorizeRequest(c, 'read-territory', { territories: [id] });
    const { db } = c.get('directory').store;
    await readBoard(db, id);
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    return c.json(await checkSpreadsheet(db, id, bytes), 200) as never;
  });
}
