import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { openBrowser } from '../support/browser.ts';
import { activity, openOfficialFolder } from '../support/official-files.ts';
import { runProgram, startProgram, type Program } from '../support/program.ts';
import { openTestStore } from '../support/test-store.ts';

const START_LIMIT_MS = 240_000;

describe('npm start on an empty folder, nothing configured', () => {
  let dataDir: string;
  let server: Program;
  let url: string;
  const settings = () => ({ DATA_DIR: dataDir, PORT: '0' });
  const start = async () => {
    server = startProgram('src/server.ts', [], settings());
    [, url] = (await server.untilSays(/Ready\. .*(http:\/\/127\.0\.0\.1:\d+)\/docs/)) as unknown as [
      string,
      string,
    ];
  };
  const search = async (query: string) => {
    const response = await fetch(`${url}/v1/correspondents?${query}`);
    expect(response.status).toBe(200);
    return (await response.json()) as { results: { name: string; id: string }[]; total: { value: number } };
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'correspondants-start-'));
    // What a first start leaves that is killed while it makes the demonstration.
    await mkdir(join(dataDir, 'demo-killed'));
    await start();
  }, START_LIMIT_MS);

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('makes a demonstration through the importer, and answers the search that it proposes', async () => {
    expect(server.output()).toContain('The directory is empty');
    expect(server.output()).toMatch(
      /curl 'http:\/\/127\.0\.0\.1:\d+\/v1\/correspondents\?q=martin&where=43'/,
    );
    const { results } = await search('q=martin&where=43');
    expect(results[0]!.name).toContain('MARTIN');
    const sources = (await (await fetch(`${url}/v1/sources`)).json()) as {
      sources: { source: string; lines: number; rejected: number }[];
      lastRun: { state: string };
    };
    expect(sources.lastRun.state).toBe('succeeded');
    expect(sources.sources.every((it) => it.lines > 0)).toBe(true);
    expect((await search('kind=professional')).total).toEqual({ value: 10_000, exact: false });
  });

  test('leaves nothing of the files that it made, nor of those of a start that was killed', async () => {
    expect((await readdir(dataDir)).filter((name) => name.startsWith('demo-'))).toEqual([]);
  });

  test('lets one sign in as its invented people, each with a role, at true providers', async () => {
    const roles: unknown[] = [];
    for (const [provider, name] of [
      ['pro-sante-connect', 'Hélène'],
      ['autre', 'Odile'],
      ['autre', 'Berthe'],
    ] as const) {
      const browser = openBrowser(undefined);
      const page = await (await browser.fetch(`${url}/connexion?avec=${provider}`)).text();
      const choice = new RegExp(`value="([^"]+)"><b>${name} `).exec(page)![1]!;
      await browser.fetch(new URL(/action="([^"]+)"/.exec(page)![1]!, browser.address()).href, {
        method: 'POST',
        body: new URLSearchParams({ personne: choice }),
      });
      const me = (await (await browser.fetch(`${url}/v1/me`)).json()) as { rpps: string; roles: unknown[] };
      roles.push(me.rpps === null ? me.roles : (await fetch(`${url}/v1/correspondents/${me.rpps}`)).status);
    }
    expect(roles).toEqual([
      200,
      [{ role: 'coordinator', target: 'cpts-du-velay' }],
      [{ role: 'administrator', target: null }],
    ]);
  });

  test('takes commands of the command line while it runs, and they show at once', async () => {
    const { results } = await search('q=martin&where=43&kind=professional');
    const rpps = results[0]!.id.slice('professional-8'.length);
    const hidden = await runProgram(
      'src/cli.ts',
      ['withheld', 'add', rpps, '--reason', 'liste rouge'],
      settings(),
    );
    expect(hidden).toMatchObject({ exitCode: 0, output: expect.stringContaining('Withheld') });
    expect((await fetch(`${url}/v1/correspondents/${rpps}`)).status).toBe(404);
    expect((await search('q=martin&where=43&kind=professional')).results[0]!.id).not.toBe(results[0]!.id);
    const compared = await runProgram('src/cli.ts', ['index', 'compare'], settings());
    expect(compared).toMatchObject({ exitCode: 0, output: expect.stringContaining('Different: none') });
  }, 120_000);

  test('refuses a second server on the same folder in one sentence', async () => {
    const second = await runProgram('src/server.ts', [], settings());
    expect(second.exitCode).toBe(1);
    expect(second.output.trim().split('\n').at(-1)).toMatch(new RegExp(`in use.*${server.pid}`));
    expect(second.output).not.toContain('    at ');
  });

  test(
    'stops on Ctrl-C, and starts again as it was without making anything anew',
    async () => {
      const before = await search('q=martin');
      server.kill('SIGINT');
      expect(await server.exited).toBe(0);
      await start();
      expect(server.output()).not.toContain('The directory is empty');
      expect(await search('q=martin')).toEqual(before);
    },
    START_LIMIT_MS,
  );
});

