import type { Address, OrganizationRecord } from '#domain/records.ts';
import { isAddressEmpty, toAddress } from '../address.ts';
import type { ColumnIndexes } from '../columns.ts';
import {
  parseIdentifiantTechnique,
  parseNationalStructureIdentifier,
  toDigestId,
  toFiness,
  toSiren,
  toSiret,
} from '../organization-identifiers.ts';
import { toOrganizationId } from '#domain/identifiers.ts';
import { readCell } from '../pipe-separated.ts';
import { parseEmail, parsePhone } from '../telecom.ts';
import type { RppsColumn } from './columns.ts';

type Cells = readonly string[];
type At = ColumnIndexes<RppsColumn>;

/**
 * The structure of a line. Its id comes from the FINESS number of the site, else from the technical identifier, else from
 * the SIRET, else from the former identifier, else from a digest.
 * @returns null for a person without a structure (registered without practising, locum): no identifier, name or address
 */
export function toOrganization(cells: Cells, at: At): OrganizationRecord | null {
  const technical = parseIdentifiantTechnique(readCell(cells, at.identifiantTechniqueStructure));
  const former = parseNationalStructureIdentifier(readCell(cells, at.ancienIdentifiantStructure));
  const finessSite = toFiness(readCell(cells, at.numeroFinessSite));
  const siretSite = toSiret(readCell(cells, at.numeroSiretSite));
  const id =
    (finessSite === null ? technical.id : toOrganizationId('finess', finessSite)) ??
    (siretSite === null ? former.id : toOrganizationId('siret', siretSite));

  const name = readCell(cells, at.raisonSocialeSite);
  const tradeName = readCell(cells, at.enseigneCommercialeSite);
  const address = readAddress(cells, at);
  if (id === null && name === null && tradeName === null && isAddressEmpty(address)) return null;

  const fields: Omit<OrganizationRecord, 'id'> = {
    finess: finessSite ?? technical.finess,
    finessJuridique: toFiness(readCell(cells, at.numeroFinessEtablissementJuridique)),
    siret: siretSite ?? technical.siret,
    siren: toSiren(readCell(cells, at.numeroSirenSite)),
    name,
    tradeName,
    categoryCode: null,
    secteurActivite: readCell(cells, at.codeSecteurActivite),
    address,
    phone: parsePhone(readCell(cells, at.telephone)) ?? parsePhone(readCell(cells, at.telephone2)),
    fax: parsePhone(readCell(cells, at.telecopie)),
    email: parseEmail(readCell(cells, at.adresseEmail)),
    latitude: null,
    longitude: null,
  };
  return { id: id ?? toDigestId(fields), ...fields };
}

function readAddress(cells: Cells, at: At): Address {
  return toAddress({
    recipient: readCell(cells, at.complementDestinataire),
    geographicPoint: readCell(cells, at.complementPointGeographique),
    number: readCell(cells, at.numeroVoie),
    repetition: readCell(cells, at.indiceRepetitionVoie),
    streetTypeCode: readCell(cells, at.codeTypeVoie),
    streetTypeLabel: readCell(cells, at.libelleTypeVoie),
    streetName: readCell(cells, at.libelleVoie),
    distribution: readCell(cells, at.mentionDistribution),
    routingLabel: readCell(cells, at.bureauCedex),
    postcode: readCell(cells, at.codePostal),
    communeCode: readCell(cells, at.codeCommune),
    communeName: readCell(cells, at.libelleCommune),
    countryCode: readCell(cells, at.codePays),
  });
}
