import { AppError } from './errors.ts';
import { holdsPatientIdentity } from './patient-address.ts';

/**
 * To be called with all that somebody typed, before anything else is done with it.
 * @throws AppError `patient-address-refused`
 */
export function refusePatientAddress(typed: readonly (string | undefined)[]): void {
  if (typed.some((it) => it !== undefined && holdsPatientIdentity(it))) {
    throw new AppError(
      'patient-address-refused',
      'This holds the address of a patient: it is in no directory, and is neither kept nor logged here.',
      {},
    );
  }
}
