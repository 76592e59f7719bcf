import type { Address, OrganizationRecord } from '#domain/records.ts';
import { isAddressEmpty, toAddress } from '../address.ts';
import type { ColumnIndexes } from '../columns.ts';
import {
  parseIdentifiantTechnique,
  parseNationalStructureIdentifier,
  type StructureIdentifiers,
  toDigestId,
  toFiness,
  toSiren,
  toSiret,
} from '../organization-identifiers.ts';
import { toOrganizationId } from '#domain/identifiers.ts';
import type { LineCells } from '../line-cells.ts';
import type { OrganizationFormat } from '../stated-organization.ts';
import { parseEmail, parsePhone } from '../telecom.ts';
import type { RppsColumn } from './columns.ts';

const ORGANIZATION_COLUMNS = [
  'numeroSiretSite',
  'numeroSirenSite',
  'numeroFinessSite',
  'numeroFinessEtablissementJuridique',
  'identifiantTechniqueStructure',
  'raisonSocialeSite',
  'enseigneCommercialeSite',
  'complementDestinataire',
  'complementPointGeographique',
  'numeroVoie',
  'indiceRepetitionVoie',
  'codeTypeVoie',
  'libelleTypeVoie',
  'libelleVoie',
  'mentionDistribution',
  'bureauCedex',
  'codePostal',
  'codeCommune',
  'libelleCommune',
  'codePays',
  'telephone',
  'telephone2',
  'telecopie',
  'adresseEmail',
  'ancienIdentifiantStructure',
  'codeSecteurActivite',
] as const satisfies readonly RppsColumn[];

type At = ColumnIndexes<(typeof ORGANIZATION_COLUMNS)[number]>;

export function toOrganizationFormat(at: At): OrganizationFormat {
  return {
    positions: ORGANIZATION_COLUMNS.map((column) => at[column]),
    identify: (cells) => readIdentifiers(cells, at),
    describe: (cells, identifiers) => toOrganization(cells, at, identifiers),
  };
}

/**
 * The id comes from the FINESS number of the site, else from the technical identifier, else from the SIRET, else from the former
 * identifier.
 */
function readIdentifiers(cells: LineCells, at: At): StructureIdentifiers {
  const technical = parseIdentifiantTechnique(cells.read(at.identifiantTechniqueStructure));
  const former = parseNationalStructureIdentifier(cells.read(at.ancienIdentifiantStructure));
  const finessSite = toFiness(cells.read(at.numeroFinessSite));
  const siretSite = toSiret(cells.read(at.numeroSiretSite));
  return {
    id:
      (finessSite === null ? technical.id : toOrganizationId('finess', finessSite)) ??
      (siretSite === null ? former.id : toOrganizationId('siret', siretSite)),
    finess: finessSite ?? technical.finess,
    siret: siretSite ?? technical.siret,
    siren: toSiren(cells.read(at.numeroSirenSite)),
  };
}

/** @returns null without identifier, name and address: registered without practising, locum */
function toOrganization(
  cells: LineCells,
  at: At,
  { id, finess, siret, siren }: StructureIdentifiers,
): OrganizationRecord | null {
  const name = cells.read(at.raisonSocialeSite);
  const tradeName = cells.read(at.enseigneCommercialeSite);
  const address = readAddress(cells, at);
  if (id === null && name === null && tradeName === null && isAddressEmpty(address)) return null;

  const fields: Omit<OrganizationRecord, 'id'> = {
    finess,
    finessJuridique: toFiness(cells.read(at.numeroFinessEtablissementJuridique)),
    siret,
    siren,
    name,
    tradeName,
    categoryCode: null,
    secteurActivite: cells.read(at.codeSecteurActivite),
    address,
    phone: parsePhone(cells.read(at.telephone)) ?? parsePhone(cells.read(at.telephone2)),
    fax: parsePhone(cells.read(at.telecopie)),
    email: parseEmail(cells.read(at.adresseEmail)),
    latitude: null,
    longitude: null,
  };
  return { id: id ?? toDigestId(fields), ...fields };
}

function readAddress(cells: LineCells, at: At): Address {
  return toAddress({
    recipient: cells.read(at.complementDestinataire),
    geographicPoint: cells.read(at.complementPointGeographique),
    number: cells.read(at.numeroVoie),
    repetition: cells.read(at.indiceRepetitionVoie),
    streetTypeCode: cells.read(at.codeTypeVoie),
    streetTypeLabel: cells.read(at.libelleTypeVoie),
    streetName: cells.read(at.libelleVoie),
    distribution: cells.read(at.mentionDistribution),
    routingLabel: cells.read(at.bureauCedex),
    postcode: cells.read(at.codePostal),
    communeCode: cells.read(at.codeCommune),
    communeName: cells.read(at.libelleCommune),
    countryCode: cells.read(at.codePays),
  });
}
