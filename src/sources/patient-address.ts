import { looksLikePatientAddress } from '#domain/identifiers.ts';

/** Every form of "@" that {@link looksLikePatientAddress} reads: without one there is no address, and most text has none. */
const AT_SIGNS = ['@', '%40', '\uff20', '\ufe6b'] as const;

function hasAtSign(text: string): boolean {
  return AT_SIGNS.some((sign) => text.includes(sign));
}

/** {@link looksLikePatientAddress}, for millions of texts. */
export function holdsPatientAddress(text: string): boolean {
  return hasAtSign(text) && looksLikePatientAddress(text);
}

/** The position of the first cell of a line that holds a patient's address; -1 when none does. */
export function findPatientAddress(line: string, cells: readonly string[]): number {
  return hasAtSign(line) ? cells.findIndex((cell) => holdsPatientAddress(cell)) : -1;
}
