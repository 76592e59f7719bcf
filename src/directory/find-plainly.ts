import { awayOn } from '#domain/away.ts';
import { WHOLE_COUNTRY } from '#domain/area.ts';
import {
  toDeclaredId,
  toProfessionalId,
  toServiceId,
  toUnidentifiedProfessionalId,
} from '#domain/correspondent-id.ts';
import type { Correspondent, CorrespondentKind } from '#domain/correspondent.ts';
import { distanceOf } from '#domain/distance-of.ts';
import { listCommunesWithin, type Position } from '#domain/geography/communes-within.ts';
import { homeVisitCommunesOf } from '#domain/home-visits.ts';
import { communeCodesOf, toDepartementMatch } from '#domain/geography/place-match.ts';
import { parseFiness, parseMailboxAddress, parseRpps } from '#domain/identifiers.ts';
import type { CorrespondentQuestion } from '#domain/question.ts';
import type { UnderstoodPart } from '#domain/understanding.ts';
import { placeFilterOf, type PlaceFilter } from '#search/place-filter.ts';
import { toDeclaredWords } from '#search/declared-words.ts';
import { readText, type Reading } from '#search/read-text.ts';
import type { QuestionPlaces } from '#search/answer-question.ts';
import { findDeclaredPlainly } from '#store/declarations.ts';
import { findByFinessPlainly, findPeoplePlainly, findServicesPlainly } from '#store/find-plainly.ts';
import { readHolderIds } from '#store/read-holder-ids.ts';

import type { Directory } from './directory.ts';

export interface PlainAnswer {
  /** All that was found, in their order: as many as are read, not all that there may be. */
  correspondents: Correspondent[];
  /** There may be more. */
  isCut: boolean;
  parts: UnderstoodPart[];
}

const CANDIDATES_MAX = 300;
/** Whole correspondents cost much more than their ids: read only as far as a page needs, most often once. */
const LOADED_AT_ONCE = 40;

/**
 * What the store alone can answer while the search engine is away: exact numbers and addresses, and whole words or beginnings
 * of names, professions and places, without typing errors, phonetics or nearness. The text is read as in a search, in its first
 * reading that gives something.
 * @param wanted no more than so many are looked for
 * @throws AppError `store-unavailable`
 */
export async function findPlainly(
  directory: Directory,
  question: CorrespondentQuestion,
  places: QuestionPlaces,
  wanted: number,
): Promise<PlainAnswer> {
  const exact = await findExactly(directory, question);
  const readings: (Reading | undefined)[] =
    question.text === undefined || exact ? [undefined] : readText(question.text, places.where === undefined);
  for (const reading of readings) {
    const ids = exact ?? (await findCandidates(directory, question, places, reading));
    const place = reading?.place && placeFilterOf(reading.place, reading.placeText);
    const isAnswer = (it: Correspondent) =>
      answers(it, question) && isIn(it, places.where) && isIn(it, place);
    // The nearest may be any of them.
    const enough = places.near ? Number.POSITIVE_INFINITY : wanted;
    const { correspondents, isCut } = await loadInOrder(directory, ids, isAnswer, enough);
    const parts = reading?.parts ?? [];
    if (correspondents.length > 0 || reading === readings.at(-1))
      return {
        correspondents: nearestFirst(correspondents, places.near),
        isCut: isCut || ids.length >= CANDIDATES_MAX,
        parts,
      };
  }
  return { correspondents: [], isCut: false, parts: [] };
}

async function loadInOrder(
  { log }: Directory,
  ids: readonly string[],
  isAnswer: (it: Correspondent) => boolean,
  wanted: number,
): Promise<Pick<PlainAnswer, 'correspondents' | 'isCut'>> {
  const correspondents: Correspondent[] = [];
  let size = LOADED_AT_ONCE;
  for (let start = 0; start < ids.length; start += size, size *= 2) {
    if (correspondents.length >= wanted) return { correspondents, isCut: true };
    const some = ids.slice(start, start + size);
    const byId = new Map((await log.loadCorrespondents(some)).map((it) => [it.id, it]));
    correspondents.push(...some.flatMap((id) => byId.get(id) ?? []).filter(isAnswer));
  }
  return { correspondents, isCut: false };
}

function nearestFirst(correspondents: Correspondent[], near: Position | undefined): Correspondent[] {
  if (!near) return correspondents;
  const meters = (it: Correspondent) => distanceOf(it, near) ?? Number.POSITIVE_INFINITY;
  return correspondents
    .map((it) => ({ it, meters: meters(it) }))
    .toSorted((a, b) => (a.meters === b.meters ? 0 : a.meters - b.meters))
    .map(({ it }) => it);
}

/** Undefined when no number or address is asked for. */
async function findExactly(
  { store }: Directory,
  { text = '', ...asked }: CorrespondentQuestion,
): Promise<string[] | undefined> {
  const rpps = asked.rpps ?? parseRpps(text);
  if (rpps !== undefined) return [toProfessionalId(`8${rpps}`)];
  const address = asked.mailbox ?? parseMailboxAddress(text);
  if (address !== undefined) {
    const holders = await readHolderIds(store.db, address);
    return [toServiceId(address), toUnidentifiedProfessionalId(address), ...holders.map(toProfessionalId)];
  }
  const finess = asked.finess ?? parseFiness(text);
  if (finess === undefined) return undefined;
  const { practitionerIds, addresses } = await findByFinessPlainly(store.db, finess, CANDIDATES_MAX);
  return [...addresses.map(toServiceId), ...practitionerIds.map(toProfessionalId)];
}

