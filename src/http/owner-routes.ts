import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';

import { dayInFrance } from '#domain/away.ts';
import { listDelegates, nameDelegate, revokeDelegate } from '#profiles/practitioner/delegates.ts';
import { loadProfessional } from '#profiles/practitioner/profile-page.ts';
import {
  forgetContact,
  listContacts,
  putContact,
  verifyContact,
} from '#profiles/practitioner/private-contacts.ts';

import type { AppEnv } from './app-env.ts';
import { auditContextOf, authorizeRequest } from './authenticate.ts';
import type { BodyRoute } from './limit-body.ts';
import { problemResponses } from './openapi-parts.ts';
import { ownRpps } from './profile-editor.ts';
import { queryObject } from './request-faults.ts';

const DELEGATES = '/v1/me/delegates';
const CONTACT = '/v1/me/contacts/{kind}';
const VERIFICATION = `${CONTACT}/verification` as const;

/** For `limitBody`. */
export const OWNER_BODIES: BodyRoute[] = [
  { method: 'POST', path: DELEGATES, bytesMax: 4000 },
  { method: 'PUT', path: CONTACT, bytesMax: 4000 },
  { method: 'POST', path: VERIFICATION, bytesMax: 4000 },
];

const tags = ['me'];
const NoQuerySchema = queryObject({});
const refusals = problemResponses(400, 401, 403, 404, 503);
const body = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
});
const answer = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
});

const DelegateSchema = z
  .object({
    id: z.string(),
    delegate: z.string(),
    name: z.string(),
    until: z.string().nullable(),
    createdAt: z.string(),
  })
  .openapi('Delegate');
const kind = z.object({ kind: z.enum(['email', 'phone']) });

const listDelegatesRoute = createRoute({
  method: 'get',
  path: DELEGATES,
  tags,
  summary: 'Who may edit one’s page',
  request: { query: NoQuerySchema },
  responses: {
    200: answer('As it stands now.', z.object({ delegates: z.array(DelegateSchema) })),
    ...refusals,
  },
});
const addDelegateRoute = createRoute({
  method: 'post',
  path: DELEGATES,
  tags,
  summary: 'Lets somebody edit one’s page, until revoked or a day',
  request: {
    query: NoQuerySchema,
    body: body(
      queryObject({
        delegate: z.string().max(260).openapi({
          description: 'An RPPS number, or the e-mail address that the delegate signs in with.',
        }),
        name: z.string().trim().min(1).max(120),
        until: z.iso.date('It is a day such as 2026-12-24.').optional(),
      }),
    ),
  },
  responses: { 201: answer('Named.', z.object({ id: z.string() })), ...refusals, ...problemResponses(413) },
});
const removeDelegateRoute = createRoute({
  method: 'delete',
  path: `${DELEGATES}/{id}`,
  tags,
  summary: 'Revokes a delegate',
  request: { query: NoQuerySchema, params: z.object({ id: z.string().max(60) }) },
  responses: { 204: { description: 'Revoked.' }, ...refusals },
});

const listContactsRoute = createRoute({
  method: 'get',
  path: '/v1/me/contacts',
  tags,
  summary: 'Where one is told things: private',
  request: { query: NoQuerySchema },
  responses: {
    200: answer(
      'Known to their owner only.',
      z.object({
        contacts: z.array(
          z.object({ kind: z.enum(['email', 'phone']), address: z.string(), isVerified: z.boolean() }),
        ),
      }),
    ),
    ...refusals,
  },
});
const putContactRoute = createRoute({
  method: 'put',
  path: CONTACT,
  tags,
  summary: 'Sends a code to an address of one’s own; it counts once the code came back',
  request: { query: NoQuerySchema, params: kind, body: body(queryObject({ address: z.string().max(260) })) },
  responses: { 202: { description: 'A code was sent.' }, ...refusals, ...problemResponses(413, 429) },
});
const verifyRoute = createRoute({
  method: 'post',
  path: VERIFICATION,
  tags,
  summary: 'Gives the code back',
  request: { query: NoQuerySchema, params: kind, body: body(queryObject({ code: z.string().max(20) })) },
  responses: { 204: { description: 'The address is verified.' }, ...refusals, ...problemResponses(413) },
});
const removeContactRoute = createRoute({
  method: 'delete',
  path: CONTACT,
  tags,
  summary: 'Forgets an address',
  request: { query: NoQuerySchema, params: kind },
  responses: { 204: { description: 'Forgotten.' }, ...refusals },
});

/** What only the owner of a page may do: delegates, and where they are told things. */
export function registerOwner(app: OpenAPIHono<AppEnv>): void {
  app.openapi(listDelegatesRoute, async (c) => {
    const { db, practitionerId, today } = asOwner(c);
    return c.json({ delegates: await listDelegates(db, practitionerId, today) }, 200);
  });
  app.openapi(addDelegateRoute, async (c) => {
    const { db, practitionerId, today, audit } = asOwner(c);
    await loadProfessional(db, practitionerId);
    const { delegate, name, until } = c.req.valid('json');
    return c.json(
      { id: await nameDelegate(db, practitionerId, { delegate, name, until }, today, audit) },
      201,
    );
  });
  app.openapi(removeDelegateRoute, async (c) => {
    const { db, practitionerId, audit } = asOwner(c);
    await revokeDelegate(db, practitionerId, c.req.valid('param').id, audit);
    return c.body(null, 204);
  });
  app.openapi(listContactsRoute, async (c) => {
    const { db, practitionerId } = asOwner(c);
    return c.json({ contacts: await listContacts(db, practitionerId) }, 200);
  });
  app.openapi(putContactRoute, async (c) => {
    const { db, practitionerId, audit } = asOwner(c);
    const { address } = c.req.valid('json');
    const { kind } = c.req.valid('param');
    await putContact(db, c.get('sender'), practitionerId, { kind, address }, audit);
    return c.body(null, 202);
  });
  app.openapi(verifyRoute, async (c) => {
    const { db, practitionerId, audit } = asOwner(c);
    await verifyContact(db, practitionerId, c.req.valid('param').kind, c.req.valid('json').code, audit);
    return c.body(null, 204);
  });
  app.openapi(removeContactRoute, async (c) => {
    const { db, practitionerId, audit } = asOwner(c);
    await forgetContact(db, practitionerId, c.req.valid('param').kind, audit);
    return c.body(null, 204);
  });
}

function asOwner(c: Context<AppEnv>) {
  const practitionerId = `8${ownRpps(c.get('actor'))}`;
  authorizeRequest(c, 'own-profile', { owner: practitionerId.slice(1) });
  c.header('cache-control', 'no-store');
  const { store, now } = c.get('directory');
  return { db: store.db, practitionerId, today: dayInFrance(now()), audit: auditContextOf(c) };
}
