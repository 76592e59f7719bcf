import { resolveCommune } from '#domain/geography/resolve-commune.ts';
import type { Address } from '#domain/records.ts';
import { composeStreet, toStreetTypeLabel } from './street.ts';

/** What the official files say of a place, under whatever column names. */
export interface AddressParts {
  recipient: string | null;
  geographicPoint: string | null;
  number: string | null;
  repetition: string | null;
  streetTypeCode: string | null;
  streetTypeLabel: string | null;
  streetName: string | null;
  distribution: string | null;
  /** Bureau cedex, ligne 6: "25304 PONTARLIER CEDEX". */
  routingLabel: string | null;
  postcode: string | null;
  communeCode: string | null;
  communeName: string | null;
  /** INSEE 99xxx. */
  countryCode: string | null;
  /** Known to be abroad without a code that says where. */
  isAbroad?: boolean;
}

const FRANCE = '99100';

export function toAddress(parts: AddressParts): Address {
  const postcode = toPostcode(parts.postcode) ?? toPostcode(parts.routingLabel?.slice(0, 5) ?? null);
  const countryCode = toForeignCountry(parts.countryCode);
  const isAbroad = countryCode !== null || parts.isAbroad === true;
  const label = parts.routingLabel ?? parts.communeName;
  const { communeCode, isCedex, departementCode } = isAbroad
    ? ABROAD
    : resolveCommune({ communeCode: parts.communeCode, postcode, locality: label });
  return {
    recipient: parts.recipient,
    geographicPoint: parts.geographicPoint,
    street: composeStreet(
      parts.number,
      parts.repetition,
      toStreetTypeLabel(parts.streetTypeCode, parts.streetTypeLabel),
      parts.streetName,
    ),
    distribution: parts.distribution,
    postcode,
    isCedex: postcode === null ? null : isCedex,
    communeCode,
    locality: communeCode === null ? (parts.communeName ?? toTown(parts.routingLabel)) : null,
    departementCode,
    countryCode,
  };
}

/** Whether an address says anything beyond its country. */
export function isAddressEmpty(address: Address): boolean {
  return (
    address.street === null &&
    address.postcode === null &&
    address.communeCode === null &&
    address.locality === null &&
    address.distribution === null &&
    address.recipient === null &&
    address.geographicPoint === null
  );
}

const ABROAD: ReturnType<typeof resolveCommune> = {
  communeCode: null,
  isCedex: false,
  departementCode: null,
};

function toPostcode(text: string | null): string | null {
  return text !== null && /^\d{5}$/.test(text) ? text : null;
}

function toForeignCountry(code: string | null): string | null {
  return code !== null && code !== FRANCE && /^99\d{3}$/.test(code) ? code : null;
}

/** "25304 PONTARLIER CEDEX" → "PONTARLIER". */
function toTown(routingLabel: string | null): string | null {
  if (routingLabel === null) return null;
  return (
    routingLabel
      .replace(/^\d{5}(?=\s|$)/, '')
      .replace(/\sCEDEX(?:\s+\d+)?$/i, '')
      .trim() || null
  );
}
