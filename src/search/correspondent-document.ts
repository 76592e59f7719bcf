import type { Correspondent, CorrespondentKind } from '#domain/correspondent.ts';
import { hashLanes, hashText } from '#domain/content-hash.ts';
import { foldCompact, foldText } from '#domain/fold.ts';
import { phoneticKey } from '#domain/phonetic-key.ts';
import type { CorrespondentView } from './correspondent-view.ts';
import {
  positionsOf,
  fromShortCoding,
  fromShortMailbox,
  fromShortPlace,
  fromShortSavoirFaire,
  toShortCoding,
  toShortMailbox,
  toShortPlace,
  toShortSavoirFaire,
} from './correspondent-view.ts';
import { cellsOf } from './cells.ts';
import { toDeclaredWords } from './declared-words.ts';
import { toFamilyKey } from './family-keys.ts';
import { toJoinedForms } from './joined-forms.ts';
import { toProfileMembers } from './profile-members.ts';

/**
 * Counts the shapes that documents have had. To be raised with every change of what `toDocument` gives for the same
 * correspondent: it is what makes existing indexes be rebuilt.
 */
export const DOCUMENT_SHAPE = 14;

/**
 * One correspondent in the index, self-contained: a search needs no second store. Absent members are null or empty.
 * Which members are searched and which are filtered is in `index-settings.ts`. Names of members cost nothing once stored, but the
 * engine reads the list of them all, nested ones too, several times in each search.
 */
export interface CorrespondentDocument {
  id: string;
  kind: CorrespondentKind;
  family?: string;
  given?: string;
  /** Names made of several words, joined: "legoff", "jeanpierre". */
  joinedNames?: string[];
  /** What a service, an expertise, a team or a person without a family name is called. */
  titles?: string[];
  professionLabels?: string[];
  savoirFaireLabels?: string[];
  organizationNames?: string[];
  communeNames?: string[];
  postcodes?: string[];
  /** Of the words of the names: how they sound. */
  phonetic?: string[];
  /** The folded words of the names, and of the same run together, to be compared as wholes. */
  nameWords?: string[];
  /** The folded words of `titles`, to be compared as wholes. */
  titleWords?: string[];
  /** Of the words of the family name, and of the same run together ("legoff"): see `family-keys.ts`. */
  familyKeys?: number[];
  /** Of the given names: each first letter, and those of neighbouring names together ("jp"). */
  initials?: string[];
  mailboxes?: string[];
  /** Days of the last openings of their mailboxes. */
  openedOn?: string[];
  /** What their mailboxes can receive beside mail. */
  channels?: string[];
  rpps?: string;
  /** Of the sites and of their legal entities. */
  finess?: string[];
  professionCodes?: string[];
  savoirFaireCodes?: string[];
  /**
   * An arrondissement of Paris, Lyon or Marseille is there with its commune. Of an expertise or a team: of its area; `FR` alone
   * for all of France, here and in `departementCodes`.
   */
  communeCodes?: string[];
  departementCodes?: string[];
  /** Where the places of practice are, `latitude,longitude`: people are sorted by the distance of these points. */
  positions?: string[];
  /** The squares of the map that these points lie in (see `cells.ts`). */
  cells?: string[];
  /** TRE_R66 of the structures. */
  categoryCodes?: string[];
  /** TRE_R23. */
  modes?: string[];
  organizationIds?: string[];
  /** The ways of practising that are a known yes; with a minus before, those that are a known no. */
  ways?: string[];
  /** Codes of `domain/acts.ts`. */
  acts?: string[];
  /**
   * What a page says that may be looked for: labels of acts, own words, equipment, languages; what an expertise or a team says
   * that it answers or does, and for whom.
   */
  profileWords?: string[];
  /** INSEE codes of where somebody goes to homes; `*` alone: they do not say where. */
  visitCommunes?: string[];
  /** Days and whole months of absence: `2026-12-24`, `2027-01`. */
  awayOn?: string[];
  hasMailbox: boolean;
  /**
   * Decides between equals: those whose mailbox was opened in the latest quarter of a year first, then those whose mailbox nobody
   * reports on, then those without; then a number drawn from the id, so neither alphabetical nor the order of arrival, and the
   * same after every import.
   */
  lot: number;
  /** Decides between those who are called as typed: fewer names first, since the others are called more than that; then `lot`. */
  order: number;
  /** A {@link CorrespondentView} in JSON: one member to the engine, which never looks into it. */
  view: string;
  /** 64 bits, in hexadecimal, of all the other members. */
  rev: string;
}

/** The members that a search gives back. */
export const VIEW_ATTRIBUTES = [
  'id',
  'kind',
  'family',
  'given',
  'rpps',
  'view',
] as const satisfies (keyof CorrespondentDocument)[];
type WithoutView = Pick<CorrespondentDocument, Exclude<(typeof VIEW_ATTRIBUTES)[number], 'view'>>;
/** What a search that asked for them gives, the view read. */
export interface RetrievedDocument extends WithoutView {
  view: CorrespondentView;
}
/** As the engine gives it: of an index of an earlier version the view itself; absent when it was not asked for. */
export interface EngineHit extends WithoutView {
  view?: string | CorrespondentView;
}

