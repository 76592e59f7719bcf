import type { Context } from 'hono';

import type { AppEnv } from '#http/app-env.ts';

/** Who looks at a page, as its header shows. */
export interface Visitor {
  /** Undefined: nobody is signed in. */
  person: { name: string; csrfToken: string } | undefined;
  /** Where to sign in and come back; undefined where nobody can. */
  signInPath: string | undefined;
}

export function visitorOf(c: Context<AppEnv>): Visitor {
  const actor = c.get('actor');
  const csrfToken = c.get('csrfToken');
  const { pathname, search } = new URL(c.req.url);
  return {
    person: actor?.kind === 'person' && csrfToken !== undefined ? { name: actor.name, csrfToken } : undefined,
    signInPath: canSignIn(c) ? signInLink(`${pathname}${search}`) : undefined,
  };
}

/** Whether there is a provider to sign in with on pages. */
export function canSignIn(c: Context<AppEnv>): boolean {
  return (c.get('signIn')?.providers.length ?? 0) > 0;
}

/** The address of the sign-in, which leads back to a path of this service. */
export function signInLink(path: string): string {
  return path === '/' ? '/connexion' : `/connexion?retour=${encodeURIComponent(path)}`;
}
