import { SOURCE_IDS, type SourceId, type SourceRecord } from '#domain/source.ts';
import type { Address, OrganizationRecord } from '#domain/records.ts';
import { FED_TABLES, type FedTableId } from '#store/fed-tables.ts';
import type { Feed } from '#store/merge-staged.ts';
import type { Cell } from '#store/store.ts';

/** Which tables each source feeds. */
const FEEDS: Record<SourceId, readonly FedTableId[]> = {
  postcodes: ['postcode'],
  finess: ['organization'],
  rpps: ['practitioner', 'practitionerRole', 'savoirFaire', 'organization'],
  'savoir-faire': ['savoirFaire'],
  diplomes: ['qualification'],
  mssante: ['mailbox', 'mailboxHolder', 'organization'],
};

export function feedsOf(source: SourceId): (Feed & { id: FedTableId })[] {
  return FEEDS[source].map((id) => ({ id, table: FED_TABLES[id], source }));
}

export function allFeeds(): Feed[] {
  return SOURCE_IDS.flatMap(feedsOf);
}

/** The rows that one record gives to each table, in the order of `stagedColumns`. */
export function toStagedRows(record: SourceRecord): [FedTableId, Cell[]][] {
  const rows: [FedTableId, Cell[]][] = [];
  const { practitioner, role, savoirFaire, qualifications, organization, mailbox, holder, postcode } = record;
  if (practitioner) {
    const { id, familyName, givenNames, civilite, civiliteExercice } = practitioner;
    rows.push(['practitioner', [id, familyName, givenNames, civilite, civiliteExercice]]);
  }
  if (role) {
    rows.push([
      'practitionerRole',
      [
        role.practitionerId,
        role.professionCode,
        role.categorieProfessionnelle,
        role.modeExercice,
        role.secteurActivite,
        role.sectionPharmacien,
        role.role,
        role.genreActivite,
        role.autoriteEnregistrement,
        role.organizationId,
      ],
    ]);
  }
  if (savoirFaire) {
    const { practitionerId, professionCode, type, code } = savoirFaire;
    rows.push(['savoirFaire', [practitionerId, professionCode, type, code]]);
  }
  for (const { practitionerId, kind, type, code, label } of qualifications ?? []) {
    rows.push(['qualification', [practitionerId, kind, type, code, label]]);
  }
  if (organization) rows.push(['organization', toOrganizationRow(organization)]);
  if (mailbox) rows.push(['mailbox', [mailbox.address, mailbox.type, mailbox.dematerialisation]]);
  if (holder) {
    rows.push([
      'mailboxHolder',
      [
        holder.address,
        holder.practitionerId,
        holder.familyName,
        holder.givenNames,
        holder.civiliteExercice,
        holder.professionCode,
        holder.savoirFaireCode,
        holder.organizationId,
        holder.serviceName,
      ],
    ]);
  }
  if (postcode) {
    const { communeCode, label, line5, latitude, longitude } = postcode;
    rows.push(['postcode', [postcode.postcode, communeCode, label, line5, latitude, longitude]]);
  }
  return rows;
}

function toOrganizationRow(it: OrganizationRecord): Cell[] {
  return [
    it.id,
    it.finess,
    it.finessJuridique,
    it.siret,
    it.siren,
    it.name,
    it.tradeName,
    it.categoryCode,
    it.secteurActivite,
    ...toAddressCells(it.address),
    it.phone,
    it.fax,
    it.email,
    it.latitude,
    it.longitude,
  ];
}

function toAddressCells(it: Address): Cell[] {
  return [
    it.recipient,
    it.geographicPoint,
    it.street,
    it.distribution,
    it.postcode,
    it.isCedex,
    it.communeCode,
    it.locality,
    it.departementCode,
    it.countryCode,
  ];
}
