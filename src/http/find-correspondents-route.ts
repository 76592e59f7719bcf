import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import {
  findCorrespondents,
  findCorrespondentsByKind,
  type FoundCorrespondents,
} from '#directory/find-correspondents.ts';
import { explainResult } from '#directory/explain-result.ts';
import { CORRESPONDENT_KINDS, type Correspondent } from '#domain/correspondent.ts';
import { distanceOf, orderPlaces } from '#domain/distance-of.ts';
import type { Position } from '#domain/geography/communes-within.ts';
import { certaintyOfVisits } from '#domain/home-visits.ts';
import { WAYS_OF_PRACTISING, type WayOfPractising } from '#domain/practising.ts';
import { FACETS, type CorrespondentQuestion, type VisitedPlace } from '#domain/question.ts';
import type { Understanding } from '#domain/understanding.ts';

import type { AppEnv } from './app-env.ts';
import { authorizeRequest } from './authenticate.ts';
import { CorrespondentSchema, toCorrespondentView } from './correspondent-view.ts';
import { UnderstandingSchema } from './understanding-view.ts';
import { toWiderQuery } from './wider-query.ts';
import { problemResponses } from './openapi-parts.ts';
import { parsePageCursor, toPageCursor } from './page-cursor.ts';
import { SearchQuerySchema, type SearchQuery } from './query-parameters.ts';
import { signalOf } from './request-signal.ts';

const PAGE_LIMIT = 10;

const FacetsSchema = z
  .partialRecord(z.enum(FACETS), z.array(z.object({ code: z.string(), label: z.string(), count: z.int() })))
  .openapi('Facets', { description: 'Of each facet asked, the most frequent values among all results.' });

const MatchSchema = z.object({
  part: z.string(),
  in: z
    .enum([
      'familyName',
      'givenNames',
      'name',
      'profession',
      'savoirFaire',
      'answers',
      'organization',
      'category',
      'place',
      'mailbox',
      'profile',
    ])
    .nullable(),
  how: z.enum(['exact', 'beginning', 'resembles', 'sounds-alike', 'stands-for', 'not']),
  value: z.string().nullable(),
});

const TriedSchema = z.object({
  parts: UnderstandingSchema.shape.parts,
  widened: UnderstandingSchema.shape.widened,
  searches: z.array(
    z.object({ q: z.string(), attributes: z.array(z.string()).nullable(), filter: z.string().nullable() }),
  ),
});

const PageSchema = z.object({
  results: z.array(
    CorrespondentSchema.extend({
      distanceMeters: z.int().optional().openapi({
        description:
          'Great-circle distance from the place asked for (`near`, else `where`, else the one in `q`) to the nearest place of practice; absent when neither has a position.',
      }),
      comesTo: z.enum(['stated', 'likely']).optional().openapi({
        description:
          'With `comesTo`: `stated` when the area of home visits covers the place; `likely` when no area is given and the place of practice is near.',
      }),
      matched: z
        .array(MatchSchema)
        .optional()
        .openapi({ description: 'With `explain`: where each part of `q` was found.' }),
    }).openapi('FoundCorrespondent'),
  ),
  understood: UnderstandingSchema,
  facets: FacetsSchema.optional(),
  tried: z
    .array(TriedSchema)
    .optional()
    .openapi({ description: 'With `explain`: what was tried; the last one answered.' }),
  degraded: z.literal(true).optional().openapi({
    description:
      'The search engine is away: the store alone answered, with whole words and beginnings of names, professions and places. The header `x-degraded: search` says the same.',
  }),
  total: z.object({ value: z.int(), exact: z.boolean() }).openapi({
    description:
      'Walking `next` gives exactly `value` results, without those who meanwhile ceased to answer; when not exact, there are more than that.',
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
    ...problemResponses(400, 401, 403, 503),
  },
});

export function registerFindCorrespondents(app: OpenAPIHono<AppEnv>): void {
  app.openapi(route, async (c) => {
    authorizeRequest(c, 'search');
    const query = c.req.valid('query');
    const directory = c.get('directory');
    const question = toQuestion(query, directory.now());
    const toView = (asked: CorrespondentQuestion, found: FoundCorrespondents) => ({
      results: found.results.map((it) => ({
        ...toCorrespondentView(
          found.centre ? { ...it, places: orderPlaces(it, found.centre) } : it,
          directory.now(),
        ),
        ...toDistance(it, found.centre),
        ...toComesTo(it, found.visits),
        ...(asked.explain && { matched: explainResult(it, found.understood.parts) }),
      })),
      ...(found.facets && { facets: found.facets }),
      ...(found.tried && { tried: found.tried }),
      ...(found.isDegraded && { degraded: true as const }),
      understood: toUnderstandingView(found.understood, c.req.url),
      total: found.total,
      next: found.nextOffset === undefined ? null : toPageCursor(asked, found.nextOffset, directory.now()),
    });
    if (query.groupBy === undefined) {
      const found = await findCorrespondents(directory, question, signalOf(c));
      if (found.isDegraded) c.header('x-degraded', 'search');
      return c.json(toView(question, found), 200);
    }
    const groups = await findCorrespondentsByKind(directory, question, signalOf(c));
    if (groups.some((group) => group.isDegraded)) c.header('x-degraded', 'search');
    const views = groups.map((group) => ({
      kind: group.kind,
      ...toView({ ...question, kinds: [group.kind] }, group),
    }));
    return c.json({ groups: views }, 200);
  });
}

function toUnderstandingView({ tryInstead, ...understood }: Understanding, url: string) {
  if (tryInstead === null) return { ...understood, tryInstead };
  const query = toWiderQuery(tryInstead, new URL(url).searchParams).toString();
  return { ...understood, tryInstead: { query, total: tryInstead.total } };
}

function toComesTo(it: Correspondent, visits: VisitedPlace | undefined): { comesTo?: 'stated' | 'likely' } {
  if (visits === undefined) return {};
  const comesTo = certaintyOfVisits(it);
  return comesTo === undefined ? {} : { comesTo };
}

function toDistance(it: Correspondent, centre: Position | undefined): { distanceMeters?: number } {
  const meters = centre && distanceOf(it, centre);
  return meters === undefined ? {} : { distanceMeters: Math.round(meters) };
}

function toWays(query: SearchQuery): WayOfPractising[] | undefined {
  const ways = WAYS_OF_PRACTISING.filter((way) => query[way] === 'true');
  return ways.length === 0 ? undefined : ways;
}

export function toQuestion(query: SearchQuery, now: Date): CorrespondentQuestion {
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
    organizationIds: query.organization,
    ways: toWays(query),
    actCodes: query.act,
    present: query.present === 'true' ? true : undefined,
    presentOn: undefined,
    comesTo: query.comesTo?.trim() === '' ? undefined : query.comesTo?.trim(),
    visits: undefined,
    hasMailbox: query.hasMailbox,
    within: query.within,
    sort: query.sort,
    facets: query.facets,
    explain: query.explain === 'true',
    channels: query.channel,
    mailboxStatus: query.mailboxStatus,
    openedOn: undefined,
    limit: query.limit ?? PAGE_LIMIT,
    offset: 0,
  };
  return query.cursor === undefined
    ? question
    : { ...question, ...parsePageCursor(query.cursor, question, now) };
}
