import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';

import { getCorrespondent } from '#directory/get-correspondent.ts';
import { listDeclared } from '#directory/list-declared.ts';
import { parseCorrespondentId, toDeclaredId } from '#domain/correspondent-id.ts';
import type { Declaration, DeclarationContent, DeclarationOwner, DeclaredKind } from '#domain/declaration.ts';
import { AppError } from '#domain/errors.ts';
import { BillingNumbersSchema, ExpertiseSchema } from '#domain/expertise.ts';
import { FORM_MODELS } from '#domain/form-models.ts';
import { parseRpps } from '#domain/identifiers.ts';
import { ResourceTeamSchema } from '#domain/resource-team.ts';
import { strictObject } from '#domain/strict-object.ts';
import { OPERATION_OF } from '#profiles/declarations/authorize-declaration.ts';
import { readBilling, writeBilling } from '#profiles/declarations/billing.ts';
import { declare } from '#profiles/declarations/declare.ts';
import {
  deleteDeclaration,
  patchDeclaration,
  replaceDeclaration,
  undoDeclaration,
  type EditTarget,
} from '#profiles/declarations/edit-declaration.ts';
import {
  getDeclaration,
  listMyDeclarations,
  readDeclarationHistory,
} from '#profiles/declarations/read-declaration.ts';

import type { AppEnv } from './app-env.ts';
import { auditContextOf, authorizeRequest } from './authenticate.ts';
import { OwnerSchema, toOwnerView } from './declared-view.ts';
import { IdempotencyKey, readIdempotencyKey } from './idempotency-key.ts';
import { readIfMatch, toEtag } from './if-match.ts';
import type { BodyRoute } from './limit-body.ts';
import { problemResponses } from './openapi-parts.ts';
import { wholeNumber } from './query-parameters.ts';
import { recordRefusals } from './record-refusals.ts';
import { queryObject } from './request-faults.ts';

const PATHS = { expert: '/v1/experts', team: '/v1/teams' } as const satisfies Record<DeclaredKind, string>;
/** As the body of a declaration, and its answers, name it. */
const MEMBERS = { expert: 'expertise', team: 'team' } as const satisfies Record<DeclaredKind, string>;
const NOUNS = { expert: 'expertise', team: 'resource team' } as const satisfies Record<DeclaredKind, string>;
/** A form of 64 kB, and the rest. */
const BYTES_MAX = 200_000;
const PAGE_LIMIT_MAX = 100;
const HISTORY_LIMIT = 50;

/** For `limitBody`. */
export const DECLARATION_BODIES: BodyRoute[] = Object.values(PATHS).flatMap((path): BodyRoute[] => [
  { method: 'POST', path, bytesMax: BYTES_MAX },
  { method: 'PUT', path: `${path}/{id}`, bytesMax: BYTES_MAX },
  { method: 'PATCH', path: `${path}/{id}`, bytesMax: BYTES_MAX },
  { method: 'POST', path: `${path}/{id}/undo`, bytesMax: 1000 },
  { method: 'PUT', path: `${path}/{id}/billing`, bytesMax: 10_000 },
]);

const NoQuery = queryObject({});
const IdParameter = z.object({
  id: z
    .string()
    .max(100)
    .openapi({ param: { name: 'id', in: 'path' } }),
});
const IfMatch = z.object({
  'if-match': z
    .string()
    .max(100)
    .optional()
    .openapi({ description: 'The ETag of the version that is changed.', example: '"3"' }),
});

const ownerShape = {
  rpps: z
    .string()
    .refine((text) => parseRpps(text) !== undefined, 'It is an RPPS number: 11 digits.')
    .optional(),
  organizationId: z.string().min(1).max(100).optional(),
  territoryId: z.string().min(1).max(100).optional(),
};

const OWNERS = {
  expert: strictObject({ rpps: ownerShape.rpps, organizationId: ownerShape.organizationId }),
  team: strictObject({ organizationId: ownerShape.organizationId, territoryId: ownerShape.territoryId }),
};
const SCHEMAS = { expert: ExpertiseSchema, team: ResourceTeamSchema };

const DeclaredSchema = z
  .object({
    id: z.string(),
    version: z.int(),
    changedAt: z.string(),
    declaredBy: OwnerSchema,
    expertise: z.unknown().optional().openapi({ type: 'object', description: 'As PUT takes it.' }),
    team: z.unknown().optional().openapi({ type: 'object', description: 'As PUT takes it.' }),
  })
  .openapi('Declared');

