import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

import type { EngineFetch } from '#search/engine-connection.ts';

type Init = Parameters<EngineFetch>[1];

/**
 * What the engine's client needs of `fetch`, over Node's own HTTP client with connections kept: 0.16 ms and 0.23 ms of CPU a
 * call on loopback, where the global `fetch` takes 0.40 ms and 0.59 ms. A request that met a connection just closed by the
 * engine is sent once more: all that is asked of the engine may be asked twice.
 */
export function createKeepAliveFetch(): EngineFetch {
  const http = new HttpAgent({ keepAlive: true });
  const https = new HttpsAgent({ keepAlive: true });
  const send = (url: string, init: Init, isRetry: boolean): Promise<IncomingMessage> => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const { method, headers, signal } = init;
    const body = typeof init.body === 'string' ? Buffer.from(init.body) : init.body;
    const sized = body === null ? headers : { ...headers, 'content-length': body.length };
    const sent = url.startsWith('https:')
      ? httpsRequest(url, { agent: https, method, headers: sized })
      : httpRequest(url, { agent: http, method, headers: sized });
    // Given the signal itself, Node would watch the end of the request too.
    const abandon = () => sent.destroy(new Error('abandoned', { cause: signal.reason }));
    if (signal.aborted) abandon();
    else signal.addEventListener('abort', abandon, { once: true });
    sent.once('response', resolve);
    sent.once('error', (error: NodeJS.ErrnoException) => {
      const wasStale = sent.reusedSocket && error.code === 'ECONNRESET' && !isRetry && !signal.aborted;
      if (wasStale) resolve(send(url, init, true));
      else reject(error);
    });
    sent.end(body ?? undefined);
    return promise;
  };
  return async (url, init) => {
    const response = await send(url, init, false);
    const text = () => readText(response);
    const status = response.statusCode!;
    return {
      ok: status >= 200 && status < 300,
      status,
      text,
      json: async () => JSON.parse(await text()) as unknown,
    };
  };
}

/** By its events: Node's own readers of a stream go through a blob, 0.05 ms of CPU a call. */
function readText(response: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.once('end', () => resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString()));
  response.once('error', reject);
  return promise;
}
