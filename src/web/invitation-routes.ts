import type { OpenAPIHono } from '@hono/zod-openapi';

import type { AppEnv } from '#http/app-env.ts';
import type { BodyRoute } from '#http/limit-body.ts';
import { openInvitation } from '#profiles/territories/open-invitation.ts';

import { AFTER_SIGN_IN, renderInvitationPage } from './invitation-page.ts';
import { signInLink, visitorOf } from './visitor.ts';

/** For `limitBody`. */
export const INVITATION_FORM_BODY: BodyRoute = {
  method: 'POST',
  path: '/invitation/{token}',
  bytesMax: 1000,
};

/** A link of an invitation: it leads to the sign-in, then to one's page, and gives no right by itself. */
export function registerInvitationPages(app: OpenAPIHono<AppEnv>): void {
  app.get('/invitation/:token', async (c) => {
    c.header('cache-control', 'no-store');
    const { db } = c.get('directory').store;
    const invitation = await openInvitation(db, c.req.param('token'), { opens: false });
    const path = `/invitation/${encodeURIComponent(c.req.param('token'))}`;
    return c.html(renderInvitationPage(invitation, path, visitorOf(c)), invitation === undefined ? 404 : 200);
  });
  app.post('/invitation/:token', async (c) => {
    c.header('cache-control', 'no-store');
    const { db } = c.get('directory').store;
    const invitation = await openInvitation(db, c.req.param('token'), { opens: true });
    if (invitation === undefined) return c.html(renderInvitationPage(undefined, '', visitorOf(c)), 404);
    const isKnown = c.get('actor').kind === 'person';
    return c.redirect(isKnown ? AFTER_SIGN_IN : signInLink(AFTER_SIGN_IN), 303);
  });
}