const HistorySchema = z
  .object({
    changes: z.array(
      z.object({
        version: z.int(),
        at: z.string(),
        by: z.object({
          kind: z.enum(['owner', 'manager', 'coordinator', 'administrator']),
          name: z.string(),
          undoes: z.int().optional(),
        }),
        changes: z.array(
          z.object({ field: z.string(), before: z.unknown().nullable(), after: z.unknown().nullable() }),
        ),
      }),
    ),
  })
  .openapi('DeclarationHistory');

const FormSchema = z
  .record(z.string(), z.unknown())
  .openapi('RequestForm', { description: 'JSON Schema, draft 2020-12, with French labels in `title`.' });

const inJson = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const body = <T extends z.ZodType>(schema: T) => ({ required: true, ...inJson(schema) });
const declared = (description: string) => ({ description, ...inJson(DeclaredSchema) });
const CHANGE_REFUSALS = problemResponses(400, 401, 403, 404, 412, 413, 428, 503);

/** Declared expertises (`/v1/experts`) and resource teams (`/v1/teams`), and the models of request forms. */
export function registerDeclarations(app: OpenAPIHono<AppEnv>): void {
  registerKind(app, 'expert');
  registerKind(app, 'team');
  registerBilling(app);
  const route = createRoute({
    method: 'get',
    path: '/v1/form-models',
    tags: ['experts', 'teams'],
    summary: 'Request forms to begin with',
    request: { query: NoQuery },
    responses: {
      200: {
        description: 'All of them.',
        ...inJson(
          z.object({
            models: z.array(
              z.object({
                code: z.string(),
                label: z.string(),
                kind: z.enum(['expert', 'team']),
                form: FormSchema,
              }),
            ),
          }),
        ),
      },
      ...problemResponses(400),
    },
  });
  app.openapi(route, (c) => c.json({ models: FORM_MODELS } as never, 200));
}

