import type { ShownExpertise, ShownTeam } from '#domain/declaration.ts';
import type { Coding, Mailbox, Place, SavoirFaire } from '#domain/correspondent.ts';
import type { Profile } from '#domain/profile.ts';

/**
 * What a document keeps of a correspondent only to give it back, written short because two million copies are stored:
 * absent is null or an empty list, a coding is `[code, label]`.
 *
 * | member | of the correspondent |
 * |---|---|
 * | n | name |
 * | c | civilite |
 * | p | profession |
 * | o | otherProfessions |
 * | s | savoirFaire, as `[code, label]` or `[code, label, type]` |
 * | t | serviceName |
 * | l | places |
 * | m | mailboxes, as `[address, type]`, `[address, type, lastOpenedOn]` or with the channels fourth |
 * | r | profile, as it is |
 * | x | expertise, as it is: there are few |
 * | y | team, as it is |
 */
export interface CorrespondentView {
  n: string;
  c?: string;
  p?: ShortCoding;
  o?: ShortCoding[];
  s?: ShortSavoirFaire[];
  t?: string;
  l?: ShortPlace[];
  m?: ShortMailbox[];
  r?: Profile;
  x?: ShownExpertise;
  y?: ShownTeam;
}

type ShortCoding = [code: string, label: string];
type ShortSavoirFaire = [code: string, label: string, type?: string];
type ShortMailbox = [
  address: string,
  type: Mailbox['type'],
  lastOpenedOn?: string | null,
  channels?: NonNullable<Mailbox['channels']>,
];

/**
 * | member | of the place |
 * |---|---|
 * | o | organization: `i` id, `n` name, `f` finess, `j` finessJuridique, `k` category |
 * | a | address |
 * | z | postcode |
 * | c | commune, as `[name]` or `[name, code]` |
 * | d | departement, as `[code, name]` |
 * | y | country |
 * | t | phone |
 * | x | modeExercice |
 * | g | position, as `[latitude, longitude]`, with a third member when approximate |
 */
interface ShortPlace {
  o?: { i: string; n?: string; f?: string; j?: string; k?: ShortCoding };
  a?: string;
  z?: string;
  c?: [name: string] | [name: string, code: string];
  d?: ShortCoding;
  y?: string;
  t?: string;
  x?: ShortCoding;
  g?: [latitude: number, longitude: number] | [latitude: number, longitude: number, approximate: 1];
}

export function toShortCoding(coding: Coding): ShortCoding {
  return [coding.code, coding.label];
}

export function fromShortCoding([code, label]: ShortCoding): Coding {
  return { code, label };
}

export function toShortSavoirFaire({ code, label, type }: SavoirFaire): ShortSavoirFaire {
  return type === null ? [code, label] : [code, label, type];
}

export function fromShortSavoirFaire([code, label, type]: ShortSavoirFaire): SavoirFaire {
  return { code, label, type: type ?? null };
}

export function toShortMailbox(mailbox: Mailbox): ShortMailbox {
  const { address, type, lastOpenedOn, channels } = mailbox;
  if (channels !== undefined) return [address, type, lastOpenedOn, channels];
  return lastOpenedOn === null ? [address, type] : [address, type, lastOpenedOn];
}

export function fromShortMailbox([address, type, lastOpenedOn, channels]: ShortMailbox): Mailbox {
  const mailbox = { address, type, lastOpenedOn: lastOpenedOn ?? null };
  return channels === undefined ? mailbox : { ...mailbox, channels };
}

export function toShortPlace(place: Place): ShortPlace {
  const short: ShortPlace = {};
  const { organization, commune, position } = place;
  if (organization) {
    short.o = { i: organization.id };
    if (organization.name !== null) short.o.n = organization.name;
    if (organization.finess !== null) short.o.f = organization.finess;
    if (organization.finessJuridique !== null) short.o.j = organization.finessJuridique;
    if (organization.category) short.o.k = toShortCoding(organization.category);
  }
  if (place.address !== null) short.a = place.address;
  if (place.postcode !== null) short.z = place.postcode;
  if (commune) short.c = commune.code === null ? [commune.name] : [commune.name, commune.code];
  if (place.departement) short.d = [place.departement.code, place.departement.name];
  if (place.country !== null) short.y = place.country;
  if (place.phone !== null) short.t = place.phone;
  if (place.modeExercice) short.x = toShortCoding(place.modeExercice);
  if (position) {
    short.g = position.approximate
      ? [position.latitude, position.longitude, 1]
      : [position.latitude, position.longitude];
  }
  return short;
}

export function fromShortPlace(short: ShortPlace): Place {
  const { o: organization, c: commune, d: departement, g: position } = short;
  return {
    organization: organization
      ? {
          id: organization.i,
          name: organization.n ?? null,
          finess: organization.f ?? null,
          finessJuridique: organization.j ?? null,
          category: organization.k ? fromShortCoding(organization.k) : null,
        }
      : null,
    address: short.a ?? null,
    postcode: short.z ?? null,
    commune: commune ? { code: commune[1] ?? null, name: commune[0] } : null,
    departement: departement ? { code: departement[0], name: departement[1] } : null,
    country: short.y ?? null,
    phone: short.t ?? null,
    modeExercice: short.x ? fromShortCoding(short.x) : null,
    position: position
      ? { latitude: position[0], longitude: position[1], approximate: position[2] === 1 }
      : null,
  };
}

/** Of each place that has one, `latitude,longitude`, as it is indexed. */
export function positionsOf({ l: places }: CorrespondentView): string[] {
  return (places ?? []).flatMap(({ g: position }) => (position ? [`${position[0]},${position[1]}`] : []));
}
