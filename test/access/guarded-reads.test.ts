import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createKey } from '#access/application-keys.ts';

import { importCaseFiles } from '../acceptance/api-cases.ts';
import { createAccessApp } from '../support/access-app.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestProvider, type TestProvider } from '../support/test-provider.ts';
import { READS, SAMPLES } from './route-samples.ts';

let directory: TestDirectory;
let provider: TestProvider;
let open: ReturnType<typeof createAccessApp>;
let closed: ReturnType<typeof createAccessApp>;
let expertId: string;
let teamId: string;

beforeAll(async () => {
  [directory, provider] = await Promise.all([openTestDirectory('PGlite'), openTestProvider()]);
  await importCaseFiles(directory);
  open = createAccessApp(directory, provider.settings);
  closed = createAccessApp(directory, provider.settings, { reading: 'keys' });
  const { key } = await createKey(directory.store.db, 'Tout', ['admin']);
  const declare = async (path: string) => {
    const { body } = SAMPLES[`POST ${path}`]!;
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const init = { method: 'POST', headers, ...(body !== undefined && { body }) };
    const response = await open.fetch(new Request(`http://localhost${path}`, init));
    expect([response.status, path]).toEqual([201, path]);
    return ((await response.json()) as { id: string }).id;
  };
  [expertId, teamId] = [await declare('/v1/experts'), await declare('/v1/teams')];
});

afterAll(async () => {
  await provider[Symbol.asyncDispose]();
  await directory[Symbol.asyncDispose]();
});

const listReads = () => open.routes.filter((it) => it.method === 'GET').map((it) => it.path);

test('every route that is a GET is told for whom it is', () => {
  expect(Object.keys(READS).toSorted()).toEqual([...new Set(listReads())].toSorted());
});

/** What becomes of a request, as far as who asks decides. */
type Outcome = 'answered' | 'who?' | 'refused';

async function outcomeOf(response: Response): Promise<Outcome> {
  const location = response.headers.get('location') ?? '';
  if (response.status === 401 || (response.status === 303 && location.startsWith('/connexion?')))
    return 'who?';
  if (response.status === 403) return 'refused';
  expect(response.status).toBeLessThan(500);
  return 'answered';
}

/** Of a caller whom nobody knows, where reading is open and where it is not; of somebody without a role; of a key that may search. */
const EXPECTED: Record<(typeof READS)[string]['audience'], Outcome[]> = {
  anybody: ['answered', 'answered', 'answered', 'answered'],
  reading: ['answered', 'who?', 'answered', 'answered'],
  export: ['answered', 'who?', 'refused', 'refused'],
  self: ['who?', 'who?', 'answered', 'refused'],
  'own-page': ['who?', 'who?', 'answered', 'who?'],
  privileged: ['who?', 'who?', 'refused', 'refused'],
};

describe('is answered to those only whom it is for', () => {
  test.each(Object.entries(READS))('%s', async (pattern, { audience, path }) => {
    const { key } = await createKey(directory.store.db, 'Lecture', ['search']);
    // A professional, so that what is about oneself is there.
    const helene = await provider.signIn(open, 'Marie MARTIN');
    const filled = path?.replace('EXPERT', expertId).replace('TEAM', teamId);
    const address = `http://localhost${filled ?? pattern.replace(/:\w+/g, 'x')}`;
    const ask = async (app: typeof open, headers: Record<string, string> = {}) =>
      outcomeOf(await app.fetch(new Request(address, { headers })));
    expect([
      await ask(open),
      await ask(closed),
      await ask(closed, { cookie: helene.cookie }),
      await ask(closed, { authorization: `Bearer ${key}` }),
    ]).toEqual(EXPECTED[audience]);
  });
});
