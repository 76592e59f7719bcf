import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';

import { ACCESSIBILITY } from '#domain/accessibility.ts';
import { EVERY_ACT } from '#domain/acts.ts';
import { AppError } from '#domain/errors.ts';
import { LANGUAGES } from '#domain/languages.ts';
import { WAYS_OF_PRACTISING, WAY_LABELS } from '#domain/practising.ts';
import { ProfileSchema } from '#domain/profile-schema.ts';
import { patchProfile, replaceProfile, undoProfileChange } from '#profiles/practitioner/edit-profile.ts';
import { forgetDraft, keepDraft, readDraft } from '#profiles/practitioner/profile-draft.ts';
import { readProfileHistory } from '#profiles/practitioner/profile-history.ts';
import { listProfileFaults } from '#profiles/practitioner/check-profile.ts';
import { readProfilePage, type ProfilePage } from '#profiles/practitioner/profile-page.ts';

import type { AppEnv } from './app-env.ts';
import { authorizeRequest } from './authenticate.ts';
import { readIfMatch, toEtag } from './if-match.ts';
import type { BodyRoute } from './limit-body.ts';
import { problemResponses } from './openapi-parts.ts';
import { authorizeEdit, whoseOf } from './profile-editor.ts';
import { wholeNumber } from './query-parameters.ts';
import { queryObject } from './request-faults.ts';

/** One's own page, and that of somebody whose delegate or coordinator one is. */
const PAGES = ['/v1/me/profile', '/v1/practitioners/{rpps}/profile'] as const;
const PROFILE_BYTES_MAX = 200_000;

/** For `limitBody`. */
export const PROFILE_BODIES: BodyRoute[] = PAGES.flatMap((path) => [
  { method: 'PUT', path, bytesMax: PROFILE_BYTES_MAX },
  { method: 'PATCH', path, bytesMax: PROFILE_BYTES_MAX },
  { method: 'PUT', path: `${path}/draft`, bytesMax: PROFILE_BYTES_MAX },
]);

const RPPS = z.string().max(40).openapi({ description: '11 digits.', example: '99000000001' });
const NoQuerySchema = queryObject({});
const refusals = problemResponses(400, 401, 403, 404, 503);
const json = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  headers: { ETag: { schema: { type: 'string' as const }, description: 'The version, for If-Match.' } },
  content: { 'application/json': { schema } },
});

const PageSchema = z
  .object({
    rpps: z.string(),
    version: z.int().openapi({ description: '0: nothing was ever said.' }),
    changedAt: z.string().nullable(),
    completeness: z.enum(['empty', 'partial', 'complete']).openapi({
      description:
        'complete: the eight ways of practising are said, hours at one place at least, and an area where home visits are made.',
    }),
    profile: z
      .record(z.string(), z.unknown())
      .openapi({ description: 'As `GET /v1/profile-model` describes it.' }),
    faults: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .openapi({
        description:
          'What the model no longer takes; it stays until it is changed. Absent when there is none.',
      }),
  })
  .openapi('ProfilePage');

const ChangeSchema = z
  .object({
    version: z.int(),
    at: z.string(),
    by: z.object({
      kind: z.enum(['owner', 'delegate', 'coordinator', 'administrator', 'application']),
      name: z.string(),
      undoes: z.int().optional(),
      importId: z.string().optional(),
    }),
    changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  })
  .openapi('ProfileChange');

const DraftSchema = z
  .object({ baseVersion: z.int().min(0), profile: z.record(z.string(), z.unknown()) })
  .openapi('ProfileDraft');

const bodyOf = (description: string) => ({
  required: true,
  description,
  content: { 'application/json': { schema: z.record(z.string(), z.unknown()) } },
});

function routesOf(path: (typeof PAGES)[number]) {
  const tags = ['profiles'];
  const params = path.includes('{rpps}') ? z.object({ rpps: RPPS }) : z.object({});
  const request = { query: NoQuerySchema, params };
  const etag = z.object({ 'if-match': z.string().optional() });
  const saved = { 200: json('As it says now.', PageSchema), ...refusals, ...problemResponses(412, 413, 428) };
  return {
    get: createRoute({
      method: 'get',
      path,
      tags,
      summary: 'What the page of a professional says',
      request,
      responses: { 200: json('With its ETag.', PageSchema), ...refusals },
    }),
    put: createRoute({
      method: 'put',
      path,
      tags,
      summary: 'Replaces what a page says',
      description:
        'With If-Match: the ETag that was read. What somebody else changed since stays, unless both changed the same field: then 412 names it.',
      request: { ...request, headers: etag, body: bodyOf('The whole page.') },
      responses: saved,
    }),
    patch: createRoute({
      method: 'patch',
      path,
      tags,
      summary: 'Changes some members of a page (JSON Merge Patch); null: no longer said',
      request: { ...request, headers: etag, body: bodyOf('The members that change.') },
      responses: saved,
    }),
    history: createRoute({
      method: 'get',
      path: `${path}/history` as const,
      tags,
      summary: 'Who changed what, when, the latest first',
      request: {
        params,
        query: queryObject({ before: wholeNumber(1, 1_000_000_000).optional() }),
      },
      responses: {
        200: json(
          'At most 50; `before` gives those before a version.',
          z.object({ changes: z.array(ChangeSchema) }),
        ),
        ...refusals,
      },
    }),
    undo: createRoute({
      method: 'post',
      path: `${path}/history/{version}/undo` as const,
      tags,
      summary: 'Takes one change back, where its fields still say what it made them say',
      request: {
        query: NoQuerySchema,
        params: params.extend({ version: wholeNumber(1, 1_000_000_000) }),
      },
      responses: { 200: json('As it says now.', PageSchema), ...refusals, ...problemResponses(412) },
    }),
    getDraft: createRoute({
      method: 'get',
      path: `${path}/draft` as const,
      tags,
      summary: 'What one has typed and not published',
      request,
      responses: { 200: json('One’s own.', DraftSchema.extend({ savedAt: z.string() })), ...refusals },
    }),
    putDraft: createRoute({
      method: 'put',
      path: `${path}/draft` as const,
      tags,
      summary: 'Keeps what one is typing; it need not be right yet',
      request: {
        ...request,
        body: { required: true, content: { 'application/json': { schema: DraftSchema } } },
      },
      responses: { 204: { description: 'Kept.' }, ...refusals, ...problemResponses(413) },
    }),
    deleteDraft: createRoute({
      method: 'delete',
      path: `${path}/draft` as const,
      tags,
      summary: 'Forgets the draft',
      request,
      responses: { 204: { description: 'There is none now.' }, ...refusals },
    }),
  };
}

