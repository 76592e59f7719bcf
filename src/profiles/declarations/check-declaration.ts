import type { DeclarationContent, DeclarationOwner, DeclaredKind } from '#domain/declaration.ts';
import { AppError, type RequestFault } from '#domain/errors.ts';
import { ExpertiseSchema } from '#domain/expertise.ts';
import { holdsPatientIdentity } from '#domain/patient-address.ts';
import { toRequestInvalid } from '#domain/request-invalid.ts';
import { ResourceTeamSchema } from '#domain/resource-team.ts';
import { countDeclarations, findDeclarable } from '#store/declarations.ts';
import type { Database } from '#store/store.ts';

/**
 * The content of a declaration, as it is kept.
 * @throws AppError `request-invalid` with every fault, `patient-address-refused`
 */
export function parseContent<K extends DeclaredKind>(kind: K, value: unknown): DeclarationContent[K] {
  refusePatientIdentityIn(value);
  const parsed = (kind === 'expert' ? ExpertiseSchema : ResourceTeamSchema).safeParse(value);
  if (!parsed.success) throw toRequestInvalid('body', parsed.error);
  return parsed.data as DeclarationContent[K];
}

/** @throws AppError `patient-address-refused` */
export function refusePatientIdentityIn(value: unknown): void {
  if (!holdsPatientIdentity(JSON.stringify(value) ?? '')) return;
  throw new AppError(
    'patient-address-refused',
    'This holds the address or the INS of a patient: nothing of patients is kept or logged here.',
    {},
  );
}

/**
 * What a declaration names must be known: who answers for it, the territories, and the mailbox, which is a service's or one of the
 * professional's own.
 * @throws AppError `request-invalid` with every fault
 */
export async function checkReferences(
  db: Database,
  owner: DeclarationOwner,
  { area, mailbox }: DeclarationContent[DeclaredKind],
): Promise<void> {
  const { practitionerId, organizationId, territoryId } = owner;
  const named = area.filter((it) => it.kind === 'territory').map((it) => it.code);
  const territoryIds = territoryId === undefined ? named : [...named, territoryId];
  const known = await findDeclarable(db, { practitionerId, organizationId, territoryIds, mailbox });
  const faults: RequestFault[] = [];
  const add = (pointer: string, detail: string) => faults.push({ pointer: `body.${pointer}`, detail });
  if (practitionerId !== undefined && !known.isPerson)
    add('declaredBy.rpps', 'No active professional has this number.');
  if (organizationId !== undefined && !known.isOrganization)
    add('declaredBy.organizationId', 'No structure has this identifier.');
  if (territoryId !== undefined && !known.territoryIds.includes(territoryId))
    add('declaredBy.territoryId', 'There is no such territory.');
  for (const [index, place] of area.entries()) {
    if (place.kind === 'territory' && !known.territoryIds.includes(place.code))
      add(`area.${index}.code`, `There is no territory "${place.code}".`);
  }
  if (mailbox !== undefined && !known.isMailbox)
    add('mailbox', 'It is neither a known service mailbox nor a personal one of whoever declares it.');
  if (faults.length > 0) throw toFaulty(faults);
}

/** More than any professional, structure or territory has to declare. */
const DECLARATIONS_MAX = { practitioner: 50, other: 500 };

/**
 * In the transaction that makes or restores one more.
 * @throws AppError `limit-reached`
 */
export async function refuseTooMany(tx: Database, owner: DeclarationOwner): Promise<void> {
  const max = DECLARATIONS_MAX[owner.practitionerId === undefined ? 'other' : 'practitioner'];
  if ((await countDeclarations(tx, owner)) < max) return;
  throw new AppError(
    'limit-reached',
    `${max} are declared in this name, the most there may be: delete one.`,
    {
      max,
    },
  );
}

function toFaulty(faults: RequestFault[]): AppError {
  return new AppError('request-invalid', faults.map((it) => `${it.pointer}: ${it.detail}`).join(' '), {
    faults,
  });
}
