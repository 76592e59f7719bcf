import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { labelOf } from '#domain/code-lists.ts';
import { findCommune } from '#domain/geography.ts';
import { exportBoard } from '#profiles/territories/export-board.ts';
import { exportProfessionals } from '#profiles/territories/export-professionals.ts';
import { listTerritoryMembers } from '#profiles/territories/list-territory-members.ts';
import { readBoard } from '#profiles/territories/read-board.ts';

import type { AppEnv } from './app-env.ts';
import { authorizeRequest } from './authenticate.ts';
import { problemResponses } from './openapi-parts.ts';
import { wholeNumber } from './query-parameters.ts';
import { queryObject } from './request-faults.ts';

const request = { query: queryObject({}), params: z.object({ id: z.string().max(60) }) };
const refusals = problemResponses(400, 401, 403, 404, 503);

const numbers = {
  professionals: z.int(),
  withoutMailbox: z.int(),
  emptyPages: z.int().openapi({ description: 'Nothing is said.' }),
  partialPages: z.int().openapi({ description: 'Something is said; the page is not complete.' }),
  completePages: z.int().openapi({
    description:
      'The eight ways of practising are said (yes or no), hours at one place at least, and an area where home visits are made.',
  }),
  stalePages: z.int().openapi({ description: 'Something is said, and nobody has changed it for 12 months.' }),
};
const counted = z.int().nullable().openapi({ description: 'Null on days when it was not counted.' });
const BoardSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    ...numbers,
    errorReports: z.int().openapi({ description: 'Reports of errors that nobody has closed.' }),
    invitations: z.object({ invited: z.int(), opened: z.int(), answered: z.int() }).openapi({
      description:
        'People who were invited to fill their page; who opened the link; whose page has changed since.',
    }),
    professions: z
      .array(z.object({ code: z.string(), label: z.string(), ...numbers }))
      .openapi({ description: 'The most numerous first; somebody of two professions counts in both.' }),
    communes: z
      .array(z.object({ code: z.string(), label: z.string(), ...numbers }))
      .openapi({ description: 'The most numerous first; somebody who practises in two counts in both.' }),
    progress: z
      .array(
        z.object({
          day: z.string(),
          professionals: z.int(),
          withoutMailbox: z.int(),
          emptyPages: counted,
          partialPages: counted,
          completePages: counted,
          stalePages: counted,
          errorReports: counted,
        }),
      )
      .openapi({ description: 'One a day, the oldest first.' }),
  })
  .openapi('TerritoryBoard');

const boardRoute = createRoute({
  method: 'get',
  path: '/v1/territories/{id}/board',
  tags: ['territories'],
  summary:
    'Who practises in a territory by profession and commune, how far their pages are, and the days before',
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

const boardExportRoute = createRoute({
  method: 'get',
  path: '/v1/territories/{id}/board.csv',
  tags: ['territories'],
  summary: 'The numbers of the board, as a table for a spreadsheet',
  request,
  responses: {
    200: {
      description: 'UTF-8, parted by `;`: the territory, its professions, its communes, its days.',
      content: { 'text/csv': { schema: z.string() } },
    },
    ...refusals,
  },
});

const MemberSchema = z
  .object({
    practitionerId: z.string(),
    rpps: z.string().nullable(),
    name: z.string(),
    professions: z.array(z.string()),
    communes: z.array(z.string()),
    hasMailbox: z.boolean(),
    page: z.enum(['empty', 'partial', 'complete']),
    isStale: z.boolean(),
    changedAt: z.string().nullable(),
    invitedAt: z.string().nullable(),
  })
  .openapi('TerritoryMember');

const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');
const membersRoute = createRoute({
  method: 'get',
  path: '/v1/territories/{id}/professionals',
  tags: ['territories'],
  summary: 'Who practises in a territory and how far their pages are: who is missing, who is to be invited',
  request: {
    params: request.params,
    query: queryObject({
      page: z.enum(['empty', 'partial', 'complete']).optional(),
      isStale: yesOrNo.optional(),
      hasMailbox: yesOrNo.optional(),
      wasInvited: yesOrNo.optional(),
      profession: z.string().max(10).optional(),
      commune: z.string().max(5).optional(),
      text: z.string().max(100).optional().openapi({ description: 'In the name or the RPPS.' }),
      offset: wholeNumber(0, 100_000).optional().openapi({ type: 'integer' }),
      limit: wholeNumber(1, 500).optional().openapi({ type: 'integer', default: 100 }),
    }),
  },
  responses: {
    200: {
      description: 'By name.',
      content: {
        'application/json': {
          schema: z.object({ professionals: z.array(MemberSchema), nextOffset: z.int().nullable() }),
        },
      },
    },
    ...refusals,
  },
});

const csv = (name: string) => ({
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': `attachment; filename="${name}.csv"`,
  'cache-control': 'no-store',
});

export function registerTerritories(app: OpenAPIHono<AppEnv>): void {
  app.openapi(boardRoute, async (c) => {
    const { id } = c.req.valid('param');
    authorizeRequest(c, 'read-territory', { territories: [id] });
    const { territory, professions, communes, ...board } = await readBoard(c.get('directory').store.db, id);
    return c.json(
      {
        id,
        name: territory.name,
        ...board,
        professions: professions.map((it) => ({ ...it, label: labelOf('profession', it.code) ?? it.code })),
        communes: communes.map((it) => ({ ...it, label: findCommune(it.code)?.name ?? it.code })),
      },
      200,
    );
  });
  app.openapi(boardExportRoute, async (c) => {
    const { id } = c.req.valid('param');
    authorizeRequest(c, 'read-territory', { territories: [id] });
    const board = await readBoard(c.get('directory').store.db, id);
    return c.body(exportBoard(board), 200, csv(`${board.territory.id}-tableau-de-bord`)) as never;
  });
  app.openapi(membersRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { offset = 0, limit = 100, ...filter } = c.req.valid('query');
    authorizeRequest(c, 'read-territory', { territories: [id] });
    const { db } = c.get('directory').store;
    const { members, nextOffset } = await listTerritoryMembers(db, id, filter, { offset, limit });
    const professionals = members.map(({ professionCodes, communeCodes, hasOpened: _hasOpened, ...it }) => ({
      ...it,
      professions: professionCodes.map((code) => labelOf('profession', code) ?? code),
      communes: communeCodes.map((code) => findCommune(code)?.name ?? code),
    }));
    return c.json({ professionals, nextOffset: nextOffset ?? null }, 200);
  });
  app.openapi(exportRoute, async (c) => {
    const { id } = c.req.valid('param');
    authorizeRequest(c, 'read-territory', { territories: [id] });
    const { db } = c.get('directory').store;
    return c.body(await exportProfessionals(db, id), 200, csv(id)) as never;
  });
}
