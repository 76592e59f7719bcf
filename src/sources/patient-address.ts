import { looksLikePatientAddress } from '#domain/identifiers.ts';
import { CELL_SEPARATOR } from './line-cells.ts';

/** Every form of "@" that {@link looksLikePatientAddress} reads: without one there is no address, and most text has none. */
const AT_SIGNS = ['@', '%40', '\uff20', '\ufe6b'] as const;

function hasAtSign(text: string): boolean {
  return AT_SIGNS.some((sign) => text.includes(sign));
}

/** {@link looksLikePatientAddress}, for millions of texts. */
export function holdsPatientAddress(text: string): boolean {
  return hasAtSign(text) && looksLikePatientAddress(text);
}

/** The position of a cell of a line that holds a patient's address; -1 when none does. Looks at the cells with an at sign only. */
export function findPatientAddress(line: string): number {
  for (const sign of AT_SIGNS) {
    for (let at = line.indexOf(sign); at !== -1; at = line.indexOf(sign, at + 1)) {
      const start = line.lastIndexOf(CELL_SEPARATOR, at) + 1;
      const end = line.indexOf(CELL_SEPARATOR, at);
      if (looksLikePatientAddress(line.slice(start, end === -1 ? line.length : end))) {
        return line.slice(0, start).split(CELL_SEPARATOR).length - 1;
      }
    }
  }
  return -1;
}
