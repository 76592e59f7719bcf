import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';

import { openPostgresStore } from '#store/postgres-store.ts';
import { rowsOf } from '#store/store.ts';

/** "AuthenticationOk" and "ReadyForQuery", as a server says to whom it lets in. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
/** "CommandComplete" of a begin, and "ReadyForQuery" in a transaction. */
const BEGUN = Buffer.from('C\0\0\0\nBEGIN\0Z\0\0\0\x05T', 'latin1');

it('a database that dies while a session is being opened is an error of the caller, not the end of the process', async () => {
  await using database = await openDyingDatabase((socket) => {
    socket.once('data', () => {
      socket.write(WELCOME);
      socket.once('data', () => socket.resetAndDestroy());
    });
  });
  await using store = openPostgresStore({ url: database.url, poolMax: 1 });
  // What nobody catches fails the run.
  await expect(store.openSession()).rejects.toMatchObject({ code: 'store-unavailable' });
});

it('a database that dies within a transaction is an error of the caller, not the end of the process', async () => {
  await using database = await openDyingDatabase((socket) => {
    socket.once('data', () => {
      socket.write(WELCOME);
      socket.once('data', () => {
        socket.write(BEGUN);
        socket.once('data', () => socket.resetAndDestroy());
      });
    });
  });
  await using store = openPostgresStore({ url: database.url, poolMax: 1 });
  await expect(store.db.transaction((tx) => rowsOf(tx, sql`select 1`))).rejects.toThrow('CONNECTION_CLOSED');
});

it('listening to a database that is away tries again, but not without a pause', async () => {
  const triedAtMs: number[] = [];
  await using database = await openDyingDatabase((socket) => {
    triedAtMs.push(performance.now());
    socket.resetAndDestroy();
  });
  await using store = openPostgresStore({ url: database.url, poolMax: 1 });
  store.listen('some', () => undefined).catch(() => undefined);
  await expect.poll(() => triedAtMs.length, { timeout: 20_000 }).toBeGreaterThan(3);
  expect(triedAtMs[3]! - triedAtMs[0]!).toBeGreaterThan(800);
});

async function openDyingDatabase(onConnection: (socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://postgres:any@127.0.0.1:${port}/postgres`,
    [Symbol.asyncDispose]: async () => {
      server.close();
    },
  };
}
