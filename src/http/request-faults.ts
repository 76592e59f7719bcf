import { z } from '@hono/zod-openapi';
import { closest } from 'fastest-levenshtein';

import { AppError, type RequestFault } from '#domain/errors.ts';

/** The parameters of a query: any other is refused, with the name of the nearest. */
export function queryObject<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      const nearest = (key: string) =>
        known.length === 0 ? 'None is taken here.' : `The nearest is "${closest(key, known)}".`;
      return issue.keys
        .map((key) => `There is no parameter named "${key.slice(0, 80)}". ${nearest(key)}`)
        .join('\n');
    },
  });
}

/** Every fault of a request at once, each with where it is. */
export function toRequestInvalid(target: string, error: z.core.$ZodError): AppError {
  const faults = error.issues.flatMap((issue): RequestFault[] => {
    if (issue.code === 'unrecognized_keys') {
      const details = issue.message.split('\n');
      return issue.keys.map((key, index) => ({
        pointer: `${target}.${key}`,
        detail: details[index] ?? issue.message,
      }));
    }
    return [{ pointer: [target, ...issue.path.map(String)].join('.'), detail: issue.message }];
  });
  return new AppError(
    'request-invalid',
    faults.map((fault) => `${fault.pointer}: ${fault.detail}`).join(' '),
    { faults },
  );
}
