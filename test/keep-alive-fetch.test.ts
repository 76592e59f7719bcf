import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, test } from 'vitest';

import { openSearchEngine } from '#search/engine.ts';

import { createKeepAliveFetch } from '../src/keep-alive-fetch.ts';

const INIT = { method: 'POST', headers: {}, body: '{"q":"é"}', signal: new AbortController().signal };

async function serve(listener: RequestListener): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/search?a=1`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('the client of the engine', () => {
  test('sends what it is given and reads the answer', async () => {
    await using server = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const said = { method: request.method, path: request.url, body: Buffer.concat(chunks).toString() };
      response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    });
    const answer = await createKeepAliveFetch()(server.url, INIT);
    expect(answer).toMatchObject({ ok: false, status: 404 });
    expect(await answer.json()).toEqual({ method: 'POST', path: '/search?a=1', body: '{"q":"é"}' });
  });

  test('an engine that is silent, before its answer or within it, is given up when the time is over', async () => {
    for (const beginning of ['', '{"hits":[']) {
      await using server = await serve((_, response) => {
        if (beginning !== '') response.write(beginning);
      });
      const engine = openSearchEngine({
        url: new URL(server.url).origin,
        indexName: 'any',
        timeoutMs: 50,
        fetch: createKeepAliveFetch(),
      });
      await expect(engine.countDocuments('any')).rejects.toMatchObject({ code: 'search-unavailable' });
    }
  });

  test('gives up when the caller does', async () => {
    const controller = new AbortController();
    await using server = await serve(() => controller.abort(new Error('left')));
    const asked = createKeepAliveFetch()(server.url, { ...INIT, signal: controller.signal });
    await expect(asked).rejects.toThrow('left');
  });

  test('asks once more when the connection was just closed, and no more than once', async () => {
    let asked = 0;
    let isClosing = true;
    await using server = await serve((request, response) => {
      asked += 1;
      if (isClosing) request.socket.destroy();
      else response.end('{}');
      isClosing = asked > 1;
    });
    const ask = createKeepAliveFetch();
    expect(await (await ask(server.url, INIT)).text()).toBe('{}');
    expect(asked).toBe(2);
    await expect(ask(server.url, INIT)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    expect(asked).toBe(4);
  });
});
