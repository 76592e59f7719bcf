import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const SOCKET_OPENED = 'net.client.socket';

/**
 * Connections that this process opens from now on send what they are given at once. The Postgres driver cannot be told to: the end of
 * each COPY, a message of 5 bytes, then waited 40 ms for an acknowledgement that the server's system delays, and so did a statement
 * sent after another on one connection.
 * @see https://nodejs.org/api/diagnostics_channel.html#built-in-channels
 */
export function sendWithoutDelay(): Disposable {
  const onSocket = (message: unknown) => {
    (message as { socket: Socket }).socket.setNoDelay(true);
  };
  subscribe(SOCKET_OPENED, onSocket);
  return { [Symbol.dispose]: () => void unsubscribe(SOCKET_OPENED, onSocket) };
}