/** The hit itself, its view read in place. */
export function readHit(hit: EngineHit): RetrievedDocument {
  if (typeof hit.view === 'string') hit.view = JSON.parse(hit.view) as CorrespondentView;
  return hit as RetrievedDocument;
}

/** Equal correspondents give equal documents, byte for byte. */
export function toDocument(correspondent: Correspondent): CorrespondentDocument {
  const document = toDocumentWithoutRev(correspondent);
  return { ...document, rev: hashText(JSON.stringify(document)) };
}

/** `JSON.stringify(toDocument(correspondent))` and the document's rev, in half the time. */
export function toDocumentLine(correspondent: Correspondent): { line: string; rev: string } {
  const json = JSON.stringify(toDocumentWithoutRev(correspondent));
  const rev = hashText(json);
  return { line: `${json.slice(0, -1)},"rev":"${rev}"}`, rev };
}

/** Gives back exactly what `toDocument` was given. */
export function fromDocument(document: RetrievedDocument): Correspondent {
  const { view } = document;
  return {
    id: document.id,
    kind: document.kind,
    name: view.n,
    familyName: document.family ?? null,
    givenNames: document.given ?? null,
    civilite: view.c ?? null,
    rpps: document.rpps ?? null,
    profession: view.p ? fromShortCoding(view.p) : null,
    otherProfessions: (view.o ?? []).map(fromShortCoding),
    savoirFaire: (view.s ?? []).map(fromShortSavoirFaire),
    serviceName: view.t ?? null,
    places: (view.l ?? []).map(fromShortPlace),
    mailboxes: (view.m ?? []).map(fromShortMailbox),
    ...(view.r === undefined ? {} : { profile: view.r }),
    ...(view.x ? { expertise: view.x } : {}),
    ...(view.y ? { team: view.y } : {}),
  };
}

function toDocumentWithoutRev(correspondent: Correspondent): Omit<CorrespondentDocument, 'rev'> {
  const { id, kind, familyName, givenNames, rpps, places, mailboxes, savoirFaire } = correspondent;
  const lot = toLot(correspondent);
  const professions = [correspondent.profession, ...correspondent.otherProfessions].filter(
    (coding) => coding !== null,
  );
  const organizations = places
    .map((place) => place.organization)
    .filter((organization) => organization !== null);
  const title = familyName === null ? correspondent.name : null;
  const declared = toDeclaredWords(correspondent);
  const view = toView(correspondent);
  const document: Omit<CorrespondentDocument, 'rev'> = {
    id,
    kind,
    hasMailbox: mailboxes.length > 0,
    lot,
    order: toOrder(correspondent, lot),
    view: JSON.stringify(view),
  };
  setList(document, 'positions', positionsOf(view));
  setList(
    document,
    'cells',
    places.flatMap(({ position }) => (position ? cellsOf(position) : [])),
  );
  if (familyName !== null) document.family = familyName;
  if (givenNames !== null) document.given = givenNames;
  if (rpps !== null) document.rpps = rpps;
  const joinedFamily = toJoinedForms(familyName);
  const joined = [...joinedFamily, ...toJoinedForms(givenNames)];
  setList(document, 'joinedNames', joined);
  const family = toWords(familyName);
  const names = [...family, ...toWords(givenNames)];
  const familyKeys = new Set([...family, ...joinedFamily.map(foldText)].map(toFamilyKey));
  familyKeys.delete(undefined);
  if (familyKeys.size > 0) document.familyKeys = [...familyKeys] as number[];
  setList(document, 'phonetic', names.map(keyOf));
  setList(document, 'nameWords', [...names, ...joined.map(foldCompact).filter(Boolean)]);
  setList(document, 'initials', toInitials(toWords(givenNames)));
  const titles = [correspondent.serviceName, title, ...(declared?.titles ?? [])];
  setList(document, 'titles', titles);
  setList(document, 'titleWords', titles.flatMap(toWords));
  if (declared) {
    setList(document, 'profileWords', declared.words);
    setList(document, 'ways', declared.ways);
  }
  setList(
    document,
    'professionLabels',
    professions.map((coding) => coding.label),
  );
  setList(
    document,
    'savoirFaireLabels',
    savoirFaire.map((coding) => coding.label),
  );
  setList(
    document,
    'organizationNames',
    organizations.map((organization) => organization.name),
  );
  setList(
    document,
    'communeNames',
    places.map((place) => place.commune?.name),
  );
  setList(
    document,
    'postcodes',
    places.map((place) => place.postcode),
  );
  setList(
    document,
    'mailboxes',
    mailboxes.map((mailbox) => mailbox.address),
  );
  setList(
    document,
    'openedOn',
    mailboxes.map((mailbox) => mailbox.lastOpenedOn),
  );
  setList(
    document,
    'channels',
    mailboxes.flatMap((mailbox) => mailbox.channels ?? []),
  );
  setList(
    document,
    'finess',
    organizations.flatMap((organization) => [organization.finess, organization.finessJuridique]),
  );
  setList(document, 'professionCodes', [
    ...professions.map((coding) => coding.code),
    ...(declared?.professionCodes ?? []),
  ]);
  setList(document, 'savoirFaireCodes', [
    ...savoirFaire.map((coding) => coding.code),
    ...(declared?.savoirFaireCodes ?? []),
  ]);
  setList(
    document,
    'communeCodes',
    declared?.communeCodes ?? places.flatMap((place) => withParentCommune(place.commune?.code)),
  );
  setList(
    document,
    'departementCodes',
    declared?.departementCodes ?? places.map((place) => place.departement?.code),
  );
  setList(document, 'categoryCodes', [
    ...organizations.map((organization) => organization.category?.code),
    ...(declared?.categoryCodes ?? []),
  ]);
  setList(
    document,
    'modes',
    places.map((place) => place.modeExercice?.code),
  );
  setList(
    document,
    'organizationIds',
    organizations.map((organization) => organization.id),
  );
  Object.assign(document, toProfileMembers(correspondent));
  return document;
}