function registerKind<K extends DeclaredKind>(app: OpenAPIHono<AppEnv>, kind: K): void {
  const path = PATHS[kind];
  const noun = NOUNS[kind];
  const tags = [kind === 'expert' ? 'experts' : 'teams'];
  const params = IdParameter;
  app.use(`${path}/*`, recordRefusals(OPERATION_OF[kind]));

  const listRoute = createRoute({
    method: 'get',
    path,
    tags,
    summary: `Every declared ${noun}, in a stable order; to look for some, search with kind=${kind}`,
    request: {
      query: queryObject({
        mine: z
          .enum(['true'], { error: 'It can only be "true".' })
          .optional()
          .openapi({ description: 'Those that the caller answers for, as a person who signed in.' }),
        after: z
          .string()
          .max(100)
          .refine((text) => !text.includes('\0'), 'It is the `next` of the page before.')
          .optional()
          .openapi({ description: 'The `next` of the page before.' }),
        limit: wholeNumber(1, PAGE_LIMIT_MAX).optional().openapi({ type: 'integer', default: 50 }),
      }),
    },
    responses: {
      200: {
        description: 'Request forms are left out: `…/form` gives them.',
        ...inJson(z.object({ declared: z.array(DeclaredSchema), next: z.string().nullable() })),
      },
      ...problemResponses(400, 401, 403, 503),
    },
  });
  app.openapi(listRoute, async (c) => {
    authorizeRequest(c, 'search');
    const { mine, after = '', limit = 50 } = c.req.valid('query');
    const directory = c.get('directory');
    if (mine) c.header('cache-control', 'no-store');
    const { declarations, next } = mine
      ? await listMyDeclarations(directory.store.db, kind, c.get('actor'), { after, limit })
      : await listDeclared(directory, kind, { after, limit });
    return c.json({ declared: declarations.map((it) => toView(it, false)), next }, 200);
  });

  const declareRoute = createRoute({
    method: 'post',
    path,
    tags,
    summary: `Declares one: ${kind === 'expert' ? 'the professional (`rpps`), a manager of the structure' : 'a manager of the structure, a coordinator of the territory'}, or an administrator`,
    request: {
      query: NoQuery,
      headers: IdempotencyKey,
      body: body(strictObject({ declaredBy: OWNERS[kind], [MEMBERS[kind]]: SCHEMAS[kind] })),
    },
    responses: { 201: declared('Its id, for good.'), ...problemResponses(400, 401, 403, 409, 413, 422, 503) },
  });
  app.openapi(declareRoute, async (c) => {
    const given = c.req.valid('json') as unknown as Record<string, unknown>;
    const owner = toOwner(given['declaredBy'] as OwnerBody);
    const content = given[MEMBERS[kind]] as DeclarationContent[K];
    const { db } = c.get('directory').store;
    const requestKey = readIdempotencyKey(c);
    const made = await declare(db, kind, { owner, content, requestKey }, auditContextOf(c));
    c.header('location', `${path}/${toDeclaredId(kind, made.key)}`);
    return answer(c, made, 201) as never;
  });

  const getRoute = createRoute({
    method: 'get',
    path: `${path}/{id}`,
    tags,
    summary: `One ${noun}, as it is edited, with its ETag`,
    request: { query: NoQuery, params },
    responses: { 200: declared('As it stands.'), ...problemResponses(400, 401, 403, 404, 503) },
  });
  app.openapi(getRoute, async (c) => {
    const declaration = await readShown(c, kind, c.req.valid('param').id);
    return answer(c, declaration, 200) as never;
  });

  const formRoute = createRoute({
    method: 'get',
    path: `${path}/{id}/form`,
    tags,
    summary: 'What to ask before writing, for the messaging client, which sends the answers by its own means',
    description: 'Answers are never sent here: nothing of patients is kept by this service.',
    request: { query: NoQuery, params },
    responses: {
      200: { description: 'The form.', content: { 'application/schema+json': { schema: FormSchema } } },
      ...problemResponses(400, 401, 403, 404, 503),
    },
  });
  app.openapi(formRoute, async (c) => {
    const { content, key } = await readShown(c, kind, c.req.valid('param').id);
    const { form } = content;
    if (form === undefined)
      throw new AppError('correspondent-not-found', 'It has no request form: write freely.', {
        id: toDeclaredId(kind, key),
      });
    return c.body(JSON.stringify(form), 200, { 'content-type': 'application/schema+json' }) as never;
  });

  const putRoute = createRoute({
    method: 'put',
    path: `${path}/{id}`,
    tags,
    summary: `Replaces what it says`,
    request: { query: NoQuery, params, headers: IfMatch, body: body(SCHEMAS[kind]) },
    responses: { 200: declared('As it stands now.'), ...CHANGE_REFUSALS },
  });
  app.openapi(putRoute, async (c) => {
    const { db } = c.get('directory').store;
    const saved = await replaceDeclaration(db, targetOf(c, kind), c.req.valid('json'), auditContextOf(c));
    return answer(c, saved, 200) as never;
  });

  const patchRoute = createRoute({
    method: 'patch',
    path: `${path}/{id}`,
    tags,
    summary: 'Changes the members that are given; null takes one off',
    request: {
      query: NoQuery,
      params,
      headers: IfMatch,
      body: body(z.record(z.string().max(40), z.unknown())),
    },
    responses: { 200: declared('As it stands now.'), ...CHANGE_REFUSALS },
  });
  app.openapi(patchRoute, async (c) => {
    const { db } = c.get('directory').store;
    const saved = await patchDeclaration(db, targetOf(c, kind), c.req.valid('json'), auditContextOf(c));
    return answer(c, saved, 200) as never;
  });

  const deleteRoute = createRoute({
    method: 'delete',
    path: `${path}/{id}`,
    tags,
    summary:
      'Takes it out of the directory at once, and of searches within seconds; undoing this version restores it',
    request: { query: NoQuery, params, headers: IfMatch },
    responses: { 200: declared('What was deleted; its version is the one to undo.'), ...CHANGE_REFUSALS },
  });
  app.openapi(deleteRoute, async (c) => {
    const { db } = c.get('directory').store;
    return answer(c, await deleteDeclaration(db, targetOf(c, kind), auditContextOf(c)), 200) as never;
  });

  const historyRoute = createRoute({
    method: 'get',
    path: `${path}/{id}/history`,
    tags,
    summary: 'Who changed what and when, the latest first; for those who may change it',
    request: {
      params,
      query: queryObject({
        before: wholeNumber(1, 1_000_000_000)
          .optional()
          .openapi({ type: 'integer', description: 'Older than this version.' }),
      }),
    },
    responses: {
      200: { description: `${HISTORY_LIMIT} at most.`, ...inJson(HistorySchema) },
      ...problemResponses(400, 401, 403, 404, 503),
    },
  });
  app.openapi(historyRoute, async (c) => {
    const { db } = c.get('directory').store;
    const page = { before: c.req.valid('query').before ?? 2_000_000_000, limit: HISTORY_LIMIT };
    const key = keyOf(kind, c.req.valid('param').id);
    c.header('cache-control', 'no-store');
    return c.json(
      { changes: await readDeclarationHistory(db, kind, key, page, auditContextOf(c)) },
      200,
    ) as never;
  });

  const undoRoute = createRoute({
    method: 'post',
    path: `${path}/{id}/undo`,
    tags,
    summary: 'Puts back what one version changed, a deletion too, where that still stands',
    request: {
      query: NoQuery,
      params,
      headers: IfMatch,
      body: body(strictObject({ version: z.int().min(1).max(1_000_000_000) })),
    },
    responses: { 200: declared('As it stands now.'), ...CHANGE_REFUSALS, ...problemResponses(409) },
  });
  app.openapi(undoRoute, async (c) => {
    const { db } = c.get('directory').store;
    const { version } = c.req.valid('json');
    return answer(c, await undoDeclaration(db, targetOf(c, kind), version, auditContextOf(c)), 200) as never;
  });
}

