import { labelOf, type CodeListId } from './code-lists.ts';
import type { FactReferences, KnownMailbox, ProfessionalFacts, ServiceFacts } from './correspondent-facts.ts';
import type { Coding, Correspondent, Mailbox, Place, SavoirFaire } from './correspondent.ts';
import { toPersonName } from './display-name.ts';
import { findCommune, findDepartement } from './geography.ts';
import type { Address, MailboxHolderRecord, MailboxType, OrganizationRecord } from './records.ts';

/**
 * What the directory shows of a professional. Facts in any order give the same view.
 * @returns undefined when nothing tells a name
 */
export function composeProfessional(
  facts: ProfessionalFacts,
  references: FactReferences,
): Correspondent | undefined {
  const holder = facts.holders.toSorted(byAddress)[0];
  const { practitioner } = facts;
  const familyName = practitioner?.familyName ?? holder?.familyName ?? null;
  const givenNames = practitioner ? practitioner.givenNames : (holder?.givenNames ?? null);
  if (familyName === null) return undefined;
  const civiliteExercice = practitioner ? practitioner.civiliteExercice : (holder?.civiliteExercice ?? null);
  const professions = rankProfessions(facts).map((code) => toCoding('profession', code, references));
  return {
    id: facts.id,
    kind: 'professional',
    name: toPersonName(civiliteExercice, givenNames, familyName),
    familyName,
    givenNames,
    civilite: practitioner?.civilite ?? null,
    rpps: practitioner?.rpps ?? null,
    profession: professions[0] ?? null,
    otherProfessions: professions.slice(1),
    savoirFaire: composeSavoirFaire(facts, references),
    serviceName: null,
    places: composePlaces(facts, references),
    mailboxes: composeMailboxes(
      facts.holders.map((it) => it.address),
      references,
      facts.profile?.preferredMailbox,
    ),
    ...(facts.profile === null ? {} : { profile: facts.profile }),
  };
}

/** What the directory shows of a service mailbox. Facts in any order give the same view. */
export function composeService(facts: ServiceFacts, references: FactReferences): Correspondent {
  const holders = facts.holders.toSorted(byContent);
  const serviceName = holders.find((it) => it.serviceName !== null)?.serviceName ?? null;
  const organizations = uniqueOrganizations(
    holders.map((it) => it.organizationId),
    references,
  );
  const organizationName = organizations.map(nameOf).find((name) => name !== null) ?? null;
  const personName = holders
    .map((it) => toPersonName(it.civiliteExercice, it.givenNames, it.familyName))
    .find((name) => name !== '');
  const named = [serviceName, organizationName].filter((part) => part !== null);
  return {
    id: facts.id,
    kind: 'service',
    name: named.length > 0 ? named.join(' – ') : (personName ?? facts.mailbox.address),
    familyName: null,
    givenNames: null,
    civilite: null,
    rpps: null,
    profession: null,
    otherProfessions: [],
    savoirFaire: [],
    serviceName,
    places: organizations.map((organization) => toPlace(organization, null, references)),
    mailboxes: [toMailbox(facts.mailbox)],
  };
}

/** Civil before military before student; then the one most exercised; then by code. */
function rankProfessions(facts: ProfessionalFacts): string[] {
  const weights = new Map<string, number>();
  for (const role of facts.roles) {
    const weight = role.categorieProfessionnelle === 'E' ? 1 : 1000;
    weights.set(role.professionCode, (weights.get(role.professionCode) ?? 0) + weight);
  }
  if (weights.size === 0) {
    for (const { professionCode } of facts.holders)
      if (professionCode !== null) weights.set(professionCode, 1);
  }
  return [...weights].toSorted(([a, x], [b, y]) => y - x || compare(a, b)).map(([code]) => code);
}

function composeSavoirFaire(facts: ProfessionalFacts, references: FactReferences): SavoirFaire[] {
  const byCode = new Map<string, SavoirFaire>();
  for (const { type, code } of facts.savoirFaire) {
    byCode.set(`${type}|${code}`, { type, ...toCoding('savoirFaire', code, references, type) });
  }
  if (byCode.size === 0 && facts.practitioner === null) {
    for (const { savoirFaireCode } of facts.holders) {
      if (savoirFaireCode === null) continue;
      byCode.set(savoirFaireCode, { type: null, ...toCoding('savoirFaire', savoirFaireCode, references) });
    }
  }
  return [...byCode].toSorted(([a], [b]) => compare(a, b)).map(([, it]) => it);
}

