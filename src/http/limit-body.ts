import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import { AppError } from '#domain/errors.ts';

/** A route that takes a body, and how much of it at most. `{id}` stands for one part of the path. */
export interface BodyRoute {
  method: 'POST' | 'PUT' | 'PATCH';
  path: string;
  bytesMax: number;
}

/**
 * Lets no route but these read a body, and these no more than they take.
 * @throws AppError `request-invalid`, `body-too-large`
 */
export function limitBody(routes: readonly BodyRoute[]): MiddlewareHandler {
  const none = bodyLimit({
    maxSize: 0,
    onError: () => {
      throw new AppError('request-invalid', 'No body is taken here.', { faults: [] });
    },
  });
  const limited = routes.map(({ method, path, bytesMax }) => ({
    method,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
    limit: bodyLimit({
      maxSize: bytesMax,
      onError: () => {
        throw new AppError('body-too-large', `A body here holds ${bytesMax} bytes at most.`, { bytesMax });
      },
    }),
  }));
  return (c, next) => {
    // They have none by definition, and asking makes the whole request object.
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const route = limited.find((it) => it.method === c.req.method && it.pattern.test(c.req.path));
    return (route?.limit ?? none)(c, next);
  };
}
