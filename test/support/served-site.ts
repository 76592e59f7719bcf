import type { SignInSettings } from '#access/sign-in-settings.ts';

import { openHttpServer } from '../../src/http-server.ts';
import { createAccessApp } from './access-app.ts';
import type { Site } from './browser.ts';
import type { TestDirectory } from './test-directory.ts';

/** Under this name people reach it. */
const ORIGIN = 'http://localhost';

/** The application behind a true HTTP server. As a `Site`, it is asked over the network under the name `http://localhost`. */
export interface ServedSite extends Site, AsyncDisposable {
  /** Where it listens. */
  url: string;
}

export async function serveSite(directory: TestDirectory, signIn: SignInSettings): Promise<ServedSite> {
  const server = await openHttpServer('127.0.0.1', 0);
  const app = createAccessApp(directory, { ...signIn, publicUrl: ORIGIN });
  server.serve((request) => app.fetch(request));
  return {
    url: server.url,
    fetch: async (request) => {
      const { method, headers, url } = request;
      const { pathname, search } = new URL(url);
      const body = method === 'GET' || method === 'HEAD' ? null : await request.arrayBuffer();
      return fetch(`${server.url}${pathname}${search}`, { method, headers, body, redirect: 'manual' });
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
