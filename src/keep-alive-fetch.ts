import { Agent } from 'undici';

import type { EngineFetch } from '#search/engine-connection.ts';

type Init = Parameters<EngineFetch>[1];

/**
 * What the engine's client needs of `fetch`, over connections that are kept, without the objects of `fetch`: 0.22 ms of CPU a call on
 * loopback, where `node:http` takes 0.30 ms and the global `fetch` 0.59 ms. A request that met a connection just closed by the engine
 * is sent once more: all that is asked of the engine may be asked twice.
 */
export function createKeepAliveFetch(): EngineFetch {
  const agent = new Agent();
  const send = async (url: string, init: Init, isRetry: boolean) => {
    const { method, headers, body, signal } = init;
    // What `new URL` would say of an address that is known to be one.
    const pathAt = url.indexOf('/', url.indexOf('//') + 2);
    try {
      return await agent.request({
        origin: url.slice(0, pathAt),
        path: url.slice(pathAt),
        method,
        headers,
        body,
        signal,
      });
    } catch (error) {
      if (isRetry || signal.aborted || !isClosedConnection(error)) throw error;
      return send(url, init, true);
    }
  };
  return async (url, init) => {
    const { statusCode, body } = await send(url, init, false);
    const text = () => body.text();
    return {
      ok: statusCode >= 200 && statusCode < 300,
      status: statusCode,
      text,
      json: async () => JSON.parse(await text()) as unknown,
    };
  };
}

function isClosedConnection(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}
