import type { CorrespondentKind } from './correspondent.ts';

/**
 * Ids are `<kind>-<key>`, made of letters, digits, `-` and `_` (what both a URL and a search engine take as they are).
 * The key is a business identifier, the national identifier of a person (`8` + RPPS) or a mailbox address, in which every other
 * character than a small letter, a digit or `-` is written `_` + two hexadecimal digits.
 */
export function toProfessionalId(practitionerId: string): string {
  return `professional-${encodeKey(practitionerId)}`;
}

/** For a personal mailbox whose holder has no national identifier. */
export function toUnidentifiedProfessionalId(address: string): string {
  return `professional-${encodeKey(address)}`;
}

export function toServiceId(address: string): string {
  return `service-${encodeKey(address)}`;
}

/** Of a declared expertise or a resource team, whose key is made here. */
export function toDeclaredId(kind: 'expert' | 'team', key: string): string {
  return `${kind}-${encodeKey(key)}`;
}

/** The two parts of an id, the address decoded; undefined for anything that the functions above do not give. */
export function parseCorrespondentId(id: string): { kind: CorrespondentKind; key: string } | undefined {
  const match = /^(professional|service|expert|team)-([a-z0-9_-]{1,500})$/.exec(id);
  if (!match) return undefined;
  const key = match[2]!.replace(/_([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return encodeKey(key) === match[2] ? { kind: match[1] as CorrespondentKind, key } : undefined;
}

function encodeKey(key: string): string {
  return key.replace(/[^a-z0-9-]/g, (char) => `_${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
