import type { Correspondent } from '#domain/correspondent.ts';

import { toDeclaredNote } from './declared/declared-words.ts';
import { pagePath, toDoesLine } from './correspondent-words.ts';

const LINE_OCTETS_MAX = 75;

/**
 * A correspondent as a card that address books take, lines ended by CRLF.
 * @see RFC 6350 (vCard 4.0); section 3.2 for the folding of lines, 3.4 for what is escaped
 */
export function toVcard(it: Correspondent, origin: string): string {
  const isPerson = it.kind === 'professional';
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `KIND:${isPerson ? 'individual' : 'org'}`,
    `UID:${escape(it.id)}`,
    `FN:${escape(it.name)}`,
    isPerson ? `N:${escape(it.familyName ?? '')};${escape(it.givenNames ?? '')};;;` : undefined,
    toDoesLine(it) === '' ? undefined : `TITLE:${escape(toDoesLine(it))}`,
    ...it.mailboxes.map(
      ({ address }, index) => `EMAIL;TYPE=work;PREF=${Math.min(index + 1, 100)}:${escape(address)}`,
    ),
    ...it.places.flatMap((place) => [
      place.organization?.name ? `ORG:${escape(place.organization.name)}` : undefined,
      place.phone ? `TEL;TYPE="work,voice";VALUE=uri:tel:${place.phone.replace(/[^+\d]/g, '')}` : undefined,
      place.address || place.commune
        ? `ADR;TYPE=work:;;${escape(place.address ?? '')};${escape(place.commune?.name ?? '')};;${escape(place.postcode ?? '')};`
        : undefined,
      place.position ? `GEO:geo:${place.position.latitude},${place.position.longitude}` : undefined,
    ]),
    ...(it.profile?.languages ?? []).map((code) => `LANG:${code}`),
    it.profile?.remarks === undefined ? undefined : `NOTE:${escape(it.profile.remarks)}`,
    toDeclaredNote(it) === '' ? undefined : `NOTE:${escape(toDeclaredNote(it))}`,
    `URL:${origin}${pagePath(it.id)}`,
    'END:VCARD',
  ];
  const unique = [...new Set(lines.filter((line) => line !== undefined))];
  return unique.map((line) => `${fold(line)}\r\n`).join('');
}

function escape(text: string): string {
  return (
    text
      .replace(/[\\,;]/g, (char) => `\\${char}`)
      .replace(/\r\n?|\n|\u2028|\u2029/g, String.raw`\n`)
      // oxlint-disable-next-line no-control-regex -- what no property value may hold
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
  );
}

/** Lines of at most 75 octets, never cut within a character. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let octets = 0;
  for (const char of line) {
    const size = encoder.encode(char).length;
    if (octets + size > LINE_OCTETS_MAX) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += char;
    octets += size;
  }
  return folded;
}
