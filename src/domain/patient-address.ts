import { looksLikePatientAddress } from './identifiers.ts';

/** Why a text is no INS: not its form (15 characters), or its two last digits do not agree with the others. */
export type InsFault = 'form' | 'key';

/**
 * The 15 characters of an INS (NIR or NIA, with its key), blanks dropped: 13 digits, where those of the département may be 2A
 * or 2B, then the key: 97 less the remainder by 97 of the 13, with 2A counted as 19 and 2B as 18.
 * @see Référentiel Identifiant National de Santé, "matricule INS"; Insee, structure of the NIR
 */
export function parseIns(text: string): { ins: string } | { fault: InsFault } {
  const ins = text.replace(/[\s\u00a0\u202f.-]/g, '').toUpperCase();
  if (!INS.test(ins)) return { fault: 'form' };
  return hasInsKey(ins) ? { ins } : { fault: 'key' };
}

/** Where a patient reads secure mail (Mon espace santé). */
export function toPatientAddress(ins: string): string {
  return `${ins}@patient.mssante.fr`;
}

/**
 * Whether a text holds the identity of a patient: an address at `patient.mssante.fr` in any form, or an INS whose key is right.
 * Such a text is neither searched, kept, logged nor sent on.
 */
export function holdsPatientIdentity(text: string): boolean {
  if (looksLikePatientAddress(text)) return true;
  // Shorter than any INS: what most searches are.
  if (text.length < 15) return false;
  for (const [match] of text.normalize('NFKC').matchAll(INS_WITHIN)) {
    const ins = match.replace(/[\s.-]/g, '').toUpperCase();
    if (INS.test(ins) && hasInsKey(ins)) return true;
  }
  return false;
}

/** Sex (7 and 8 until the NIR is given), year, month (20 and beyond where it is unknown), département, the rest, key. */
const INS = /^[1-478]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{6}\d{2}$/;

/** Not 3 and 4, which begin the national identifiers of structures, made of 15 digits as well. */
const INS_WITHIN = /(?<![\da-z])[1278](?:[\s.-]?\d){5}[\s.-]?[\dAB](?:[\s.-]?\d){8}(?![\da-z])/gi;

function hasInsKey(ins: string): boolean {
  const digits = ins.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - (Number(digits) % 97) === Number(ins.slice(13));
}
