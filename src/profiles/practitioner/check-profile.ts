import type { Correspondent } from '#domain/correspondent.ts';
import { AppError, type RequestFault } from '#domain/errors.ts';
import { holdsPatientIdentity } from '#domain/patient-address.ts';
import { parseEditedProfile } from '#domain/parse-edited-profile.ts';
import { isSame } from '#domain/profile-changes.ts';
import { ProfileSchema } from '#domain/profile-schema.ts';
import type { Profile } from '#domain/profile.ts';
import { toRequestInvalid } from '#domain/request-invalid.ts';

/**
 * A page as typed, made a page; see {@link parseEditedProfile}.
 * @throws AppError `request-invalid` with every fault, `patient-address-refused`
 */
export function parseProfile(typed: unknown, seen: Profile): Profile {
  refusePatientIdentities(typed);
  const parsed = parseEditedProfile(typed, seen);
  if (!parsed.success) throw toRequestInvalid('profile', parsed.error);
  return parsed.data;
}

/** What of a page would no longer be taken; it stays as long as nobody changes it. */
export function listProfileFaults(profile: Profile): RequestFault[] {
  const { error } = ProfileSchema.safeParse(profile);
  return error === undefined ? [] : toRequestInvalid('profile', error).data.faults;
}

/** @throws AppError `patient-address-refused` when some text within holds the identity of a patient */
export function refusePatientIdentities(value: unknown): void {
  if (!listTexts(value).some(holdsPatientIdentity)) return;
  throw new AppError(
    'patient-address-refused',
    'This holds the identity of a patient: it is neither kept nor logged here.',
    {},
  );
}

function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listTexts) : [];
}

/** Whether a page names no other place and no other mailbox than it did: then there is nothing to refuse. */
export function namesItsOwn(before: Profile, after: Profile): boolean {
  return isSame(before.hours, after.hours) && !isOtherMailbox(before, after);
}

function isOtherMailbox(before: Profile, { preferredMailbox }: Profile): boolean {
  return preferredMailbox !== undefined && preferredMailbox !== before.preferredMailbox;
}

/**
 * Places and mailboxes that a page names are those of its person. What the page said before is left as it is: a place may have gone
 * since.
 * @throws AppError `request-invalid`
 */
export function refuseForeign(person: Correspondent, before: Profile, after: Profile): void {
  const faults: RequestFault[] = [];
  const places = new Set(person.places.flatMap(({ organization }) => organization?.id ?? []));
  if (!isSame(before.hours, after.hours)) {
    const known = new Set([...places, ...(before.hours ?? []).map((it) => it.organizationId)]);
    for (const [index, { organizationId }] of (after.hours ?? []).entries()) {
      if (known.has(organizationId)) continue;
      const detail = `It is none of the person's places of practice: ${[...places].join(', ') || 'none is known'}.`;
      faults.push({ pointer: `profile.hours.${index}.organizationId`, detail });
    }
  }
  const { preferredMailbox } = after;
  const addresses = person.mailboxes.map((it) => it.address);
  if (isOtherMailbox(before, after) && !addresses.includes(preferredMailbox!)) {
    const detail = `It is none of the person's mailboxes: ${addresses.join(', ') || 'none is known'}.`;
    faults.push({ pointer: 'profile.preferredMailbox', detail });
  }
  if (faults.length === 0) return;
  throw new AppError('request-invalid', faults.map((it) => `${it.pointer}: ${it.detail}`).join(' '), {
    faults,
  });
}
