import type { OpenAPIHono } from '@hono/zod-openapi';

import type { AppEnv } from '#http/app-env.ts';
import type { BodyRoute } from '#http/limit-body.ts';
import { openInvitation, readInvitation } from '#profiles/territories/open-invitation.ts';

import { renderInvitationPage } from './invitation-page.ts';
import { visitorOf } from './visitor.ts';

/** For `limitBody`. */
export const INVITATION_FORM_BODY: BodyRoute = {
  method: 'POST',
  path: '/invitation/{token}',
  bytesMax: 1000,
};

/** A link of an invitation: it leads to the sign-in, and opens for the person whom it was sent to. It gives no right by itself. */
export function registerInvitationPages(app: OpenAPIHono<AppEnv>): void {
  app.get('/invitation/:token', async (c) => {
    c.header('cache-control', 'no-store');
    const token = c.req.param('token');
    const invitation = await readInvitation(c.get('directory').store.db, token);
    const actor = c.get('actor');
    const reader = actor.kind === 'person' ? { name: actor.name, rpps: actor.rpps } : undefined;
    const path = `/invitation/${encodeURIComponent(token)}`;
    const page = renderInvitationPage({ invitation, reader, path, visitor: visitorOf(c) });
    return c.html(page, invitation === undefined ? 404 : 200);
  });
  app.post('/invitation/:token', async (c) => {
    c.header('cache-control', 'no-store');
    const token = c.req.param('token');
    const rpps = await openInvitation(c.get('directory').store.db, token, c.get('actor'));
    // Otherwise the page of the link tells why it does not open.
    const path =
      rpps === undefined ? `/invitation/${encodeURIComponent(token)}` : `/espace/praticiens/${rpps}`;
    return c.redirect(path, 303);
  });
}