describe('what goes wrong at start is one clear sentence', () => {
  test('a port in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { exitCode, output } = await runProgram('src/server.ts', [], {
      PORT: String(port),
      DATA_DIR: join(tmpdir(), 'unused'),
    });
    taken.close();
    expect({ exitCode, output }).toEqual({
      exitCode: 1,
      output: `Port ${port} of 127.0.0.1 is in use: stop what uses it, or set PORT to another.\n`,
    });
  });

  test('settings that are wrong, all of them', async () => {
    const { exitCode, output } = await runProgram('src/server.ts', [], {
      PORT: 'eighty',
      DATABASE_URL: 'mysql://x',
      DEMO: 'maybe',
    });
    expect(exitCode).toBe(1);
    for (const name of ['PORT', 'DATABASE_URL', 'DEMO']) expect(output).toContain(name);
    expect(output).not.toContain('    at ');
  });

  test.skipIf(inject('postgresUrl') === undefined)('a store of a newer version', async () => {
    await using store = await openTestStore('Postgres server');
    await store.db.execute(
      sql`insert into schema_migration (position, name, hash) values (999, 'future', 'x')`,
    );
    const { exitCode, output } = await runProgram('src/cli.ts', ['withheld', 'list'], {
      DATABASE_URL: store.url!,
    });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^The directory was written by a later version of this program .*\n$/);
  });

  test('a database that does not answer', async () => {
    const { exitCode, output } = await runProgram('src/cli.ts', ['withheld', 'list'], {
      DATABASE_URL: 'postgres://someone:secretpassword@127.0.0.1:9/none',
    });
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: 'The database does not answer.\n' });
  });
});

describe.skipIf(inject('postgresUrl') === undefined)('npm run cli -- import', () => {
  test('reports what it did, tells what it refuses, and exits accordingly', async () => {
    await using store = await openTestStore('Postgres server');
    await using folder = await openOfficialFolder();
    const settings = { DATABASE_URL: store.url! };
    const people = Array.from({ length: 30 }, (_, index) =>
      activity(`990000002${String(index).padStart(2, '0')}`),
    );
    const file = await folder.writeActivity(people);
    const first = await runProgram('src/cli.ts', ['import', '--rpps', file], settings);
    expect(first.exitCode).toBe(0);
    expect(first.output).toContain('practitioner: 30 created, 0 changed, 0 deactivated, 0 unchanged');
    expect(first.output).toContain('of 2026-11-20T05:00:00');
    const again = await runProgram('src/cli.ts', ['import', '--rpps', file], settings);
    expect(again).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('the very file of the last import'),
    });
    await folder.writeActivity(people.slice(3));
    const refused = await runProgram('src/cli.ts', ['import', '--rpps', file], settings);
    expect(refused.exitCode).toBe(2);
    expect(refused.output).toContain('rpps: 10.00 % disappearing, the limit is 5.00 %');
    const absent = await runProgram('src/cli.ts', ['import', '--rpps', '/nowhere/file.txt'], settings);
    expect(absent.exitCode).toBe(1);
    expect(absent.output).not.toContain('    at ');
    const wrong = await runProgram('src/cli.ts', ['import', '--rps', file], settings);
    expect(wrong).toMatchObject({ exitCode: 1, output: expect.stringContaining('--rpps') });
  });

  test('--download fetches what is new only, and keeps the date that the publisher gives', async () => {
    await using store = await openTestStore('Postgres server');
    await using folder = await openOfficialFolder();
    const dataDir = await mkdtemp(join(tmpdir(), 'correspondants-download-'));
    const file = await readFile(await folder.writeActivity([activity('99000000001')]));
    const asked: (string | undefined)[] = [];
    const mirror = createHttpServer((request, response) => {
      asked.push(`${request.url} ${request.headers['if-none-match'] ?? ''}`.trim());
      if (request.headers['if-none-match'] === '"v1"') return void response.writeHead(304).end();
      response.writeHead(200, {
        etag: '"v1"',
        'content-disposition': 'attachment; filename=PS_LibreAcces_Personne_activite_202611190430.txt',
      });
      response.end(file);
    }).listen(0, '127.0.0.1');
    await once(mirror, 'listening');
    const url = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
    const args = ['import', '--download', 'rpps', '--mirror', url];
    const settings = { DATABASE_URL: store.url!, DATA_DIR: dataDir };
    const first = await runProgram('src/cli.ts', args, settings);
    expect(first).toMatchObject({ exitCode: 0, output: expect.stringContaining('of 2026-11-19T03:30:00') });
    const second = await runProgram('src/cli.ts', args, settings);
    expect(second).toMatchObject({ exitCode: 0, output: expect.stringContaining('nothing new') });
    expect(asked).toEqual(['/rpps', '/rpps "v1"']);
    mirror.close();
    await rm(dataDir, { recursive: true, force: true });
  });
});
