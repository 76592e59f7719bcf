import { luhnKeyOf } from '#domain/identifiers.ts';

/**
 * Identifiers that nobody has, with the shape and the check digit of true ones.
 *
 * - RPPS: true numbers start with `1`; ours with `99`.
 * - ADELI: starts with a département; there is no département 99.
 * - FINESS: the third digit of a true number is 0; ours has 9 (`dd9…`, and `dd99…` for the first ten thousand of each).
 * - SIRET: `999…` and an establishment number (NIC) from 99000 on, which no company has reached.
 * - RPPS-rang and technical identifiers (`R…`): derived from the above, or `R1099…`.
 */
const RESERVED = {
  rpps: '99',
  adeli: '99',
  finessThirdDigit: '9',
  siren: '999',
  nic: '99',
  technical: 'R1099',
} as const;

/** Distinct for every index below 100 million, and not in the order of the indexes, as in the true file. */
export function toInventedRpps(index: number): string {
  const scattered = (index * 38_742_049 + 51_234_567) % 100_000_000;
  const digits = RESERVED.rpps + String(scattered).padStart(8, '0');
  return digits + luhnKeyOf(digits);
}

/** Distinct for every index below 10 million. */
export function toInventedAdeli(index: number): string {
  return RESERVED.adeli + String(index % 10_000_000).padStart(7, '0');
}

/**
 * @param departementCode also `2A`, `971`; overseas départements share the prefix 97 or 98
 * @param ordinal below 100,000, counted for each prefix
 */
export function toInventedFiness(departementCode: string, ordinal: number): string {
  const head =
    toFinessPrefix(departementCode) +
    RESERVED.finessThirdDigit +
    String((90_000 + ordinal) % 100_000).padStart(5, '0');
  return head + luhnKeyOf(head.replace(/[AB]/, '0'));
}

export function toFinessPrefix(departementCode: string): string {
  return departementCode.slice(0, 2);
}

/** Distinct for every index below 100,000. */
export function toInventedSiren(index: number): string {
  const head = RESERVED.siren + String(index % 100_000).padStart(5, '0');
  return head + luhnKeyOf(head);
}

/** @param site below 100 */
export function toInventedSiret(siren: string, site: number): string {
  const head = siren + RESERVED.nic + String(site % 100).padStart(2, '0');
  return head + luhnKeyOf(head);
}

export function toInventedTechnicalId(number: number): string {
  return RESERVED.technical + String(number).padStart(10, '0');
}

/**
 * Numbers that the regulator keeps for fiction, so that nobody's telephone rings.
 * @see Arcep, plan national de numérotation, "numéros pour les œuvres audiovisuelles"
 */
const FICTION_PREFIXES: Record<string, string> = {
  '1': '019900',
  '2': '026191',
  '3': '035301',
  '4': '046571',
  '5': '053649',
};

/** @param zone first digit after 0: 1 to 5 by region, anything else gives a mobile number */
export function toInventedPhone(zone: string, number: number): string {
  return (FICTION_PREFIXES[zone] ?? '063998') + String(number % 10_000).padStart(4, '0');
}
