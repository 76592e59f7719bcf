import { hash } from 'node:crypto';
import { parseFiness, toOrganizationId } from '#domain/identifiers.ts';
import type { OrganizationRecord } from '#domain/records.ts';

/** What a line says of which structure it means. */
export interface StructureIdentifiers {
  finess: string | null;
  siret: string | null;
  siren: string | null;
  /** {@link OrganizationRecord.id} when one of the identifiers gives it. */
  id: string | null;
}

/** A well-formed number, else null: a bad one is the file's, and no reason to lose the line. */
export function toFiness(text: string | null): string | null {
  return text === null ? null : (parseFiness(text) ?? null);
}

export function toSiret(text: string | null): string | null {
  return text !== null && /^\d{14}$/.test(text) ? text : null;
}

export function toSiren(text: string | null): string | null {
  return text !== null && /^\d{9}$/.test(text) ? text : null;
}

/**
 * "Identifiant technique de la structure": `F` + FINESS, `C` + SIRET, `C` + ADELI-rang; any other (`R` + number of the
 * RPPS) is kept whole behind a `t`.
 */
export function parseIdentifiantTechnique(text: string | null): StructureIdentifiers {
  if (text === null) return NONE;
  const number = text.slice(1);
  const kind = text.charAt(0).toUpperCase();
  if (kind === 'F') {
    const finess = toFiness(number);
    if (finess !== null) return { ...NONE, finess, id: toOrganizationId('finess', finess) };
  }
  if (kind === 'C') {
    const siret = toSiret(number);
    if (siret !== null) return { ...NONE, siret, id: toOrganizationId('siret', siret) };
    if (/^\d[\dAB]\d{5,12}$/.test(number)) return { ...NONE, id: toOrganizationId('adeliRang', number) };
  }
  return { ...NONE, id: `t${text}` };
}

/** "Ancien identifiant de la structure": type digit + number, which is already the national identifier. */
export function parseNationalStructureIdentifier(text: string | null): StructureIdentifiers {
  if (text === null || !/^\d[0-9A-Z]{4,}$/i.test(text)) return NONE;
  const number = text.slice(1);
  const id = text.toUpperCase();
  if (text.startsWith('1')) return { ...NONE, finess: toFiness(number), id };
  if (text.startsWith('2')) return { ...NONE, siren: toSiren(number), id };
  if (text.startsWith('3')) return { ...NONE, siret: toSiret(number), id };
  return { ...NONE, id };
}

/**
 * A structure's number with the type that a file gives to it, in whatever spelling: label ("FINESS", "N° SIRET",
 * "RPPS-rang") or code. Without a type that is known, the number's own shape tells.
 * @see NOS TRE_G07-TypeIdentifiantStructure
 */
export function parseTypedStructureIdentifier(
  type: string | null,
  text: string | null,
): StructureIdentifiers {
  if (text === null) return NONE;
  const number = text.replaceAll(' ', '').toUpperCase();
  switch (toStructureIdentifierKind(type)) {
    case 'finess':
      if (toFiness(number) !== null) return fromFiness(number);
      break;
    case 'siret':
      if (toSiret(number) !== null) return fromSiret(number);
      break;
    case 'siren':
      if (toSiren(number) !== null) return { ...NONE, siren: number, id: `2${number}` };
      break;
    case 'rppsRang':
      if (/^\d{11,16}$/.test(number)) return { ...NONE, id: toOrganizationId('rppsRang', number) };
      break;
    case 'adeliRang':
      if (/^\d[\dAB]\d{5,12}$/.test(number)) return { ...NONE, id: toOrganizationId('adeliRang', number) };
      break;
    default:
  }
  return fromShape(number);
}

/** Of the structure's own fields, for one without any identifier. Equal fields, equal digest. */
export function toDigestId(organization: Omit<OrganizationRecord, 'id'>): string {
  const { name, tradeName, siren, finessJuridique, address } = organization;
  const { recipient, geographicPoint, street, distribution, postcode, communeCode, locality, countryCode } =
    address;
  const fields = [name, tradeName, siren, finessJuridique, recipient, geographicPoint, street, distribution];
  return `x${hash('md5', [...fields, postcode, communeCode, locality, countryCode].join('|'))}`;
}

const NONE: StructureIdentifiers = { finess: null, siret: null, siren: null, id: null };

const KINDS_BY_CODE: Readonly<Record<string, string>> = {
  '0': 'adeliRang',
  '1': 'finess',
  '2': 'siren',
  '3': 'siret',
  '4': 'rppsRang',
};

function toStructureIdentifierKind(type: string | null): string | undefined {
  if (type === null) return undefined;
  const label = type.toUpperCase();
  if (label.includes('FINESS')) return 'finess';
  if (label.includes('SIRET')) return 'siret';
  if (label.includes('SIREN')) return 'siren';
  if (label.includes('RPPS')) return 'rppsRang';
  if (label.includes('ADELI')) return 'adeliRang';
  return KINDS_BY_CODE[label];
}

/** Also code 40, "identifiant national de structure", and the spellings of the other files. */
function fromShape(number: string): StructureIdentifiers {
  if (toFiness(number) !== null) return fromFiness(number);
  if (toSiret(number) !== null) return fromSiret(number);
  if (number.startsWith('1') && toFiness(number.slice(1)) !== null) return fromFiness(number.slice(1));
  if (number.startsWith('3') && toSiret(number.slice(1)) !== null) return fromSiret(number.slice(1));
  if (/^[024]\d[\dAB]\d{4,15}$/.test(number)) return parseNationalStructureIdentifier(number);
  return parseIdentifiantTechnique(number);
}

function fromFiness(finess: string): StructureIdentifiers {
  return { ...NONE, finess, id: toOrganizationId('finess', finess) };
}

function fromSiret(siret: string): StructureIdentifiers {
  return { ...NONE, siret, id: toOrganizationId('siret', siret) };
}
