import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { forwardToServer, serveControl } from '#embedded/control-socket.ts';
import { findLockHolder, lockDataDir } from '#embedded/data-dir.ts';
import { runScript } from './child.ts';
import { makeTempFolder, until } from './temp-folder.ts';

function collect() {
  const said = { out: '', err: '' };
  return {
    said,
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
  };
}

const request = { argv: ['import', '--rpps', 'f.txt'], cwd: '/somewhere', isTerminal: true };

test('a command runs inside the server: words, folder, terminal, both outputs and the exit code travel', async () => {
  await using temp = await makeTempFolder();
  await using _lock = await lockDataDir(temp.path);
  const long = 'é😀'.repeat(100_000);
  await using _server = await serveControl({
    dataDir: temp.path,
    async run({ argv, cwd }, io) {
      io.out(`${argv.join(' ')} in ${cwd}, terminal ${io.isTerminal}\n`);
      io.err('careful\n');
      io.out(long);
      return 3;
    },
  });
  expect((await stat(join(temp.path, 'control.sock'))).mode & 0o777).toBe(0o600);
  const io = collect();
  expect(await forwardToServer(temp.path, request, io)).toBe(3);
  expect(io.said.out === `import --rpps f.txt in /somewhere, terminal true\n${long}`).toBe(true);
  expect(io.said.err).toBe('careful\n');
});

test('without a server there is nothing to forward to', async () => {
  await using temp = await makeTempFolder();
  expect(await forwardToServer(temp.path, request, collect())).toBeUndefined();
  await using _lock = await lockDataDir(temp.path);
  expect(await forwardToServer(temp.path, request, collect())).toBeUndefined();
});

test('a path too long for a socket is replaced by a short one, and removed with its server', async () => {
  await using temp = await makeTempFolder();
  const dataDir = join(temp.path, 'd'.repeat(120));
  await using _lock = await lockDataDir(dataDir);
  let socket: string | null | undefined;
  {
    await using _server = await serveControl({ dataDir, run: async () => 0 });
    socket = (await findLockHolder(dataDir))?.socket;
    expect((await stat(dirname(socket ?? ''))).mode & 0o777).toBe(0o700);
    expect(await forwardToServer(dataDir, request, collect())).toBe(0);
  }
  await expect(stat(dirname(socket ?? ''))).rejects.toThrow('ENOENT');
  expect((await findLockHolder(dataDir))?.socket).toBeNull();
});

test('Ctrl-C aborts the command, whose last words still arrive', async () => {
  await using temp = await makeTempFolder();
  await using _lock = await lockDataDir(temp.path);
  await using _server = await serveControl({
    dataDir: temp.path,
    async run(_, io) {
      io.out('started\n');
      await once(io.signal, 'abort');
      io.err('nothing was changed\n');
      return 130;
    },
  });
  const io = collect();
  const interrupt = new AbortController();
  const running = forwardToServer(temp.path, request, { ...io, signal: interrupt.signal });
  await until(() => io.said.out === 'started\n');
  interrupt.abort();
  expect(await running).toBe(130);
  expect(io.said.err).toBe('nothing was changed\n');
});

test('a client that is killed aborts its command', async () => {
  await using temp = await makeTempFolder();
  await using _lock = await lockDataDir(temp.path);
  let isAborted = false;
  await using _server = await serveControl({
    dataDir: temp.path,
    async run(_, io) {
      io.out('started');
      await once(io.signal, 'abort');
      isAborted = true;
      return 1;
    },
  });
  await using client = runScript(`
    import { forwardToServer } from '#embedded/control-socket.ts';
    const io = { out: (text) => console.log(text), err: () => {} };
    await forwardToServer(${JSON.stringify(temp.path)}, ${JSON.stringify(request)}, io);`);
  expect(await client.nextLine()).toBe('started');
  await client.kill();
  await until(() => isAborted);
});

test('a server that stops aborts the commands and waits for them', async () => {
  await using temp = await makeTempFolder();
  await using _lock = await lockDataDir(temp.path);
  let hasEnded = false;
  const server = await serveControl({
    dataDir: temp.path,
    async run(_, io) {
      io.out('started');
      await once(io.signal, 'abort');
      hasEnded = true;
      return 75;
    },
  });
  const io = collect();
  const running = forwardToServer(temp.path, request, io);
  await until(() => io.said.out === 'started');
  await server[Symbol.asyncDispose]();
  expect(hasEnded).toBe(true);
  expect(await running).toBe(75);
});

test('a server that dies under a command is told as such, and a dead one is not waited for', async () => {
  await using temp = await makeTempFolder();
  await using server = runScript(`
    import { lockDataDir } from '#embedded/data-dir.ts';
    import { serveControl } from '#embedded/control-socket.ts';
    const dataDir = ${JSON.stringify(temp.path)};
    await lockDataDir(dataDir);
    await serveControl({ dataDir, run: (_, io) => { io.out('started'); return new Promise(() => {}); } });
    console.log('ready');`);
  expect(await server.nextLine()).toBe('ready');
  const io = collect();
  const running = forwardToServer(temp.path, request, io);
  await until(() => io.said.out === 'started');
  await Promise.all([server.kill(), expect(running).rejects.toMatchObject({ code: 'store-unavailable' })]);
  expect(await forwardToServer(temp.path, request, io)).toBeUndefined();
  await using _lock = await lockDataDir(temp.path);
  await using _server = await serveControl({ dataDir: temp.path, run: async () => 0 });
  expect(await forwardToServer(temp.path, request, io)).toBe(0);
});

test('a command that throws gives its message and exit code 1; other talk closes the connection', async () => {
  await using temp = await makeTempFolder();
  await using _lock = await lockDataDir(temp.path);
  let runs = 0;
  await using _server = await serveControl({
    dataDir: temp.path,
    run() {
      runs++;
      return Promise.reject(new Error('no such file'));
    },
  });
  const io = collect();
  expect(await forwardToServer(temp.path, request, io)).toBe(1);
  expect(io.said.err).toBe('no such file\n');
  for (const talk of ['GET / HTTP/1.1\n', '{"argv":1}\n', `"${'x'.repeat(2 << 20)}"\n`]) {
    const stranger = connect(join(temp.path, 'control.sock')).on('error', () => {});
    stranger.resume().write(talk);
    await until(() => stranger.closed);
  }
  expect(runs).toBe(1);
});
