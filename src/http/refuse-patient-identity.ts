import type { MiddlewareHandler } from 'hono';

import { AppError } from '#domain/errors.ts';
import { holdsPatientIdentity } from '#domain/patient-address.ts';

/**
 * Refuses every address (path and query) that holds the identity of a patient, whatever the route: before anything reads it, and
 * without repeating it.
 * @throws AppError `patient-address-refused`
 */
export const refusePatientIdentity: MiddlewareHandler = async (c, next) => {
  const { pathname, searchParams } = new URL(c.req.url);
  if ([decode(pathname), ...[...searchParams].flat()].some(holdsPatientIdentity)) {
    throw new AppError(
      'patient-address-refused',
      'This holds the address or the INS of a patient: it is in no directory, and is neither kept nor logged here. An INS is checked by POST /v1/patient-address.',
      {},
    );
  }
  await next();
};

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
