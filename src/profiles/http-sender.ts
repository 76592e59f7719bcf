import { AppError } from '#domain/errors.ts';

import type { Message, Sender } from './sender.ts';

const TIMEOUT_MS = 10_000;

/**
 * Gives each message to a web hook: `POST` of `{ "to": { "kind", "address" }, "subject", "text" }` as JSON, with the key as a
 * bearer token. Any answer of 200 to 299 says that the message was taken over; a redirection is a failure, since the message would go elsewhere.
 */
export function openHttpSender({ url, key }: { url: string; key: string | undefined }): Sender {
  return { send: (message) => post(url, key, message) };
}

async function post(url: string, key: string | undefined, { to, subject, text }: Message): Promise<void> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (key !== undefined) headers['authorization'] = `Bearer ${key}`;
  let status: number;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ to: { kind: to.kind, address: to.address }, subject, text }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = answer.status;
    await answer.body?.cancel();
  } catch (cause) {
    throw new AppError('sender-unavailable', 'The sender of messages does not answer.', {}, { cause });
  }
  if (status < 200 || status > 299) {
    throw new AppError('sender-unavailable', `The sender of messages answered ${status}.`, {});
  }
}
