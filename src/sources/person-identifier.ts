import { type LinePosition, showValue, toRejection } from './rejection.ts';

export interface PersonIdentifier {
  /** Identification nationale PP. */
  id: string;
  /** 11 digits; null for ADELI. */
  rpps: string | null;
}

/** The columns that hold it, by the names of the file at hand. */
export interface PersonIdentifierNames {
  typeIdentifiantPp: string;
  identifiantPp: string;
  identificationNationalePp: string;
}

/**
 * `8` + RPPS (11 digits) or `0` + ADELI (9 characters), said twice: as a whole, and as type and number. Both must agree.
 * @see NOS TRE_G08-TypeIdentifiantPersonne
 */
export function readPersonIdentifier(
  type: string | null,
  number: string | null,
  national: string | null,
  names: PersonIdentifierNames,
  position: LinePosition,
): PersonIdentifier | ReturnType<typeof toRejection> {
  if (national === null) {
    const detail = 'The line names nobody: there is no national identifier.';
    return toRejection(position, 'value-missing', names.identificationNationalePp, detail);
  }
  const isRpps = national.charCodeAt(0) === 56 && national.length === 12 && isDigits(national);
  if (!isRpps && !(national.length === 10 && /^0[0-9A-Z]{9}$/i.test(national))) {
    const detail = `${showValue(national)} is neither 8 and the 11 digits of an RPPS number nor 0 and the 9 characters of an ADELI number.`;
    return toRejection(position, 'identifier-malformed', names.identificationNationalePp, detail);
  }
  if (
    type === null ||
    number === null ||
    type.length + number.length !== national.length ||
    national !== type + number
  ) {
    const detail = `${showValue(national)} is not the type and the number that the line gives: ${showValue(`${type ?? ''} ${number ?? ''}`)}.`;
    return toRejection(position, 'identifier-malformed', names.identificationNationalePp, detail);
  }
  return { id: national, rpps: isRpps ? number : null };
}

function isDigits(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
