import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

import type { AppEnv } from './app-env.ts';
import { publicOriginOf } from './public-origin.ts';

/** `session`: who is signed in; `browser`: which browser left to sign in; `return`: where it was. */
type CookieName = 'session' | 'browser' | 'return';

export function readCookie(c: Context<AppEnv>, name: CookieName): string | undefined {
  return getCookie(c, nameOf(c, name));
}

/** Kept until the browser is closed, sent with no request of another site but a link, and out of reach of scripts. */
export function writeCookie(c: Context<AppEnv>, name: CookieName, value: string): void {
  setCookie(c, nameOf(c, name), value, attributesOf(c));
}

export function clearCookie(c: Context<AppEnv>, name: CookieName): void {
  deleteCookie(c, nameOf(c, name), attributesOf(c));
}

/** No other host and no plain connection can set one whose name begins so. @see RFC 6265bis, section 4.1.3.2 */
function nameOf(c: Context<AppEnv>, name: CookieName): string {
  return `${isSecure(c) ? '__Host-' : ''}correspondants-${name}`;
}

function attributesOf(c: Context<AppEnv>) {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(c) } as const;
}

function isSecure(c: Context<AppEnv>): boolean {
  return publicOriginOf(c)?.startsWith('https:') ?? true;
}
