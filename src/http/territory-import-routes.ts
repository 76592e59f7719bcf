import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';

import type { AuditContext } from '#domain/audit-event.ts';
import { IMPORT_LINE_STATES, type TerritoryImport } from '#domain/territory-import.ts';
import { amendImport } from '#profiles/territories/amend-import.ts';
import { confirmImport, type OnProgress } from '#profiles/territories/confirm-import.ts';
import { listTerritoryImports } from '#profiles/territories/list-territory-imports.ts';
import { giveUpImport } from '#profiles/territories/give-up-import.ts';
import { makeImport } from '#profiles/territories/make-import.ts';
import { readImport } from '#profiles/territories/read-import.ts';
import { undoImport } from '#profiles/territories/undo-import.ts';

import type { AppEnv } from './app-env.ts';
import { auditContextOf, authorizeRequest } from './authenticate.ts';
import type { BodyRoute } from './limit-body.ts';
import { problemResponses } from './openapi-parts.ts';
import { toProblem } from './problem.ts';
import { wholeNumber } from './query-parameters.ts';
import { queryObject } from './request-faults.ts';
import {
  AmendmentSchema,
  ImportSchema,
  ImportWithLinesSchema,
  toImportView,
  toLineView,
} from './territory-import-view.ts';

const PATH = '/v1/territories/{id}/imports';
const ONE = `${PATH}/{importId}`;
/** For `limitBody`. */
export const IMPORT_BODIES: BodyRoute[] = [
  { method: 'POST', path: PATH, bytesMax: 10_000_000 },
  { method: 'PATCH', path: ONE, bytesMax: 4_000_000 },
  { method: 'POST', path: `${ONE}/confirm`, bytesMax: 1000 },
  { method: 'POST', path: `${ONE}/undo`, bytesMax: 1000 },
];

const LINES_MAX = 500;
const territory = { id: z.string().max(60) };
const params = z.object({ ...territory, importId: z.string().max(40) });
const refusals = problemResponses(400, 401, 403, 404, 409, 503);
const whole = (description: string) => ({
  200: { description, content: { 'application/json': { schema: ImportSchema } } },
  ...refusals,
});
const jsonBody = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
});

const makeRoute = createRoute({
  method: 'post',
  path: PATH,
  tags: ['territories'],
  summary:
    'Keeps a spreadsheet as a preview: whom each line is about, what it would change, what is wrong; no page changes',
  request: {
    params: z.object(territory),
    query: queryObject({ fileName: z.string().max(200).optional() }),
    body: { required: true, content: { 'text/csv': { schema: z.string() } } },
  },
  responses: {
    201: {
      description:
        'UTF-8 or Windows-1252, parted by `;`, `,` or tabs, 20,000 lines at most, with the headers of the export.',
      content: { 'application/json': { schema: ImportSchema } },
    },
    ...refusals,
    ...problemResponses(409, 413),
  },
});