async function findCandidates(
  { store }: Directory,
  question: CorrespondentQuestion,
  places: QuestionPlaces,
  reading: Reading | undefined,
): Promise<string[]> {
  const meanings = reading?.terms.flatMap((term) => term.meanings) ?? [];
  const place = places.where ?? (reading?.place && placeFilterOf(reading.place, reading.placeText));
  const centre = places.near ?? places.whereCentre;
  const communeCodes =
    question.within !== undefined && centre
      ? listCommunesWithin(centre, question.within * 1000)
      : toCommuneCodes(place, question);
  const words = reading?.names ?? [];
  const professionCodes = question.professionCodes ?? [
    ...new Set(meanings.flatMap((it) => it.professionCodes)),
  ];
  const savoirFaireCodes = question.savoirFaireCodes ?? [
    ...new Set(meanings.flatMap((it) => it.savoirFaireCodes)),
  ];
  const said =
    reading?.parts
      .filter((it) => it.as !== 'title' && it.as !== 'place')
      .flatMap((it) => it.text.split(' ')) ?? [];
  const mayBe = (kind: CorrespondentKind) => question.kinds?.includes(kind) ?? true;
  const practice = { words, professionCodes, savoirFaireCodes, communeCodes };
  const [people, services, declared] = await Promise.all([
    mayBe('professional') ? findPeoplePlainly(store.db, practice, CANDIDATES_MAX) : [],
    mayBe('service') ? findServicesPlainly(store.db, said, CANDIDATES_MAX) : [],
    said.length > 0 || place || communeCodes || question.kinds
      ? findDeclaredPlainly(store.db, said, CANDIDATES_MAX)
      : [],
  ]);
  return [
    ...people.map(toProfessionalId),
    ...services.map(toServiceId),
    ...declared.map(({ kind, key }) => toDeclaredId(kind, key)),
  ];
}

function toCommuneCodes(
  place: PlaceFilter | undefined,
  { communeCodes, departementCodes }: CorrespondentQuestion,
): string[] | undefined {
  if (communeCodes) return communeCodes;
  const departements = place?.departementCodes ?? departementCodes;
  if (place?.communeCodes) return place.communeCodes;
  return departements?.flatMap((code) => communeCodesOf(toDepartementMatch(code, false)));
}

function answers(it: Correspondent, question: CorrespondentQuestion): boolean {
  const {
    kinds,
    professionCodes,
    savoirFaireCodes,
    departementCodes,
    communeCodes,
    hasMailbox,
    channels,
    openedOn,
    organizationIds,
  } = question;
  const declared = toDeclaredWords(it);
  const professions = new Set([
    ...[it.profession, ...it.otherProfessions].map((coding) => coding?.code),
    ...(declared?.professionCodes ?? []),
  ]);
  const known = new Set([
    ...it.savoirFaire.map((coding) => coding.code),
    ...(declared?.savoirFaireCodes ?? []),
  ]);
  return (
    (kinds?.includes(it.kind) ?? true) &&
    (professionCodes?.some((code) => professions.has(code)) ?? true) &&
    (savoirFaireCodes?.some((code) => known.has(code)) ?? true) &&
    (departementCodes === undefined || isIn(it, { departementCodes })) &&
    (communeCodes === undefined || isIn(it, { communeCodes })) &&
    (hasMailbox === undefined || hasMailbox === it.mailboxes.length > 0) &&
    (openedOn?.some((day) => it.mailboxes.some((box) => box.lastOpenedOn === day)) ?? true) &&
    (organizationIds?.some((id) => it.places.some((place) => place.organization?.id === id)) ?? true) &&
    saysSo(it, question) &&
    (channels?.some((channel) => it.mailboxes.some((box) => box.channels?.includes(channel))) ?? true)
  );
}

/** What the person's own page has to say. */
function saysSo(it: Correspondent, { ways, actCodes, presentOn, visits }: CorrespondentQuestion): boolean {
  const visited = visits && homeVisitCommunesOf(it);
  const around = (codes: readonly string[]) =>
    it.places.some((place) => place.commune !== null && codes.includes(place.commune.code ?? ''));
  return (
    (ways?.every((way) => it.profile?.ways?.[way] === true) ?? true) &&
    (actCodes?.some((code) => it.profile?.acts?.includes(code)) ?? true) &&
    (presentOn === undefined || awayOn(it.profile?.awayPeriods, presentOn) === undefined) &&
    (visits === undefined ||
      (visited === 'unsaid'
        ? around(visits.aroundCodes)
        : visits.communeCodes.some((code) => visited?.has(code))))
  );
}

/** Some place of the correspondent, or its area, is in any of the places. */
function isIn(it: Correspondent, filter: PlaceFilter | undefined): boolean {
  if (filter === undefined) return true;
  const declared = toDeclaredWords(it);
  const isInArea = (codes: readonly string[] | undefined, area: readonly string[]) =>
    codes !== undefined && area.some((code) => code === WHOLE_COUNTRY || codes.includes(code));
  if (declared) {
    const { communeCodes, departementCodes } = declared;
    if (isInArea(filter.communeCodes, communeCodes) || isInArea(filter.areaCommuneCodes, communeCodes))
      return true;
    if (isInArea(filter.departementCodes, departementCodes)) return true;
  }
  return it.places.some(
    ({ commune, departement, postcode, organization }) =>
      (!declared && has(filter.communeCodes, commune?.code)) ||
      (!declared && has(filter.departementCodes, departement?.code)) ||
      has(filter.postcodes, postcode) ||
      has(filter.organizationIds, organization?.id) ||
      has(filter.finess, organization?.finess) ||
      has(filter.finess, organization?.finessJuridique),
  );
}

function has(values: readonly string[] | undefined, value: string | null | undefined): boolean {
  return value != null && (values?.includes(value) ?? false);
}
