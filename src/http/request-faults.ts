import type { z } from '@hono/zod-openapi';

import { strictObject } from '#domain/strict-object.ts';

/** The parameters of a query: any other is refused, with the name of the nearest. */
export function queryObject<Shape extends z.ZodRawShape>(shape: Shape) {
  return strictObject(shape, 'parameter');
}
