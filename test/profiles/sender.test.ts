import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { openHttpSender } from '#profiles/http-sender.ts';

import { openSender } from '../../src/open-sender.ts';

const MESSAGE = {
  to: { kind: 'email' as const, address: 'a@exemple.fr' },
  subject: 'Objet',
  text: 'Bonjour',
};

let status = 202;
let taken: { headers: IncomingHttpHeaders; body: unknown }[] = [];
const hook = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    taken.push({ headers: request.headers, body: JSON.parse(body) });
    response.writeHead(status, { location: '/elsewhere' }).end('s3cret');
  });
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/messages`;
});
beforeEach(() => {
  taken = [];
  status = 202;
});
afterAll(() => void hook.close());

test('a message is given to the web hook once, as it is, with the key', async () => {
  await openHttpSender({ url, key: 'k' }).send(MESSAGE);
  expect(taken.map((it) => [it.headers.authorization, it.body])).toEqual([['Bearer k', MESSAGE]]);
});

test.each([301, 307, 400, 500])('an answer of %i is a failure, and is not followed', async (answer) => {
  status = answer;
  await expect(openHttpSender({ url, key: undefined }).send(MESSAGE)).rejects.toMatchObject({
    code: 'sender-unavailable',
    message: `The sender of messages answered ${answer}.`,
  });
  expect(taken).toHaveLength(1);
});

test('a web hook that is not there is a failure', async () => {
  const gone = openHttpSender({ url: 'http://127.0.0.1:9/', key: undefined });
  await expect(gone.send(MESSAGE)).rejects.toMatchObject({ code: 'sender-unavailable' });
});

test.each([
  [{ createsDemo: false, databaseUrl: undefined }, 'sender-missing'],
  [{ createsDemo: true, databaseUrl: 'postgres://somewhere/x' }, 'sender-missing'],
  [{ createsDemo: true, databaseUrl: undefined }, undefined],
])('without a web hook, %o: only the embedded demonstration sends, to the log', async (config, code) => {
  const sender = openSender({ ...config, senderUrl: undefined, senderKey: undefined });
  const refusal = await sender.send(MESSAGE).then(
    () => undefined,
    (error: { code: string }) => error.code,
  );
  expect(refusal).toBe(code);
});
