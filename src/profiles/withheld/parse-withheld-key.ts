import { AppError } from '#domain/errors.ts';
import { parseMailboxAddress, parseRpps } from '#domain/identifiers.ts';
import { refusePatientAddress } from '#domain/refuse-patient-address.ts';

/**
 * What is withheld under: the national identifier of a person, or a mailbox address.
 * @throws AppError `request-invalid`, `patient-address-refused`
 */
export function parseWithheldKey(who: string): string {
  refusePatientAddress([who]);
  const rpps = parseRpps(who);
  if (rpps !== undefined) return `8${rpps}`;
  const address = parseMailboxAddress(who);
  if (address !== undefined) return address;
  throw new AppError('request-invalid', 'Give an RPPS number (11 digits) or a mailbox address.', {
    faults: [{ pointer: 'who', detail: 'It is neither an RPPS number nor a mailbox address.' }],
  });
}
