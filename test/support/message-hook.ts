import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { openHttpSender } from '#profiles/http-sender.ts';
import type { Message, Sender } from '#profiles/sender.ts';

/** A web hook on loopback, and the sender that gives it messages. */
export interface MessageHook extends AsyncDisposable {
  sender: Sender;
  taken: Message[];
}

export async function openMessageHook(): Promise<MessageHook> {
  const taken: Message[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      taken.push(JSON.parse(body) as Message);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    sender: openHttpSender({ url, key: undefined }),
    taken,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
