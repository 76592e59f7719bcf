import type { Correspondent, Place } from '#domain/correspondent.ts';

/** Repeatable: the same seed gives the same numbers from 0 to 1. @see mulberry32 */
export function openRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NASTY = [
  '"',
  '\\',
  "'",
  '\\"',
  '-',
  '*',
  '😀',
  '\u0000',
  '\n',
  '\u2028',
  'é',
  'É',
  'ﬁ',
  ' ',
  '[',
  ']',
  '(',
  ')',
  ' AND ',
  ' OR ',
  ' = ',
  '<',
  '%',
  '$',
];

/** A few characters of any kind; never empty, never half a surrogate pair. */
export function randomText(random: () => number, lengthMax = 12): string {
  const parts = Array.from({ length: 1 + Math.floor(random() * lengthMax) }, () => {
    if (random() < 0.25) return NASTY[Math.floor(random() * NASTY.length)]!;
    const point = random() < 0.8 ? 32 + Math.floor(random() * 95) : Math.floor(random() * 0x10000);
    return point >= 0xd800 && point < 0xe000 ? 'x' : String.fromCodePoint(point);
  });
  return parts.join('');
}

/** With every member null, empty or filled, at random, and texts of any content. */
export function randomCorrespondent(random: () => number, id: string): Correspondent {
  const text = (): string => randomText(random);
  const orNull = <T>(make: () => T): T | null => (random() < 0.4 ? null : make());
  const listOf = <T>(make: () => T): T[] => Array.from({ length: Math.floor(random() * 3) }, make);
  const coding = () => ({ code: text(), label: text() });
  const place = (): Place => ({
    organization: orNull(() => ({
      id: text(),
      name: orNull(text),
      finess: orNull(text),
      finessJuridique: orNull(text),
      category: orNull(coding),
    })),
    address: orNull(text),
    postcode: orNull(text),
    commune: orNull(() => ({ code: orNull(text), name: text() })),
    departement: orNull(() => ({ code: text(), name: text() })),
    country: orNull(text),
    phone: orNull(text),
    modeExercice: orNull(coding),
    position: orNull(() => ({
      latitude: random() * 180 - 90,
      longitude: random() * 360 - 180,
      approximate: random() < 0.5,
    })),
  });
  return {
    id,
    kind: (['professional', 'service', 'expert', 'team'] as const)[Math.floor(random() * 4)]!,
    name: text(),
    familyName: orNull(text),
    givenNames: orNull(text),
    civilite: orNull(text),
    rpps: orNull(text),
    profession: orNull(coding),
    otherProfessions: listOf(coding),
    savoirFaire: listOf(() => ({ ...coding(), type: orNull(text) })),
    serviceName: orNull(text),
    places: listOf(place),
    mailboxes: listOf(() => ({
      address: text(),
      type: (['PER', 'ORG', 'APP', 'CAB'] as const)[Math.floor(random() * 4)]!,
      lastOpenedOn: orNull(text),
      ...(random() < 0.3 ? { channels: ['video' as const] } : {}),
    })),
  };
}