function registerBilling(app: OpenAPIHono<AppEnv>): void {
  const path = `${PATHS.expert}/{id}/billing`;
  const schema = z.object({ numbers: z.array(z.object({ label: z.string(), number: z.string() })) });
  const shared = { path, tags: ['experts'] };
  const getRoute = createRoute({
    method: 'get',
    ...shared,
    summary: 'Under which numbers opinions are billed: private, for those who manage the expertise alone',
    request: { query: NoQuery, params: IdParameter },
    responses: {
      200: { description: 'With the ETag for a change.', ...inJson(schema) },
      ...problemResponses(400, 401, 403, 404, 503),
    },
  });
  app.openapi(getRoute, async (c) => {
    const key = keyOf('expert', c.req.valid('param').id);
    const { numbers, version } = await readBilling(c.get('directory').store.db, key, auditContextOf(c));
    return c.json({ numbers }, 200, { etag: toEtag(version), 'cache-control': 'no-store' });
  });
  const putRoute = createRoute({
    method: 'put',
    ...shared,
    summary: 'Replaces the billing numbers',
    request: {
      query: NoQuery,
      params: IdParameter,
      headers: IfMatch,
      body: body(strictObject({ numbers: BillingNumbersSchema })),
    },
    responses: { 200: { description: 'As they stand now.', ...inJson(schema) }, ...CHANGE_REFUSALS },
  });
  app.openapi(putRoute, async (c) => {
    const { key, version: expected } = targetOf(c, 'expert');
    const { db } = c.get('directory').store;
    const given = c.req.valid('json').numbers;
    const { numbers, version } = await writeBilling(db, key, given, expected, auditContextOf(c));
    return c.json({ numbers }, 200, { etag: toEtag(version), 'cache-control': 'no-store' });
  });
}

interface OwnerBody {
  rpps?: string;
  organizationId?: string;
  territoryId?: string;
}

/** @throws AppError `request-invalid` unless exactly one is given */
function toOwner({ rpps, organizationId, territoryId }: OwnerBody): DeclarationOwner {
  const owner: DeclarationOwner = {
    ...(rpps === undefined ? {} : { practitionerId: `8${parseRpps(rpps)}` }),
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(territoryId === undefined ? {} : { territoryId }),
  };
  if (Object.keys(owner).length === 1) return owner;
  const detail = 'Say who answers for it: one professional, structure or territory.';
  throw new AppError('request-invalid', detail, { faults: [{ pointer: 'body.declaredBy', detail }] });
}

/** Everybody's where it is shown, its managers' in any case. */
async function readShown<K extends DeclaredKind>(
  c: Context<AppEnv>,
  kind: K,
  id: string,
): Promise<Declaration<K>> {
  const directory = c.get('directory');
  const { declaration, mayEdit } = await getDeclaration(
    directory.store.db,
    kind,
    keyOf(kind, id),
    c.get('actor'),
  );
  if (mayEdit) return declaration;
  authorizeRequest(c, 'search');
  await getCorrespondent(directory, id);
  return declaration;
}

/** @throws AppError `correspondent-not-found` for the id of anything else */
function keyOf(kind: DeclaredKind, id: string): string {
  const parsed = parseCorrespondentId(id);
  if (parsed?.kind === kind) return parsed.key;
  throw new AppError('correspondent-not-found', `No ${NOUNS[kind]} has this identifier.`, { id });
}

function targetOf<K extends DeclaredKind>(c: Context<AppEnv>, kind: K): EditTarget<K> {
  return { kind, key: keyOf(kind, c.req.param('id')!), version: () => readIfMatch(c) };
}

function answer(c: Context<AppEnv>, declaration: Declaration, status: 200 | 201): Response {
  return c.json(toView(declaration, true), status, { etag: toEtag(declaration.version) });
}

function toView({ kind, key, version, changedAt, owner, content }: Declaration, hasForm: boolean) {
  const { form, ...said } = content;
  return {
    id: toDeclaredId(kind, key),
    version,
    changedAt,
    declaredBy: toOwnerView(owner),
    [MEMBERS[kind]]: hasForm && form !== undefined ? { ...said, form } : said,
  };
}
