import type { z } from 'zod';

import { AppError, type RequestFault } from './errors.ts';

/** Every fault of a request at once, each with where it is. */
export function toRequestInvalid(target: string, error: z.core.$ZodError): AppError<'request-invalid'> {
  const faults = error.issues.flatMap((issue): RequestFault[] => {
    const at = [target, ...issue.path.map(String)].join('.');
    if (issue.code === 'unrecognized_keys') {
      const details = issue.message.split('\n');
      return issue.keys.map((key, index) => ({
        pointer: `${at}.${key}`,
        detail: details[index] ?? issue.message,
      }));
    }
    return [{ pointer: at, detail: issue.message }];
  });
  return new AppError(
    'request-invalid',
    faults.map((fault) => `${fault.pointer}: ${fault.detail}`).join(' '),
    { faults },
  );
}
