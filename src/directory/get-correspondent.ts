import {
  toProfessionalId,
  toServiceId,
  toUnidentifiedProfessionalId,
  parseCorrespondentId,
} from '#domain/correspondent-id.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { AppError } from '#domain/errors.ts';
import { parseMailboxAddress, parseRpps } from '#domain/identifiers.ts';
import { holdsPatientIdentity } from '#domain/patient-address.ts';
import { readHolderIds } from '#store/read-holder-ids.ts';

import type { Directory } from './directory.ts';
import { showCorrespondents } from './show-correspondents.ts';

/**
 * One correspondent, read from the store (exact, with no delay), by its id, an RPPS number or a mailbox address. For a personal
 * mailbox it is its holder; when several people hold one address, the first by national identifier.
 * @throws AppError `correspondent-not-found`, also for one that exists and is not shown; `patient-address-refused`;
 *   `request-invalid` when `key` is none of these; `store-unavailable`
 */
export async function getCorrespondent(directory: Directory, key: string): Promise<Correspondent> {
  const found = await directory.log.loadCorrespondents(await toCandidateIds(directory, key));
  const [shown] = await showCorrespondents(
    directory,
    found.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  );
  if (shown === undefined) {
    throw new AppError('correspondent-not-found', 'No correspondent is shown under this identifier.', {
      id: key,
    });
  }
  return shown;
}

async function toCandidateIds(directory: Directory, key: string): Promise<string[]> {
  if (holdsPatientIdentity(key)) {
    throw new AppError(
      'patient-address-refused',
      'This is the address of a patient: it is in no directory, and is neither kept nor logged here.',
      {},
    );
  }
  const rpps = parseRpps(key);
  if (rpps !== undefined) return [toProfessionalId(`8${rpps}`)];
  const address = parseMailboxAddress(key);
  if (address !== undefined) {
    const holderIds = await readHolderIds(directory.store.db, address);
    return [toServiceId(address), toUnidentifiedProfessionalId(address), ...holderIds.map(toProfessionalId)];
  }
  if (parseCorrespondentId(key) !== undefined) return [key];
  throw new AppError('request-invalid', 'The identifier is not one that this directory knows.', {
    faults: [
      {
        pointer: 'path.id',
        detail: 'Give the id of a correspondent, an RPPS number (11 digits) or a mailbox address.',
      },
    ],
  });
}
