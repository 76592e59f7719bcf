import { afterAll, beforeAll, expect, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';

import { openHttpServer, type HttpServer } from '../../src/http-server.ts';
import { createAccessApp } from '../support/access-app.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { FOR_ANYBODY, SAMPLES } from './route-samples.ts';

let directory: TestDirectory;
let provider: TestProvider;
let server: HttpServer;
let app: ReturnType<typeof createAccessApp>;

beforeAll(async () => {
  [directory, provider] = await Promise.all([openTestDirectory('PGlite'), openTestProvider()]);
  app = createAccessApp(directory, provider.settings);
  server = await openHttpServer('127.0.0.1', 0);
  server.serve((request) => app.fetch(request));
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
  await directory[Symbol.asyncDispose]();
});

test('whatever is no GET is refused to whoever is unknown, and to whoever has no role', async () => {
  const { key } = await createKey(directory.store.db, 'Lecture', ['search', 'export']);
  const sylvie = await provider.signIn(app, 'Sylvie POLIGNAC');
  const session = {
    cookie: sylvie.cookie,
    'x-csrf-token': sylvie.csrfToken,
    origin: server.url,
  };
  const routes = app.routes.filter((it) => !['GET', 'ALL'].includes(it.method));
  expect(routes.length).toBeGreaterThan(5);
  const names = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  const refused: Record<string, number[]> = {};
  for (const name of names) {
    if (FOR_ANYBODY.has(name)) continue;
    const [method, pattern] = name.split(' ') as [string, string];
    // A route without a sample gets an empty body: give it one in route-samples.ts, so that it is refused for who asks.
    const { body = '', type = 'application/json', path } = SAMPLES[name] ?? {};
    const address = `${server.url}${path ?? pattern.replace(/:\w+/g, 'x')}`;
    const statusFor = async (headers: Record<string, string>) => {
      const init = body === '' ? { headers } : { headers: { ...headers, 'content-type': type }, body };
      return (await fetch(address, { method, ...init })).status;
    };
    refused[name] = [
      await statusFor({}),
      await statusFor(session),
      await statusFor({ authorization: `Bearer ${key}` }),
    ];
  }
  expect(refused).toEqual(Object.fromEntries(Object.keys(refused).map((name) => [name, [401, 403, 403]])));
});
