import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { z } from 'zod';
import { AppError } from '#domain/errors.ts';
import { findLockHolder, recordControlSocket } from './data-dir.ts';
import { readJsonLines, toJsonLine } from './json-lines.ts';

/** The address of a Unix socket holds 108 bytes on Linux and 104 elsewhere, the closing zero included. */
const SOCKET_PATH_BYTES_MAX = 103;
/** Texts travel in pieces of whole characters, far below the limit of `readJsonLines` however they are escaped. */
const TEXT_PIECES = /[^]{1,65536}/gu;
const FLUSH_TIMEOUT_MS = 1000;
/** A client that does not read is taken for gone when this much waits for it. */
const UNREAD_BYTES_MAX = 16 << 20;

const Request = z.object({ argv: z.array(z.string()), cwd: z.string(), isTerminal: z.boolean() });
const Reply = z.union([
  z.object({ out: z.string() }),
  z.object({ err: z.string() }),
  z.object({ exitCode: z.number() }),
]);

export interface ControlRequest {
  /** The words after `npm run cli --`. */
  argv: string[];
  /** Where relative paths start. */
  cwd: string;
}

interface ControlIo {
  out(text: string): void;
  err(text: string): void;
  /** Whether the client shows a terminal: a progress bar, else lines. */
  isTerminal: boolean;
  /** Aborted when the client is gone (Ctrl-C, kill) or the server stops. */
  signal: AbortSignal;
}

export interface ControlServerOptions {
  /** Held by this process (`lockDataDir`). */
  dataDir: string;
  /** Runs one command and answers its exit code. Several may run at once. */
  run(request: ControlRequest, io: ControlIo): Promise<number>;
}

/**
 * Runs the operator's commands inside the server that holds the data folder, since PGlite allows one process.
 * Only this user may connect. Disposing aborts the commands that run and waits for them.
 */
export async function serveControl({ dataDir, run }: ControlServerOptions): Promise<AsyncDisposable> {
  const stopping = new AbortController();
  const sessions = new Set<Promise<void>>();
  const path = await toSocketPath(dataDir);
  await rm(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const session = serveSession(socket, run, stopping.signal).finally(() => sessions.delete(session));
    sessions.add(session);
  });
  server.listen(path);
  await once(server, 'listening');
  await chmod(path, 0o600);
  await recordControlSocket(dataDir, path);
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      stopping.abort(new Error('The server stops'));
      await Promise.all([...sessions, closed]);
      await recordControlSocket(dataDir, null);
      await rm(dirname(path) === dataDir ? path : dirname(path), { recursive: true, force: true });
    },
  };
}

/**
 * Has the server that holds the data folder run a command, and answers its exit code; `undefined` when there is no such server.
 * Aborting `io.signal` aborts the command there, then waits for its last words. Throws `store-unavailable` when the server goes away.
 */
export async function forwardToServer(
  dataDir: string,
  request: ControlRequest & { isTerminal: boolean },
  io: { out(text: string): void; err(text: string): void; signal?: AbortSignal },
): Promise<number | undefined> {
  const path = (await findLockHolder(dataDir))?.socket;
  const socket = path && (await connected(path));
  if (!socket) return undefined;
  const hangUp = () => socket.end();
  try {
    socket.write(toJsonLine(request));
    if (io.signal?.aborted) hangUp();
    io.signal?.addEventListener('abort', hangUp, { once: true });
    const exitCode = await readReplies(socket, io);
    if (exitCode !== undefined) return exitCode;
  } catch (error) {
    throw toServerGone(error);
  } finally {
    io.signal?.removeEventListener('abort', hangUp);
    socket.destroy();
  }
  throw toServerGone();
}

async function readReplies(
  socket: Socket,
  io: { out(text: string): void; err(text: string): void },
): Promise<number | undefined> {
  for await (const message of readJsonLines(socket)) {
    const reply = Reply.parse(message);
    if ('exitCode' in reply) return reply.exitCode;
    if ('out' in reply) io.out(reply.out);
    else io.err(reply.err);
  }
  return undefined;
}

async function serveSession(
  socket: Socket,
  run: ControlServerOptions['run'],
  stopping: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  socket.once('error', () => gone.abort());
  const leave = () => socket.destroy();
  stopping.addEventListener('abort', leave, { once: true });
  try {
    stopping.throwIfAborted();
    const messages = readJsonLines(socket);
    const request = Request.parse((await messages.next()).value);
    stopping.removeEventListener('abort', leave);
    void readUntilGone(messages).finally(() => gone.abort(new Error('The client is gone')));
    const signal = AbortSignal.any([gone.signal, stopping]);
    const exitCode = await runReported(run, request, toIo(socket, request.isTerminal, signal, gone));
    socket.end(toJsonLine({ exitCode }));
    await finished(socket, { readable: false, signal: AbortSignal.timeout(FLUSH_TIMEOUT_MS) });
  } catch {
    // Not a client of ours, or one that left.
  } finally {
    stopping.removeEventListener('abort', leave);
    socket.destroy();
  }
}

async function runReported(
  run: ControlServerOptions['run'],
  request: ControlRequest,
  io: ControlIo,
): Promise<number> {
  try {
    return await run({ argv: request.argv, cwd: request.cwd }, io);
  } catch (error) {
    io.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function toIo(socket: Socket, isTerminal: boolean, signal: AbortSignal, gone: AbortController): ControlIo {
  const send = (kind: 'out' | 'err', text: string) => {
    for (const [piece] of text.matchAll(TEXT_PIECES)) {
      if (!socket.writable) return;
      socket.write(toJsonLine({ [kind]: piece }));
    }
    if (socket.writableLength > UNREAD_BYTES_MAX) {
      gone.abort(new Error('The client does not read'));
      socket.destroy();
    }
  };
  return { out: (text) => send('out', text), err: (text) => send('err', text), isTerminal, signal };
}

async function readUntilGone(messages: AsyncGenerator<unknown>): Promise<void> {
  try {
    for await (const _ of messages) throw new Error('One request per connection');
  } catch {
    // A broken connection and a talkative client are both gone.
  }
}

async function connected(path: string): Promise<Socket | undefined> {
  const socket = connect({ path, allowHalfOpen: true });
  try {
    await once(socket, 'connect');
    return socket;
  } catch {
    return undefined;
  }
}

async function toSocketPath(dataDir: string): Promise<string> {
  const path = join(dataDir, 'control.sock');
  if (Buffer.byteLength(path) <= SOCKET_PATH_BYTES_MAX) return path;
  // A folder of our own with a name that cannot be foreseen: anybody may write into the system's.
  return join(await mkdtemp(join(tmpdir(), 'correspondants-')), 'control.sock');
}

function toServerGone(cause?: unknown): AppError {
  return new AppError(
    'store-unavailable',
    'The server stopped before the command had ended; start it and run the command again.',
    {},
    { cause },
  );
}
