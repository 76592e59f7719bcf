import type { Context } from 'hono';

import { AppError } from '#domain/errors.ts';
import { holdsPatientIdentity } from '#domain/patient-address.ts';

/** In Corsica a letter stands in the place of one of the fifteen. */
const INS_DIGITS_MIN = 14;

/**
 * Refuses every address (path and query) that holds the identity of a patient, whatever the route: before anything reads it, and
 * without repeating it.
 * @throws AppError `patient-address-refused`
 */
export function refusePatientIdentity(c: Context): void {
  const { url } = c.req;
  if (!mayHoldIdentity(url)) return;
  const { pathname, searchParams } = new URL(url);
  if ([decode(pathname), ...[...searchParams].flat()].some(holdsPatientIdentity)) {
    throw new AppError(
      'patient-address-refused',
      'This holds the address or the INS of a patient: it is in no directory, and is neither kept nor logged here. An INS is checked by POST /v1/patient-address.',
      {},
    );
  }
}

/** Blanks, commas and letters with accents, as most searches hold them; nothing that stands for a digit, a letter or a point. */
const PLAIN_ESCAPES = /%(?:20|2C|C3%[89AB][\dA-F])/gi;

/** Most searches have neither the digits of an INS nor anything of such an address, and are not taken apart for it. */
function mayHoldIdentity(url: string): boolean {
  const asked = url.slice(url.indexOf('/', url.indexOf('//') + 2));
  const plain = asked.replace(PLAIN_ESCAPES, '');
  return plain.includes('%') || /pati/i.test(plain) || plain.replace(/\D/g, '').length >= INS_DIGITS_MIN;
}

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
