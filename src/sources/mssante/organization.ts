import { foldText } from '#domain/fold.ts';
import type { Address, OrganizationRecord } from '#domain/records.ts';
import { isAddressEmpty, toAddress } from '../address.ts';
import type { ColumnIndexes } from '../columns.ts';
import {
  parseTypedStructureIdentifier,
  toDigestId,
  type StructureIdentifiers,
} from '../organization-identifiers.ts';
import type { LineCells } from '../line-cells.ts';
import type { OrganizationFormat } from '../stated-organization.ts';
import type { MssanteColumn } from './columns.ts';

const ORGANIZATION_COLUMNS = [
  'typeIdentifiantStructure',
  'identificationStructure',
  'raisonSociale',
  'enseigneCommerciale',
  'l2ComplementLocalisation',
  'l3ComplementDistribution',
  'l4NumeroVoie',
  'l4ComplementNumeroVoie',
  'l4TypeVoie',
  'l4LibelleVoie',
  'l5LieuDitMention',
  'l6LigneAcheminement',
  'codePostal',
  'pays',
] as const satisfies readonly MssanteColumn[];

type At = ColumnIndexes<(typeof ORGANIZATION_COLUMNS)[number]>;

export function toOrganizationFormat(at: At): OrganizationFormat {
  return {
    positions: ORGANIZATION_COLUMNS.map((column) => at[column]),
    identify: (cells) =>
      parseTypedStructureIdentifier(
        cells.read(at.typeIdentifiantStructure),
        cells.read(at.identificationStructure),
      ),
    describe: (cells, identifiers) => toOrganization(cells, at, identifiers),
  };
}

/** @returns null without identifier, name and address */
function toOrganization(
  cells: LineCells,
  at: At,
  { id, finess, siret, siren }: StructureIdentifiers,
): OrganizationRecord | null {
  const name = cells.read(at.raisonSociale);
  const tradeName = cells.read(at.enseigneCommerciale);
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

function readAddress(cells: LineCells, at: At): Address {
  const country = cells.read(at.pays);
  const countryCode = country !== null && /^99\d{3}$/.test(country) ? country : null;
  return toAddress({
    recipient: cells.read(at.l2ComplementLocalisation),
    geographicPoint: cells.read(at.l3ComplementDistribution),
    number: cells.read(at.l4NumeroVoie),
    repetition: cells.read(at.l4ComplementNumeroVoie),
    streetTypeCode: cells.read(at.l4TypeVoie),
    streetTypeLabel: null,
    streetName: cells.read(at.l4LibelleVoie),
    distribution: cells.read(at.l5LieuDitMention),
    routingLabel: cells.read(at.l6LigneAcheminement),
    postcode: cells.read(at.codePostal),
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
