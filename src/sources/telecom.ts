import { parseMailboxAddress } from '#domain/identifiers.ts';

const DIGITS_MIN = 3;
/** ITU-T E.164. */
const DIGITS_MAX = 15;

/**
 * A telephone number as digits, with a leading `+` when it has one; the first one when the field holds several
 * ("0690291988/0590895757", "04 28 63 12 34 ; 06 …"). Blanks, dots, hyphens and brackets within a number are dropped, and
 * the "(0)" of "+33 (0)4 …".
 * @returns null when there is no number of 3 to 15 digits
 */
export function parsePhone(text: string | null): string | null {
  if (text === null) return null;
  let number = '';
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 48 && code <= 57) number += text[index];
    else if (code === 43 && number === '') number = '+';
    else if (number.length > 1 && !WITHIN_NUMBER.has(code)) break;
  }
  if (number.startsWith('+330')) number = `+33${number.slice(4)}`;
  // Two national numbers one after the other with only a blank between them.
  if (number.length > 10 && number.startsWith('0') && !number.startsWith('00')) number = number.slice(0, 10);
  const digitCount = number.startsWith('+') ? number.length - 1 : number.length;
  return digitCount < DIGITS_MIN || digitCount > DIGITS_MAX ? null : number;
}

const WITHIN_NUMBER = new Set([...' .-()\u00a0\u202f\t'].map((char) => char.charCodeAt(0)));

/** An ordinary e-mail address in lower case; null when it is not exactly one. */
export function parseEmail(text: string | null): string | null {
  return text === null ? null : (parseMailboxAddress(text) ?? null);
}
