/** Luhn's check over a string of decimal digits (ISO/IEC 7812-1 annex B). False for anything but digits. */
export function hasLuhnKey(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false;
  let sum = 0;
  for (let position = 0; position < digits.length; position += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - position) - 48;
    const weighted = position % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** The digit that makes `digits` + digit pass Luhn's check. */
export function luhnKeyOf(digits: string): string {
  for (let key = 0; key < 10; key += 1) if (hasLuhnKey(digits + key)) return String(key);
  throw new Error(`not digits: ${digits}`);
}

/**
 * An RPPS number as typed: 11 digits, or 12 as the national identifier `8` + RPPS; blanks are dropped.
 * The Luhn key is not required: many published test identities do not carry it.
 * @returns the 11 digits, or undefined
 */
export function parseRpps(text: string): string | undefined {
  const digits = text.replace(/[\s\u00a0.]/g, '');
  if (/^\d{11}$/.test(digits)) return digits;
  if (/^8\d{11}$/.test(digits)) return digits.slice(1);
  return undefined;
}

/**
 * A FINESS number as typed: 9 characters, digits but for the second one in Corsica (2A, 2B); blanks are dropped.
 * @returns upper-case, or undefined
 */
export function parseFiness(text: string): string | undefined {
  const compact = text.replace(/[\s\u00a0.]/g, '').toUpperCase();
  return /^\d[\dAB]\d{7}$/.test(compact) ? compact : undefined;
}

/**
 * A secure mailbox address as typed, lower-cased and trimmed. Its domain is not restricted to `mssante.fr`: gateways
 * such as Apicrypt publish addresses of their own.
 * @returns undefined when it is not one address of at most 254 characters, of which at most 90 are neither letters, digits
 *   nor hyphens (ids are made of addresses, see `correspondent-id.ts`)
 * @see RFC 5321 section 4.5.3.1
 */
export function parseMailboxAddress(text: string): string | undefined {
  const address = text.trim().toLowerCase();
  if (address.length > 254 || address.replace(/[a-z0-9-]/g, '').length > 90) return undefined;
  return /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(
    address,
  )
    ? address
    : undefined;
}

/**
 * Whether a text holds something like a patient's secure address (an INS at `patient.mssante.fr`). Such a text is an
 * identity: it must not be stored, indexed, logged or sent on. Wide on purpose: blanks, case, full-width and invisible
 * characters, `%40`, and any local part.
 */
export function looksLikePatientAddress(text: string): boolean {
  if (!/pati|%|[^ -~]/i.test(text)) return false;
  const plain = text
    .normalize('NFKC')
    .replace(/%40/g, '@')
    .replace(/%2e/gi, '.')
    .replace(/[\s\p{Cf}\p{Cc}]/gu, '');
  return /@patient\.mssante\.fr/i.test(plain);
}

/**
 * The national identifier of a structure: type digit + number, as in "Ancien identifiant de la structure".
 * `1` FINESS, `3` SIRET, `4` RPPS-rang, `0` ADELI-rang.
 * @see NOS TRE_G07-TypeIdentifiantStructure
 */
export function toOrganizationId(
  type: 'finess' | 'siret' | 'rppsRang' | 'adeliRang',
  number: string,
): string {
  return { finess: '1', siret: '3', rppsRang: '4', adeliRang: '0' }[type] + number;
}