const listRoute = createRoute({
  method: 'get',
  path: PATH,
  tags: ['territories'],
  summary: 'The imports of a territory',
  request: { params: z.object(territory), query: queryObject({}) },
  responses: {
    200: {
      description: 'The latest first, a hundred at most.',
      content: { 'application/json': { schema: z.object({ imports: z.array(ImportSchema) }) } },
    },
    ...problemResponses(400, 401, 403, 404, 503),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: ONE,
  tags: ['territories'],
  summary: 'An import, with its lines',
  request: {
    params,
    query: queryObject({
      state: z.enum(IMPORT_LINE_STATES).optional(),
      after: wholeNumber(0, 1_000_000).optional().openapi({ type: 'integer' }),
      limit: wholeNumber(1, LINES_MAX).optional().openapi({ type: 'integer', default: 100 }),
    }),
  },
  responses: {
    200: {
      description: 'Lines by number; `next` is the `after` of the lines that follow.',
      content: { 'application/json': { schema: ImportWithLinesSchema } },
    },
    ...problemResponses(400, 401, 403, 404, 503),
  },
});

const amendRoute = createRoute({
  method: 'patch',
  path: ONE,
  tags: ['territories'],
  summary: 'Chooses who doubtful lines are about, leaves lines out, corrects cells; looks at all lines again',
  request: {
    params,
    query: queryObject({}),
    body: jsonBody(queryObject({ version: z.int().optional(), lines: z.array(AmendmentSchema).max(5000) })),
  },
  responses: whole('As it is now.'),
});

const giveUpRoute = createRoute({
  method: 'delete',
  path: ONE,
  tags: ['territories'],
  summary: 'Forgets a preview',
  request: { params, query: queryObject({}) },
  responses: { 204: { description: 'Forgotten.' }, ...problemResponses(400, 401, 403, 404, 409, 503) },
});

const confirmRoute = createRoute({
  method: 'post',
  path: `${ONE}/confirm`,
  tags: ['territories'],
  summary: 'Applies a preview to the pages, wholly or not at all',
  description:
    'With `Accept: application/x-ndjson`, a line `{ "done", "total" }` after every few hundred pages, then `{ "import" }` or `{ "problem" }`.',
  request: {
    params,
    query: queryObject({}),
    body: jsonBody(
      queryObject({
        version: z.int().openapi({ description: 'Of the preview that was looked at.' }),
        skipUnresolved: z.boolean().optional().openapi({
          description: 'Leaves out lines that are wrong or doubtful; without it they refuse the whole.',
        }),
      }),
    ),
  },
  responses: whole('Applied.'),
});

const undoRoute = createRoute({
  method: 'post',
  path: `${ONE}/undo`,
  tags: ['territories'],
  summary:
    'Gives every field that an import changed its former value, but those that somebody has changed since',
  request: { params, query: queryObject({}), body: jsonBody(queryObject({ version: z.int().optional() })) },
  responses: whole('Undone; `leftByUndo` lists what was left as it is.'),
});

export function registerTerritoryImports(app: OpenAPIHono<AppEnv>): void {
  app.openapi(makeRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { db, audit } = begin(c, id);
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const name = c.req.valid('query').fileName ?? '';
    return c.json(toImportView(await makeImport(db, id, { name, bytes }, audit)), 201);
  });
  app.openapi(listRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { db } = begin(c, id);
    return c.json({ imports: (await listTerritoryImports(db, id)).map(toImportView) }, 200);
  });
  app.openapi(getRoute, async (c) => {
    const { id, importId } = c.req.valid('param');
    const { state, after, limit } = c.req.valid('query');
    const { db } = begin(c, id);
    const states = state === undefined ? undefined : [state];
    const found = await readImport(db, id, importId, { states, after: after ?? 0, limit: limit ?? 100 });
    return c.json(
      { ...toImportView(found.import), lines: found.lines.map(toLineView), next: found.next ?? null },
      200,
    );
  });
  app.openapi(amendRoute, async (c) => {
    const { id, importId } = c.req.valid('param');
    const { db, audit } = begin(c, id);
    return c.json(toImportView(await amendImport(db, id, importId, c.req.valid('json'), audit)), 200);
  });
  app.openapi(giveUpRoute, async (c) => {
    const { id, importId } = c.req.valid('param');
    const { db, audit } = begin(c, id);
    await giveUpImport(db, id, importId, audit);
    return c.body(null, 204);
  });
  app.openapi(confirmRoute, async (c) => {
    const { id, importId } = c.req.valid('param');
    const { version, skipUnresolved = false } = c.req.valid('json');
    const { db, audit } = begin(c, id);
    return answer(c, (onProgress) =>
      confirmImport(db, id, importId, { version, skipsUnresolved: skipUnresolved, audit }, onProgress),
    );
  });
  app.openapi(undoRoute, async (c) => {
    const { id, importId } = c.req.valid('param');
    const { version } = c.req.valid('json');
    const { db, audit } = begin(c, id);
    return answer(c, (onProgress) => undoImport(db, id, importId, { version, audit }, onProgress));
  });
}

function begin(
  c: Context<AppEnv>,
  territoryId: string,
): { db: AppEnv['Variables']['directory']['store']['db']; audit: AuditContext } {
  const operation = c.req.method === 'GET' ? 'read-territory' : 'edit-territory';
  authorizeRequest(c, operation, { territories: [territoryId] });
  return { db: c.get('directory').store.db, audit: auditContextOf(c) };
}

/** At the end, or as it goes where that was asked for: whatever refuses the whole is told before the first line. */
async function answer(c: Context<AppEnv>, work: (onProgress: OnProgress) => Promise<TerritoryImport>) {
  if (!c.req.header('accept')?.includes('application/x-ndjson'))
    return c.json(toImportView(await work(() => undefined)), 200) as never;
  const lines = new TransformStream<Uint8Array, Uint8Array>();
  const writer = lines.writable.getWriter();
  const write = (line: unknown) =>
    // Whoever no longer reads does not stop what was begun.
    void writer.write(new TextEncoder().encode(`${JSON.stringify(line)}\n`)).catch(() => undefined);
  const begun = Promise.withResolvers<void>();
  const done = work((count, total) => {
    begun.resolve();
    write({ done: count, total });
  });
  await Promise.race([begun.promise, done]);
  void done
    .then(
      (it) => write({ import: toImportView(it) }),
      (error: unknown) => write({ problem: toProblem(error, c.get('requestId')).problem }),
    )
    .then(() => writer.close())
    .catch(() => undefined);
  return c.body(lines.readable, 200, {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'cache-control': 'no-store',
  }) as never;
}