function toView(correspondent: Correspondent): CorrespondentView {
  const { civilite, profession, otherProfessions, savoirFaire, serviceName, places, mailboxes } =
    correspondent;
  const view: CorrespondentView = { n: correspondent.name };
  if (civilite !== null) view.c = civilite;
  if (profession) view.p = toShortCoding(profession);
  if (otherProfessions.length > 0) view.o = otherProfessions.map(toShortCoding);
  if (savoirFaire.length > 0) view.s = savoirFaire.map(toShortSavoirFaire);
  if (serviceName !== null) view.t = serviceName;
  if (places.length > 0) view.l = places.map(toShortPlace);
  if (mailboxes.length > 0) view.m = mailboxes.map(toShortMailbox);
  if (correspondent.profile) view.r = correspondent.profile;
  if (correspondent.expertise) view.x = correspondent.expertise;
  if (correspondent.team) view.y = correspondent.team;
  return view;
}

type ListMember = {
  [K in keyof CorrespondentDocument]-?: string[] extends CorrespondentDocument[K] ? K : never;
}[keyof CorrespondentDocument];

/** Each value once; no member at all for none. */
function setList(
  document: Partial<CorrespondentDocument>,
  member: ListMember,
  values: (string | null | undefined)[],
): void {
  const present = new Set(values.filter((value) => value !== null && value !== undefined));
  if (present.size > 0) document[member] = [...present];
}

/** Enough to part homonyms and few enough to sort by without cost. */
const DRAWN_VALUES = 4096;
/** Quarters of a year since 2000: a mailbox that is read stays among the first for one write of the index a month. */
const QUARTERS = 400;
const RANKS = QUARTERS + 2;

function toLot({ id, mailboxes }: Correspondent): number {
  const days = mailboxes.map((it) => it.lastOpenedOn).filter((day) => day !== null);
  const latest = days.toSorted().at(-1);
  const unopened = mailboxes.length > 0 ? QUARTERS : QUARTERS + 1;
  const rank = latest === undefined ? unopened : QUARTERS - 1 - quarterOf(latest);
  return rank * DRAWN_VALUES + (hashLanes(id)[1] & (DRAWN_VALUES - 1));
}

/** Of an ISO day, since 2000; 0 for what is no day. */
function quarterOf(day: string): number {
  const quarter = (Number(day.slice(0, 4)) - 2000) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3);
  return Math.min(Math.max(quarter || 0, 0), QUARTERS - 1);
}

/** Names of fewer words first, since what was typed is then all of them; a quarter as many values drawn, for the words beside them. */
function toOrder({ familyName, givenNames }: Correspondent, lot: number): number {
  const words = Math.min(7, toWords(familyName).length + toWords(givenNames).length);
  return Math.floor((words * RANKS * DRAWN_VALUES + lot) / 4);
}

const KEYS_KEPT_MAX = 50_000;
const keys = new Map<string, string>();

/** Two million people share some ten thousand names. */
function keyOf(word: string): string {
  const known = keys.get(word);
  if (known !== undefined) return known;
  if (keys.size >= KEYS_KEPT_MAX) keys.clear();
  const key = phoneticKey(word);
  keys.set(word, key);
  return key;
}

function toWords(name: string | null | undefined): string[] {
  return !name ? [] : foldText(name).split(' ').filter(Boolean);
}

function toInitials(givenNames: readonly string[]): string[] {
  const letters = givenNames.map((word) => word[0]!);
  return [...letters, ...letters.slice(1).map((letter, index) => letters[index]! + letter)];
}

/** @see https://www.insee.fr/fr/information/2560452 communes with municipal arrondissements */
export function withParentCommune(code: string | null | undefined): string[] {
  if (!code) return [];
  if (/^751(0[1-9]|1\d|20)$/.test(code)) return [code, '75056'];
  if (/^6938[1-9]$/.test(code)) return [code, '69123'];
  if (/^132(0[1-9]|1[0-6])$/.test(code)) return [code, '13055'];
  return [code];
}
