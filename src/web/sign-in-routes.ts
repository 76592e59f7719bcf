import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';

import { toLocalPath } from '#access/local-path.ts';
import { makeSecret } from '#access/secrets.ts';
import { endSession, startSession } from '#access/sessions.ts';
import { beginSignIn, finishSignIn } from '#access/sign-in.ts';
import type { SignInSettings } from '#access/sign-in-settings.ts';
import { dayInFrance } from '#domain/away.ts';
import { listTerritories } from '#directory/list-territories.ts';
import { AppError } from '#domain/errors.ts';
import type { AppEnv } from '#http/app-env.ts';
import { clearCookie, readCookie, writeCookie } from '#http/cookies.ts';
import type { BodyRoute } from '#http/limit-body.ts';
import { publicOriginOf } from '#http/public-origin.ts';
import { listManagedOrganizations } from '#profiles/declarations/list-managed-organizations.ts';
import { listPagesToFill } from '#profiles/practitioner/delegates.ts';

import { renderMySpacePage } from './my-space-page.ts';
import { renderSignInPage } from './sign-in-page.ts';
import { canSignIn, signInLink, visitorOf } from './visitor.ts';

/** For `limitBody`. */
export const SIGN_OUT_BODY: BodyRoute = { method: 'POST', path: '/deconnexion', bytesMax: 1000 };

const RETURN_PATH = '/connexion/retour';
/** Of a cookie's value, which browsers bound. */
const RETURN_LENGTH_MAX = 3000;

/** Signing in with a provider of identities, signing out, and who one is then. */
export function registerSignIn(app: OpenAPIHono<AppEnv>): void {
  app.get('/connexion', async (c) => {
    const { providers, origin } = getSettings(c);
    const returnTo = toLocalPath(c.req.query('retour'));
    const chosen = c.req.query('avec') ?? (providers.length === 1 ? providers[0]!.id : undefined);
    const provider = providers.find((it) => it.id === chosen);
    if (!provider) return c.html(renderSignInPage(providers, returnTo, visitorOf(c)));
    // One secret for all tabs of the browser.
    const browser = readCookie(c, 'browser') ?? makeSecret();
    const redirectUri = `${origin}${RETURN_PATH}`;
    const url = await beginSignIn(c.get('directory').store.db, provider, { redirectUri, browser });
    writeCookie(c, 'browser', browser);
    writeCookie(c, 'return', encodeURIComponent(returnTo).length > RETURN_LENGTH_MAX ? '/' : returnTo);
    c.header('cache-control', 'no-store');
    return c.redirect(url.href, 303);
  });

  app.get(RETURN_PATH, async (c) => {
    const { providers, origin } = getSettings(c);
    const { db } = c.get('directory').store;
    c.header('cache-control', 'no-store');
    const person = await finishSignIn(db, providers, {
      url: new URL(`${origin}${RETURN_PATH}${new URL(c.req.url).search}`),
      browser: readCookie(c, 'browser'),
    });
    const before = readCookie(c, 'session');
    if (before !== undefined) await endSession(db, before);
    writeCookie(c, 'session', await startSession(db, person));
    const returnTo = toLocalPath(readCookie(c, 'return'));
    clearCookie(c, 'browser');
    clearCookie(c, 'return');
    return c.redirect(`${origin}${returnTo}`, 303);
  });

  app.post(SIGN_OUT_BODY.path, async (c) => {
    const { origin } = getSettings(c);
    const token = c.get('csrfToken') === undefined ? undefined : readCookie(c, 'session');
    if (token !== undefined) await endSession(c.get('directory').store.db, token);
    clearCookie(c, 'session');
    return c.redirect(`${origin}/`, 303);
  });

  app.get('/mon-espace', async (c) => {
    const actor = c.get('actor');
    if (actor.kind === 'anonymous' && canSignIn(c)) return c.redirect(signInLink('/mon-espace'), 303);
    if (actor.kind !== 'person') throw new AppError('key-needed', 'Sign in to see this page.', {});
    const directory = c.get('directory');
    const today = dayInFrance(directory.now());
    const entrusted = await listPagesToFill(directory.store.db, actor.knownAs, today);
    const isUnknown = c.req.query('rpps') !== undefined;
    const territories = actor.territories.length === 0 ? [] : await listTerritories(directory);
    const organizations = await listManagedOrganizations(directory.store.db, actor);
    const shown = { entrusted, territories, organizations, isUnknown };
    return c.html(renderMySpacePage(actor, visitorOf(c), shown));
  });
}

/** @throws AppError `route-not-found` where nobody can sign in, or not under the name that was asked */
function getSettings(c: Context<AppEnv>): SignInSettings & { origin: string } {
  const settings = c.get('signIn');
  const origin = publicOriginOf(c);
  if (!settings || settings.providers.length === 0 || origin === undefined)
    throw new AppError('route-not-found', 'Nobody can sign in here.', { nearest: undefined });
  return { ...settings, origin };
}
