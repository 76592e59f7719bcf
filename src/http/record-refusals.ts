import type { MiddlewareHandler } from 'hono';

import { isAppError } from '#domain/errors.ts';
import type { Operation } from '#domain/operations.ts';

import type { AppEnv } from './app-env.ts';

/** For routes whose use cases decide who may: what they refuse to whoever is known is written down as what the table refuses is. */
export function recordRefusals(operation: Operation): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    if (!isAppError(c.error) || c.error.code !== 'not-allowed' || c.get('asked')?.outcome === 'refused')
      return;
    const isWrite = !['GET', 'HEAD'].includes(c.req.method);
    c.set('asked', { operation, subject: {}, outcome: 'refused', isWrite });
  };
}