function composePlaces(facts: ProfessionalFacts, references: FactReferences): Place[] {
  const modes = new Map<string, string | null>();
  for (const { organizationId, modeExercice } of facts.roles) {
    if (organizationId === null) continue;
    const known = modes.get(organizationId) ?? null;
    // Libéral before salarié before bénévole, where a person is both at one place.
    modes.set(organizationId, rankMode(modeExercice) < rankMode(known) ? modeExercice : known);
  }
  if (modes.size === 0) {
    for (const { organizationId } of facts.holders)
      if (organizationId !== null) modes.set(organizationId, null);
  }
  return uniqueOrganizations([...modes.keys()], references).map((organization) =>
    toPlace(organization, modes.get(organization.id) ?? null, references),
  );
}

function rankMode(mode: string | null): number {
  return mode === null ? 9 : 'LSB'.indexOf(mode) === -1 ? 8 : 'LSB'.indexOf(mode);
}

export function uniqueOrganizations(
  ids: readonly (string | null)[],
  references: FactReferences,
): OrganizationRecord[] {
  const unique = [...new Set(ids.filter((id) => id !== null))].toSorted(compare);
  return unique.map((id) => references.organizations.get(id)).filter((it) => it !== undefined);
}

export function toPlace(
  organization: OrganizationRecord,
  mode: string | null,
  references: FactReferences,
): Place {
  const { address } = organization;
  const commune = address.communeCode === null ? undefined : findCommune(address.communeCode);
  const communeName = commune?.name ?? address.locality;
  const departementCode = commune?.departementCode ?? address.departementCode;
  return {
    organization: {
      id: organization.id,
      name: nameOf(organization),
      finess: organization.finess,
      finessJuridique: organization.finessJuridique,
      category:
        organization.categoryCode === null
          ? null
          : toCoding('categorieEtablissement', organization.categoryCode, references),
    },
    address: toAddressLine(address),
    postcode: address.postcode,
    commune: communeName === null ? null : { code: commune?.code ?? address.communeCode, name: communeName },
    departement:
      departementCode === null
        ? null
        : { code: departementCode, name: findDepartement(departementCode)?.name ?? departementCode },
    country: address.countryCode,
    phone: organization.phone,
    modeExercice: mode === null ? null : toCoding('modeExercice', mode, references),
    position: toPosition(organization, references),
  };
}

function toPosition(organization: OrganizationRecord, references: FactReferences): Place['position'] {
  const { latitude, longitude } = organization;
  if (latitude !== null && longitude !== null) return { latitude, longitude, approximate: false };
  const code = organization.address.communeCode;
  if (code === null) return null;
  const centre = references.communeCentres.get(code) ?? findCommune(code);
  return centre ? { latitude: centre.latitude, longitude: centre.longitude, approximate: true } : null;
}

function toAddressLine(address: Address): string | null {
  const parts = [address.geographicPoint, address.street, address.distribution].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? null : parts.join(', ');
}

export function nameOf(organization: OrganizationRecord): string | null {
  return organization.name ?? organization.tradeName;
}

/**
 * The one that its holder prefers first. Active ones first to be shown is a matter of the day: for the others the order only has
 * to be stable (by type, then address).
 */
function composeMailboxes(
  addresses: readonly string[],
  references: FactReferences,
  preferred: string | undefined,
): Mailbox[] {
  const known = [...new Set(addresses)].map((address) => references.mailboxes.get(address));
  return known
    .filter((it) => it !== undefined)
    .toSorted(
      (a, b) =>
        Number(b.address === preferred) - Number(a.address === preferred) ||
        rankType(a.type) - rankType(b.type) ||
        compare(a.address, b.address),
    )
    .map(toMailbox);
}

function rankType(type: MailboxType): number {
  return ['PER', 'CAB', 'ORG', 'APP'].indexOf(type);
}

export function toMailbox(mailbox: KnownMailbox): Mailbox {
  const { address, type, lastOpenedOn, channels } = mailbox;
  return { address, type, lastOpenedOn, ...(channels === undefined ? {} : { channels }) };
}

export function toCoding(list: CodeListId, code: string, references: FactReferences, type?: string): Coding {
  return { code, label: labelOf(list, code, type) ?? references.labels.get(`${list}|${code}`) ?? code };
}

function byAddress(a: MailboxHolderRecord, b: MailboxHolderRecord): number {
  return compare(a.address, b.address) || byContent(a, b);
}

function byContent(a: MailboxHolderRecord, b: MailboxHolderRecord): number {
  return compare(JSON.stringify(a), JSON.stringify(b));
}

/** By code units: the same on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
