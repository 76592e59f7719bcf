import { foldText } from '#domain/fold.ts';
import type { Address, OrganizationRecord } from '#domain/records.ts';
import { isAddressEmpty, toAddress } from '../address.ts';
import type { ColumnIndexes } from '../columns.ts';
import { parseTypedStructureIdentifier, toDigestId } from '../organization-identifiers.ts';
import { readCell } from '../pipe-separated.ts';
import type { MssanteColumn } from './columns.ts';

type Cells = readonly string[];
type At = ColumnIndexes<MssanteColumn>;

/** The structure of a mailbox; null when the line gives no identifier, name or address. */
export function toOrganization(cells: Cells, at: At): OrganizationRecord | null {
  const { id, finess, siret, siren } = parseTypedStructureIdentifier(
    readCell(cells, at.typeIdentifiantStructure),
    readCell(cells, at.identificationStructure),
  );
  const name = readCell(cells, at.raisonSociale);
  const tradeName = readCell(cells, at.enseigneCommerciale);
  const address = readAddress(cells, at);
  if (id === null && name === null && tradeName === null && isAddressEmpty(address)) return null;
  const fields: Omit<OrganizationRecord, 'id'> = {
    finess,
    finessJuridique: null,
    siret,
    siren,
    name,
    tradeName,
    categoryCode: null,
    secteurActivite: null,
    address,
    phone: null,
    fax: null,
    email: null,
    latitude: null,
    longitude: null,
  };
  return { id: id ?? toDigestId(fields), ...fields };
}

function readAddress(cells: Cells, at: At): Address {
  const country = readCell(cells, at.pays);
  const countryCode = country !== null && /^99\d{3}$/.test(country) ? country : null;
  return toAddress({
    recipient: readCell(cells, at.l2ComplementLocalisation),
    geographicPoint: readCell(cells, at.l3ComplementDistribution),
    number: readCell(cells, at.l4NumeroVoie),
    repetition: readCell(cells, at.l4ComplementNumeroVoie),
    streetTypeCode: readCell(cells, at.l4TypeVoie),
    streetTypeLabel: null,
    streetName: readCell(cells, at.l4LibelleVoie),
    distribution: readCell(cells, at.l5LieuDitMention),
    routingLabel: readCell(cells, at.l6LigneAcheminement),
    postcode: readCell(cells, at.codePostal),
    communeCode: null,
    communeName: null,
    countryCode,
    isAbroad: country !== null && countryCode === null && !FRENCH_COUNTRIES.has(foldText(country)),
  });
}

/** Names under which French territories are given as countries (ISO 3166-1), and France itself. */
const FRENCH_COUNTRIES: ReadonlySet<string> = new Set(
  [
    'France',
    'FR',
    'FRA',
    'Guadeloupe',
    'Martinique',
    'Guyane',
    'Guyane française',
    'La Réunion',
    'Réunion',
    'Mayotte',
    'Saint-Pierre-et-Miquelon',
    'Saint-Barthélemy',
    'Saint-Martin',
    'Wallis-et-Futuna',
    'Polynésie française',
    'Nouvelle-Calédonie',
  ].map((name) => foldText(name)),
);
