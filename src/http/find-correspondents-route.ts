import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import {
  findCorrespondents,
  findCorrespondentsByKind,
  type FoundCorrespondents,
} from '#directory/find-correspondents.ts';
import { CORRESPONDENT_KINDS } from '#domain/correspondent.ts';
import type { CorrespondentQuestion } from '#domain/question.ts';

import type { AppEnv } from './app-env.ts';
import { CorrespondentSchema, toCorrespondentView } from './correspondent-view.ts';
import { UnderstandingSchema } from './understanding-view.ts';
import { problemResponses } from './openapi-parts.ts';
import { parsePageCursor, toPageCursor } from './page-cursor.ts';
import { SearchQuerySchema, type SearchQuery } from './query-parameters.ts';

const PAGE_LIMIT = 10;

const PageSchema = z.object({
  results: z.array(CorrespondentSchema),
  understood: UnderstandingSchema,
  total: z.object({ value: z.int(), exact: z.boolean() }).openapi({
    description: 'Walking `next` gives exactly `value` results; when not exact, there are more than that.',
  }),
  next: z
    .string()
    .nullable()
    .openapi({ description: 'Give it as `cursor` for the following page; null after the last.' }),
});

const AnswerSchema = z.union([
  PageSchema.openapi('CorrespondentPage'),
  z
    .object({ groups: z.array(PageSchema.extend({ kind: z.enum(CORRESPONDENT_KINDS) })) })
    .openapi('CorrespondentGroups'),
]);

const route = createRoute({
  method: 'get',
  path: '/v1/correspondents',
  tags: ['correspondents'],
  summary: 'Find correspondents',
  description:
    'With `groupBy=kind`: one page of each kind; the `next` of a group is the cursor of the same search with `kind` set to that group and without `groupBy`.',
  request: { query: SearchQuerySchema },
  responses: {
    200: { description: 'The best first.', content: { 'application/json': { schema: AnswerSchema } } },
    ...problemResponses(400, 503),
  },
});

export function registerFindCorrespondents(app: OpenAPIHono<AppEnv>): void {
  app.openapi(route, async (c) => {
    const query = c.req.valid('query');
    const directory = c.get('directory');
    const question = toQuestion(query);
    const toView = (asked: CorrespondentQuestion, found: FoundCorrespondents) => ({
      results: found.results.map((it) => toCorrespondentView(it, directory.now())),
      understood: found.understood,
      total: found.total,
      next: found.nextOffset === undefined ? null : toPageCursor(asked, found.nextOffset),
    });
    if (query.groupBy === undefined) {
      const found = await findCorrespondents(directory, question, c.req.raw.signal);
      return c.json(toView(question, found), 200);
    }
    const groups = await findCorrespondentsByKind(directory, question, c.req.raw.signal);
    const views = groups.map((group) => ({
      kind: group.kind,
      ...toView({ ...question, kinds: [group.kind] }, group),
    }));
    return c.json({ groups: views }, 200);
  });
}

function toQuestion(query: SearchQuery): CorrespondentQuestion {
  const text = query.q?.trim();
  const where = query.where?.trim();
  const near = query.near?.trim();
  const question: CorrespondentQuestion = {
    text: text === '' ? undefined : text,
    where: where === '' ? undefined : where,
    near: near === '' ? undefined : near,
    kinds: query.kind,
    professionCodes: query.profession,
    savoirFaireCodes: query.savoirFaire,
    departementCodes: query.departement,
    communeCodes: query.commune,
    rpps: query.rpps,
    mailbox: query.mailbox,
    finess: query.finess,
    hasMailbox: query.hasMailbox,
    limit: query.limit ?? PAGE_LIMIT,
    offset: 0,
  };
  return query.cursor === undefined
    ? question
    : { ...question, offset: parsePageCursor(query.cursor, question) };
}
