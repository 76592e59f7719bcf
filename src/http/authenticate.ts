import type { Context, Next } from 'hono';

import { findApplication } from '#access/application-keys.ts';
import { AppError } from '#domain/errors.ts';
import { authorize, type Operation, type OperationSubject } from '#domain/operations.ts';

import type { AppEnv } from './app-env.ts';

/**
 * Puts the caller into the context. Whoever gives no key is anonymous; a key that is none is refused at once, rather than
 * taken for no key.
 * @throws AppError `key-needed`
 */
export async function authenticate(c: Context<AppEnv>, next: Next): Promise<void> {
  const header = c.req.header('authorization');
  if (header === undefined) {
    c.set('actor', { kind: 'anonymous' });
  } else {
    const key = /^Bearer (\S{1,200})$/i.exec(header)?.[1];
    const actor = key === undefined ? undefined : await findApplication(c.get('directory').store.db, key);
    if (!actor)
      throw new AppError(
        'key-needed',
        'The key that was given opens nothing: it is unknown, or revoked.',
        {},
      );
    c.set('actor', actor);
  }
  await next();
}

/** @throws AppError `key-needed`, `not-allowed` */
export function authorizeRequest(c: Context<AppEnv>, operation: Operation, subject?: OperationSubject): void {
  authorize(c.get('actor'), operation, c.get('reading'), subject);
}