const LabelsSchema = z.array(z.object({ code: z.string(), label: z.string() }));
const modelRoute = createRoute({
  method: 'get',
  path: '/v1/profile-model',
  tags: ['profiles'],
  summary: 'What a page may say: its JSON Schema, and the codes with their labels',
  request: { query: NoQuerySchema },
  responses: {
    200: {
      description: 'Changes with versions of this service only.',
      content: {
        'application/json': {
          schema: z.object({
            schema: z.record(z.string(), z.unknown()),
            ways: LabelsSchema,
            acts: z.array(
              z.object({ code: z.string(), label: z.string(), professionCodes: z.array(z.string()) }),
            ),
            accessibility: LabelsSchema,
            languages: LabelsSchema,
          }),
        },
      },
    },
    ...problemResponses(400, 401, 403),
  },
});

export function registerProfiles(app: OpenAPIHono<AppEnv>): void {
  for (const path of PAGES) registerPage(app, routesOf(path));
  app.openapi(modelRoute, (c) => {
    authorizeRequest(c, 'search');
    return c.json(describeModel(), 200);
  });
}

function registerPage(app: OpenAPIHono<AppEnv>, routes: ReturnType<typeof routesOf>): void {
  app.openapi(routes.get, async (c) => {
    const practitionerId = whoseOf(c);
    authorizeRequest(c, 'search');
    return toPageAnswer(c, await readProfilePage(dbOf(c), practitionerId)) as never;
  });
  app.openapi(routes.put, async (c) => {
    const request = await authorizeEdit(c);
    const page = await replaceProfile(
      dbOf(c),
      { ...request, baseVersion: readIfMatch(c) },
      c.req.valid('json'),
    );
    return toPageAnswer(c, page) as never;
  });
  app.openapi(routes.patch, async (c) => {
    const request = await authorizeEdit(c);
    const page = await patchProfile(
      dbOf(c),
      { ...request, baseVersion: readIfMatch(c) },
      c.req.valid('json'),
    );
    return toPageAnswer(c, page) as never;
  });
  app.openapi(routes.history, async (c) => {
    const { practitionerId } = await authorizeEdit(c);
    const changes = await readProfileHistory(dbOf(c), practitionerId, c.req.valid('query').before);
    c.header('cache-control', 'no-store');
    return c.json({ changes }, 200) as never;
  });
  app.openapi(routes.undo, async (c) => {
    const request = await authorizeEdit(c);
    const { version } = c.req.valid('param') as { version: number };
    return toPageAnswer(c, await undoProfileChange(dbOf(c), request, version)) as never;
  });
  app.openapi(routes.getDraft, async (c) => {
    const { content, baseVersion, savedAt } = await readDraft(dbOf(c), await authorizeDraft(c));
    c.header('cache-control', 'no-store');
    return c.json({ baseVersion, savedAt, profile: content }, 200) as never;
  });
  app.openapi(routes.putDraft, async (c) => {
    const key = await authorizeDraft(c);
    const { profile, baseVersion } = c.req.valid('json');
    await keepDraft(dbOf(c), key, { content: profile, baseVersion });
    return c.body(null, 204) as never;
  });
  app.openapi(routes.deleteDraft, async (c) => {
    await forgetDraft(dbOf(c), await authorizeDraft(c));
    return c.body(null, 204) as never;
  });
}

type ProfileContext = Context<AppEnv>;

function dbOf(c: ProfileContext) {
  return c.get('directory').store.db;
}

async function authorizeDraft(c: ProfileContext) {
  const { practitionerId, editor } = await authorizeEdit(c);
  if (editor === undefined) throw new AppError('not-allowed', 'Only people have drafts.', {});
  return { practitionerId, editor };
}

function toPageAnswer(c: ProfileContext, page: ProfilePage): Response {
  const { practitionerId, version, changedAt, completeness, profile } = page;
  c.header('etag', toEtag(version));
  c.header('cache-control', 'no-store');
  const faults = listProfileFaults(profile);
  const told = { rpps: practitionerId.slice(1), version, changedAt, completeness, profile };
  return c.json(faults.length === 0 ? told : { ...told, faults }, 200);
}

function describeModel() {
  return {
    schema: z.toJSONSchema(ProfileSchema, { io: 'input' }) as Record<string, unknown>,
    ways: WAYS_OF_PRACTISING.map((code) => ({ code, label: WAY_LABELS[code] })),
    acts: EVERY_ACT.map(({ code, label, professionCodes }) => ({
      code,
      label,
      professionCodes: [...professionCodes],
    })),
    accessibility: Object.entries(ACCESSIBILITY).map(([code, label]) => ({ code, label })),
    languages: [...LANGUAGES].map(([code, label]) => ({ code, label })),
  };
}
