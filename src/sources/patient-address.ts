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

/**
 * The position of the first cell of a line that holds a patient's address; -1 when none does. Each cell with an at sign is looked at
 * once, others never.
 */
export function findPatientAddress(line: string): number {
  if (!hasAtSign(line)) return -1;
  const signs = new RegExp(AT_SIGNS.join('|'), 'g');
  for (let found = signs.exec(line); found !== null; found = signs.exec(line)) {
    const start = line.lastIndexOf(CELL_SEPARATOR, found.index) + 1;
    const next = line.indexOf(CELL_SEPARATOR, found.index);
    const end = next === -1 ? line.length : next;
    if (looksLikePatientAddress(line.slice(start, end))) {
      return line.slice(0, start).split(CELL_SEPARATOR).length - 1;
    }
    signs.lastIndex = end;
  }
  return -1;
}
