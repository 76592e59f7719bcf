import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { createAdaptorServer, type HttpBindings } from '@hono/node-server';

import { AppError } from '#domain/errors.ts';

type FetchHandler = (request: Request, connection: HttpBindings) => Response | Promise<Response>;

export interface HttpServer extends AsyncDisposable {
  url: string;
  /** From now on requests go to this handler; before, they are told to come back. */
  serve(handler: FetchHandler): void;
}

/** Long enough for a query of 10,000 characters, each percent-encoded. */
const HEADER_BYTES_MAX = 128 * 1024;
const CLOSING_MS = 5000;
/**
 * Longer than proxies and clients keep a connection that nothing is asked on, 60 s as a rule: the side that asks must be the one that
 * closes it. Of 120,000 searches one met a connection that was closed at that moment.
 */
const KEEP_ALIVE_MS = 65_000;

/**
 * Listens at once, so that a port in use is told before anything is started.
 * @throws AppError `port-in-use`, `settings-invalid` when the address cannot be listened on
 */
export async function openHttpServer(host: string, port: number): Promise<HttpServer> {
  let handler: FetchHandler = () => new Response(null, { status: 503, headers: { 'retry-after': '2' } });
  const server = createAdaptorServer({
    fetch: (request: Request, connection) => handler(request, connection as HttpBindings),
    serverOptions: { maxHeaderSize: HEADER_BYTES_MAX, keepAliveTimeout: KEEP_ALIVE_MS },
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw toListenError(cause, host, port);
  }
  const { port: actualPort } = server.address() as AddressInfo;
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${actualPort}`,
    serve: (next) => {
      handler = next;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      const timer = setTimeout(() => {
        if ('closeAllConnections' in server) server.closeAllConnections();
      }, CLOSING_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}

function toListenError(cause: unknown, host: string, port: number): unknown {
  const code = (cause as { code?: string }).code;
  if (code === 'EADDRINUSE') {
    return new AppError(
      'port-in-use',
      `Port ${port} of ${host} is in use: stop what uses it, or set PORT to another.`,
      { host, port },
    );
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    const detail = `HOST ${host} with PORT ${port} cannot be listened on (${code}).`;
    return new AppError('settings-invalid', detail, { faults: [{ pointer: 'HOST', detail }] });
  }
  return cause;
}
