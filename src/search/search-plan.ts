import {
  beginsGivenName,
  isCommonNameWord,
  isForemostSurname,
  isGivenName,
} from '#domain/common-name-words.ts';
import type { Position } from '#domain/geography/communes-within.ts';
import { listDepartementsWithin } from '#domain/geography/departements-within.ts';
import { foldText } from '#domain/fold.ts';
import type { PlaceMatch } from '#domain/geography/place-match.ts';
import { phoneticKey } from '#domain/phonetic-key.ts';
import type { CorrespondentQuestion } from '#domain/question.ts';
import { WAY_LABELS } from '#domain/practising.ts';
import type { Preference, UnderstoodPart, Widening } from '#domain/understanding.ts';
import type { TermMatch } from '#domain/vocabulary.ts';

import type { CorrespondentDocument } from './correspondent-document.ts';
import { toFamilyKeyRange } from './family-keys.ts';
import { allOf, anyOf, equals, isBetween, isIn, type Filter } from './filter.ts';
import { inDepartements, placeFilterOf, toPlaceFilter } from './place-filter.ts';
import { toRefusedWay } from './profile-members.ts';
import { comesFor } from './question-filters.ts';
import { namesStructure, type Reading } from './read-text.ts';
import { mayBeCedex } from './find-cedex-commune.ts';
import { formsOf, isWordOfForms } from './organization-words.ts';
import { ringsAround, type Rings } from './rings.ts';
import { relatedTo } from './related-practice.ts';
import { listSpellingVariants } from './spelling-variants.ts';
import { withoutPeople } from './without-people.ts';

/** One search of the engine: words, all of them or as many as there are, where they are looked for, and what must hold. */
export interface Step {
  q: string;
  attributes: readonly (keyof CorrespondentDocument)[] | undefined;
  filter: Filter | undefined;
  matchingStrategy: 'all' | 'frequency';
  /** Words that the engine takes as they are, without slips and beginnings. */
  verbatim?: readonly string[];
  /** So is the last word, which otherwise may be the beginning of one. */
  isLastMeant?: boolean;
  /** Words that must be among those of the names or titles that are searched, and are no text to the engine then. */
  borne?: readonly string[];
  /** The only word begins one of the family name, without slips. */
  isFamilyBegun?: true;
  /** Of a head: words may be the beginnings of those of the name ("cardio"). */
  mayShorten?: true;
  /** Of a head: the last word may be the beginning of a word, and other attributes than names count. */
  mayBeBegun?: true;
  /** Of a head: it counts however many it gives. */
  mayBeLarge?: true;
  /** Of a body: among its first results those called just so come first, as if it were its own head. */
  calledFirst?: true;
  /** Of a head: what it finds need not be called so, since what it says that it answers or does counts too. */
  isDeclared?: true;
  /** Of a head: what it finds must be called so itself, whoever answers for it. */
  isByTitle?: true;
  /** INSEE codes: those who are there come first; of a body, among its first results only. */
  thereFirst?: readonly string[] | undefined;
  /** Of a body: whoever has the words at several places only, one here and one there, comes last of its first results. */
  isOfOnePlace?: true;
}

/**
 * Steps whose results follow each other. *Heads* come first, when they give few results and each is called just so. The
 * *body* leaves them out; *complements* leave out both, and follow when there are few. A stage without result gives way to
 * the next.
 */
export interface Stage {
  heads: Step[];
  body: Step;
  complements: { step: Step; widening: Widening; rings?: () => Rings }[];
  parts: UnderstoodPart[];
  widened: Widening[];
  /** Who is called just as typed comes before the others of the body. Such a stage has neither heads nor complements. */
  called?: Filter;
  /** Where this finds nothing, the stage does not either: one search that says so for several stages. */
  probe?: Step | undefined;
  /** Where this finds somebody, the stage is passed over. */
  unless?: Step;
  /** It is the next one, asked more narrowly: what the next one finds is no less sure for it. */
  isAsTyped?: true;
  /** With fewer results it gives way to the next; one by default. */
  least?: number;
  /** It gives nothing without a head. */
  needsHead?: true;
  /** The nearest first, where nothing else is asked near. */
  rings?: (() => Rings) | undefined;
  /** Who answers to this come before the others of the body. */
  preferred?: Filter | undefined;
  /** Of the others, who answers to this comes last. */
  last?: Filter | undefined;
  /** Those preferred, for people. */
  preferences?: Preference[];
}

/** The same search among fewer. */
export function within(step: Step, filter: Filter): Step {
  return { ...step, filter: allOf([step.filter, filter]) };
}

/** Where a question's own place parameter leads. */
export interface WherePlan {
  filter: Filter | undefined;
  /** The other places of the same name. */
  elsewhere?: Filter | undefined;
  /** As typed, when it may also be what an establishment is called. */
  words?: string | undefined;
  centre?: Position | undefined;
}

type Filters = readonly (Filter | undefined)[];

const FAMILY = ['family'] as const;
const PEOPLE = ['family', 'given', 'joinedNames'] as const;
const NAMES = [...PEOPLE, 'titles'] as const;
/** Many a service says what it is in its address only. */
const SERVICES = ['titles', 'organizationNames', 'communeNames', 'mailboxes'] as const;
const NAMES_AND_STRUCTURES = [...NAMES, 'organizationNames', 'communeNames'] as const;
const NAMES_OF_STRUCTURES = [...NAMES, 'organizationNames'] as const;
const TITLES = ['titles'] as const;
/** What only structures and services have, and where they are. */
const STRUCTURES = ['titles', 'organizationNames', 'communeNames'] as const;
const NAMES_AND_TOWNS = [...PEOPLE, 'communeNames'] as const;
const PHONETIC = ['phonetic'] as const;
const NOBODY = isIn('kind', []);
const ARE_SERVICES = isIn('kind', ['service', 'expert', 'team']);
const ARE_PEOPLE = isIn('kind', ['professional']);
const ARE_DECLARED = isIn('kind', ['expert', 'team']);
/** What experts and teams are called, and what they say that they answer or do. */
const DECLARED = ['titles', 'profileWords', 'organizationNames'] as const;
const SECRETARIAT = formsOf('secretariat');
/** Words by which an opinion is asked for. */
const ASKING: ReadonlySet<string> = new Set(
  'avis expert experts expertise expertises teleexpertise tle'.split(' '),
);
/** Beside what somebody does, the name of a larger town is the town. */
const VILLAGE_POPULATION_MAX = 5000;
/** To the middle of a département. */
const AROUND_TOWN_METERS = 100_000;
/** Alone, the name of a larger town is the town however many are called so. */
const SURNAME_POPULATION_MAX = 50_000;
/** "Docteur" and "Maître" are surnames too, "Dr" is none. */
const SHORT_TITLE_LENGTH_MAX = 4;
/** More than the longest page: what only resembles a name that so many bear, or that begins so, is on no first page. */
const BORNE_BY_MANY = 60;
/** Less sound is that of too many names. */
const SOUND_LENGTH_MIN = 3;
/** A letter alone begins too many. */
const BEGUN_LENGTH_MIN = 2;
/** More words than this are no name. */
const NAME_WORDS_MAX = 4;
/** "Samu", "sessad". */
const ACRONYM_LENGTH_MAX = 6;
/** A town of more words is no surname: "Neuilly-sur-Seine". */
const SURNAME_WORDS_MAX = 2;

/**
 * What a question may be taken for, stage by stage; the caller stops at the first one that gives something, which most often is
 * the first of all: the others are not made before they are taken.
 * @param readings of the question's text, from {@link readText}
 */
export function planSearch(
  question: CorrespondentQuestion,
  readings: readonly Reading[],
  filters: Filters,
  where: WherePlan,
): Iterable<Stage> {
  const here = [...filters, where.filter];
  if (question.text === undefined) {
    const preferred = question.visits && comesFor(question.visits);
    return [{ ...stage([], step('', undefined, here)), preferred }];
  }
  if (readings.length === 0) return [stage([], step('', undefined, [NOBODY]))];
  const plan = planReadings(question, readings, filters, where);
  return mayBePeople(question) ? plan : withoutPeople(plan);
}

function* planReadings(
  question: CorrespondentQuestion,
  readings: readonly Reading[],
  filters: Filters,
  where: WherePlan,
): Generator<Stage> {
  const main = readings[0]!;
  const here = [...filters, where.filter];
  const centre = where.centre ?? main.place?.position;
  const rings = centre && (() => ringsAround(centre, true));
  const declared = planDeclared(main, here);
  for (const reading of readings) {
    const preferred = preferredBy(reading, question);
    const preferences = preferencesOf(reading);
    const planned = [
      ...planReading(reading, readings, here, question),
      ...planFirstTerm(reading, here),
      ...planNearest(reading, filters, here, where),
    ];
    if (reading === main) {
      completeAround(planned[0]!, main, filters, rings);
      const head = mayBeDeclared(question) ? headOfDeclared(main, declared) : undefined;
      if (head) planned[0]!.heads.unshift(head);
    }
    // Those who are preferred may be few among the many who are called so.
    const fitting = planned.filter((it) => it.called === undefined);
    const last = refusedBy(reading);
    const stages = preferred ? fitting.map((it) => ({ ...it, preferred, preferences, last })) : planned;
    // What it is about tells nobody apart.
    const told = reading.topics.length > 0 ? stages.map(withSomeWords) : stages;
    const namesake = reading.isPlaceMisspelt
      ? step('', undefined, [...here, termsOf(reading.terms), isIn('nameWords', [reading.placeText])])
      : undefined;
    yield* namesake ? told.map((it) => ({ ...it, unless: namesake })) : told;
  }
  const areOnlyDeclared = question.kinds?.every((kind) => kind === 'expert' || kind === 'team') ?? false;
  if (areOnlyDeclared) yield declared;
  yield* planWhereElse(main, filters, where);
  const probe = anywhereIn(main, here, where);
  yield* planOtherWords(main, here, probe);
  yield* planOtherSpellings(readings, here);
  if (!areOnlyDeclared && mayBeDeclared(question)) yield { ...declared, probe };
  for (const fallback of planFallbacks(main, filters, here, probe)) {
    yield fallback.widened.includes('other-places') ? { ...fallback, rings } : fallback;
  }
}

function withSomeWords(one: Stage): Stage {
  return { ...one, widened: [...new Set<Widening>([...one.widened, 'some-words'])] };
}

/** The names in any attribute where the question asks: most often nobody has them there, and many a stage is within it. */
function anywhereIn({ names }: Reading, here: Filters, { filter }: WherePlan): Step | undefined {
  return filter === undefined || names.length === 0 ? undefined : step(names.join(' '), undefined, here);
}

function mayBePeople({ kinds }: CorrespondentQuestion): boolean {
  return kinds?.includes('professional') ?? true;
}

function mayBeDeclared({ kinds }: CorrespondentQuestion): boolean {
  return kinds?.some((kind) => kind === 'expert' || kind === 'team') ?? true;
}

function preferencesOf({ ways, acts }: Reading): Preference[] {
  return [
    ...ways.map((code) => ({ kind: 'way', code, label: WAY_LABELS[code] }) as const),
    ...acts.flat().map(({ code, label }) => ({ kind: 'act', code, label }) as const),
  ];
}

/** Who is known to do it that way, or that act; then those who have not said, which is not "no". */
function preferredBy({ ways, acts }: Reading, { visits }: CorrespondentQuestion): Filter | undefined {
  return allOf([
    ...ways.map((way) => isIn('ways', [way])),
    ...acts.map((it) =>
      isIn(
        'acts',
        it.map((act) => act.code),
      ),
    ),
    visits && comesFor(visits),
  ]);
}

/** Who is known not to do it that way. */
function refusedBy({ ways }: Reading): Filter | undefined {
  return ways.length === 0 ? undefined : isIn('ways', ways.map(toRefusedWay));
}

function planReading(
  reading: Reading,
  readings: readonly Reading[],
  filters: Filters,
  question: CorrespondentQuestion,
): Stage[] {
  if (reading.serviceWords.length > 0) return planService(reading, readings, filters, question);
  const { parts, names } = reading;
  const kept = keptBy(reading, filters);
  const q = names.join(' ');
  // "Pharmacie de la gare" is what one is called, and where others work.
  const named = reading.terms.some(namesStructure) ? NAMES_OF_STRUCTURES : NAMES;
  const body = step(q, q === '' ? undefined : named, kept);
  // What one does is not sought by name near a place.
  const isNear = question.near !== undefined || question.visits !== undefined;
  const mayBeNamed = !isNear || reading.terms.length === 0;
  const heads = reading === readings[0] && mayBeNamed ? headsOf(reading, readings, filters) : [];
  const isOnlyProfession =
    reading.topics.length === 0 &&
    reading.terms.every(({ meanings }) => meanings.every((it) => it.kind === 'profession'));
  // Only people go to homes.
  if (q === '' && !isOnlyProfession && question.visits === undefined) {
    const words = textOf(parts, (it) => it.as === 'term');
    // Only those count that have these very words.
    const verbatim = words.split(' ').filter((word) => !isWordOfForms(word));
    heads.push({ ...step(words, SERVICES, [...filters, placeOf(reading), ARE_SERVICES]), verbatim });
  }
  const first = { ...stage(parts, body), heads, complements: complementsOf(reading, readings, filters) };
  const heard = reading.initials.length === 0 ? planAsHeard(first, question) : [];
  const stages = isNear || heads.length > 0 ? [first] : [...planAsTyped(first, question), ...heard, first];
  return q === '' ? [...stages, ...planRelated(reading, filters)] : stages;
}

/**
 * What was typed as it stands, before what resembles it, where that is enough.
 *
 * A word alone that begins many a family name: those called just so, then those whose name begins so, found by filters, which
 * take the engine a third of the time that a text takes or less. Others who have the word (a given name, a service) are left
 * to the kinds that are asked for: they would come after more people than the longest page holds.
 *
 * A common name before the last word is meant as it stands, as long as anybody is found so: without slips and without being
 * joined to the next one the engine takes four fifths of the time. So is one of the foremost surnames alone that is a given
 * name too, where many bear it.
 */
function planAsTyped(first: Stage, question: CorrespondentQuestion): Stage[] {
  const { body } = first;
  const asTyped = { ...first, isAsTyped: true } as const;
  const { q } = body;
  const keys =
    q.length < BEGUN_LENGTH_MIN || isGivenName(q) || ASKING.has(q) ? undefined : toFamilyKeyRange(q);
  if (isAnywhere(body, question) && keys !== undefined) {
    const begun: Step = { ...body, attributes: FAMILY, isFamilyBegun: true };
    const called = isBetween('familyKeys', keys.first, keys.first);
    return [{ ...asTyped, body: begun, complements: [], called, least: BORNE_BY_MANY }];
  }
  if (isAnywhere(body, question) && isForemostSurname(q)) {
    return [{ ...asTyped, body: { ...body, verbatim: [q] }, least: BORNE_BY_MANY }];
  }
  const meant = verbatimOf(body);
  if (meant.length === 0) return [];
  // As values they leave the rank to the last word, which is then best in a family name; words of structures are no values at all.
  const areGiven = meant.every((word) => isGivenName(word) && !isForemostSurname(word));
  const asked = body.attributes === NAMES && areGiven ? { borne: meant } : { verbatim: meant };
  return [{ ...asTyped, body: { ...body, ...asked } }];
}

function isAnywhere({ filter }: Step, { kinds }: CorrespondentQuestion): boolean {
  return filter === undefined || (kinds !== undefined && filter === isIn('kind', kinds));
}

/**
 * A word alone that begins no family name is misspelt: whole names with a slip, then names that sound so, come before names that
 * only begin with what resembles it ("paskier": Pasquier before Pasieron).
 */
function planAsHeard(first: Stage, question: CorrespondentQuestion): Stage[] {
  const { body, complements } = first;
  const { q, attributes, filter } = body;
  // At a place few resemble it, and then those who sound so are shown as well.
  const isAlone = !q.includes(' ') && attributes === NAMES && isAnywhere(body, question);
  const keys = isAlone && !isCommonNameWord(q) && !beginsGivenName(q) ? toFamilyKeyRange(q) : undefined;
  const vague = complements.find((it) => it.widening === 'sounds-alike');
  if (keys === undefined || vague === undefined || vague.step.q.length < SOUND_LENGTH_MIN) return [];
  const heard = { ...vague, step: { ...vague.step, isLastMeant: true } };
  const begun = step('', undefined, [filter, isBetween('familyKeys', keys.first, keys.last)]);
  const whole: Stage = { ...first, body: { ...body, isLastMeant: true }, complements: [heard] };
  const sounding = stage(first.parts, heard.step, ['sounds-alike']);
  return [whole, sounding].map((it) => ({ ...it, unless: begun, isAsTyped: true }));
}

function verbatimOf({ q }: Step): string[] {
  return q.split(' ').slice(0, -1).filter(isCommonNameWord);
}

/** Experts and teams by what they say, where they answer for the place; those whom the other stages do not find by their names. */
function planDeclared(reading: Reading, filters: Filters): Stage {
  const { parts, names, serviceWords, terms } = reading;
  const q = [...names, ...serviceWords].join(' ');
  const practice = termsOf(terms.filter((it) => !isOfService(it)));
  return stage(
    parts,
    step(q, q === '' ? undefined : DECLARED, [...filters, placeOf(reading), practice, ARE_DECLARED]),
  );
}

/** Whoever asks for an opinion gets those who give one; a structure is asked for by what it is called. */
function headOfDeclared({ parts, serviceWords }: Reading, { body }: Stage): Step | undefined {
  if (parts.some((part) => ASKING.has(part.text))) return { ...body, isDeclared: true };
  if (serviceWords.length === 0) return undefined;
  return { ...body, attributes: TITLES, mayShorten: true, isByTitle: true };
}

/** Few people are called like what one does, or where: they come first. */
function headsOf(reading: Reading, readings: readonly Reading[], filters: Filters): Step[] {
  const { terms, names, place, placeText } = reading;
  const titles = reading.parts.filter((it) => it.as === 'title' && it.text.length > SHORT_TITLE_LENGTH_MAX);
  const allNames = readings.find((it) => it.isAllNames);
  if (titles.length > 0 && reading.isAllNames && names.length <= NAME_WORDS_MAX) {
    return [
      step(
        textOf(reading.parts, () => true),
        PEOPLE,
        filters,
      ),
    ];
  }
  const initials = initialsOf(reading.initials);
  if (reading.isAllNames && reading.initials.length === 2 && names.length > 0) {
    return [step(names.join(' '), PEOPLE, [...filters, isIn('initials', [reading.initials.join('')])])];
  }
  if (reading.isAllNames || !allNames || allNames.names.length > NAME_WORDS_MAX) return [];
  if (placeText.split(' ').length > SURNAME_WORDS_MAX) return [];
  // Whoever is called just so has these very words: hardly anybody is called what one does, and that is then known at once.
  const before = terms.length === 0 ? [] : allNames.names.slice(0, -1);
  const inName = calledSo(allNames.names.join(' '), [
    ...filters,
    initialsOf(allNames.initials),
    ...before.map((word) => (formsOf(word).length > 1 ? isIn('nameWords', formsOf(word)) : undefined)),
  ]);
  // So has who is called like a common name and a town.
  const borne = [...before.filter((word) => formsOf(word).length === 1), ...verbatimOf(inName)];
  const called = borne.length === 0 ? inName : { ...inName, borne };
  // A town of which many bear the name is a surname: "fontaine".
  const isTownAlone = place !== undefined && terms.length === 0 && names.length === 0;
  const mayBeLarge = isTownAlone && place.population < SURNAME_POPULATION_MAX;
  const heads: Step[] = [mayBeLarge ? { ...called, mayBeLarge } : called];
  if (place && terms.length > 0 && place.population < VILLAGE_POPULATION_MAX) {
    const named = calledSo([...names, placeText].join(' '), [...filters, termsOf(terms), initials]);
    heads.push({ ...named, mayBeLarge: true });
  }
  return heads;
}

/** A word alone as a whole; of several the last may be begun. */
function calledSo(q: string, filters: Filters): Step {
  const called = step(q, PEOPLE, filters);
  return q.includes(' ') ? called : { ...called, borne: [q] };
}

/** Where few do what is asked, those around come after: nobody asks for a place to be told that there is nobody. */
function completeAround(first: Stage, reading: Reading, filters: Filters, rings: (() => Rings) | undefined) {
  const { terms, names, initials, serviceWords } = reading;
  if (!rings || terms.length === 0 || names.length + initials.length + serviceWords.length > 0) return;
  first.complements.push({
    step: step('', undefined, [...filters, termsOf(terms), visitorsOf(reading)]),
    widening: 'other-places',
    rings,
  });
}

/** People in a town that begins so, while it is typed; people called like the place; people who sound so. */
function complementsOf(
  reading: Reading,
  readings: readonly Reading[],
  filters: Filters,
): Stage['complements'] {
  const { names, initials, parts } = reading;
  const complements: Stage['complements'] = [];
  if (names.length > 0 && names.length + initials.length > 1 && reading.place === undefined) {
    const words = textOf(parts, (it) => it.as === 'name' || it.as === 'initial');
    const kept = [...filters, finessOf(reading), termsOf(reading.terms)];
    complements.push({ step: step(words, NAMES_AND_TOWNS, kept), widening: 'other-words' });
  }
  const allNames = readings.find((it) => it.isAllNames);
  const mayBeSurname = reading.placeText.split(' ').length <= SURNAME_WORDS_MAX;
  if (reading.place && mayBeSurname && reading.terms.length === 0 && names.length > 0 && allNames) {
    const called = step(allNames.names.join(' '), PEOPLE, keptBy(allNames, filters));
    complements.push({ step: called, widening: 'other-words' });
  }
  const keys = toPhoneticWords(names);
  if (keys !== '')
    complements.push({ step: step(keys, PHONETIC, keptBy(reading, filters)), widening: 'sounds-alike' });
  return complements;
}

/**
 * With words of structures and services: services called so come first, then those who practise in such a structure. A town is
 * looked for as a word first, since a hospital bears the name of a town that it need not be in; then as a place; then by category.
 */
function planService(
  reading: Reading,
  readings: readonly Reading[],
  filters: Filters,
  question: CorrespondentQuestion,
): Stage[] {
  const { parts, names, serviceWords, terms } = reading;
  const people = reading === readings[0] ? headsOf(reading, readings, filters) : [];
  const inStructure = [...names, ...serviceWords].join(' ');
  const filtering = termsOf(terms.filter((it) => !isOfService(it)));
  const initials = initialsOf(reading.initials);
  // A name comes before where they are.
  const thereFirst = names.length === 0 ? (reading.place?.communeCodes ?? undefined) : undefined;
  // What comes before a place is not being typed, and "ch" is the beginning of too much.
  const last = parts.at(-1);
  const isLastMeant = last?.as === 'place' || (last?.as === 'term' && formsOf(last.text).length > 1);
  const headFor = (services: string, place: Filter | undefined, verbatim: readonly string[] = []): Step => ({
    ...step(services, SERVICES, [...filters, place, ARE_SERVICES]),
    verbatim,
    isLastMeant,
    mayShorten: true,
    thereFirst,
  });
  // Slips and beginnings of these take the engine most of the time of such a search.
  const acronyms = acronymsOf(reading);
  const speltWords = reading.place
    ? [...acronyms, ...speltWordsOf(reading.place, reading.placeText)]
    : acronyms;
  const plan = (
    services: string,
    words: string,
    place: Filter | undefined,
    verbatim: readonly string[] = [],
  ): Stage => {
    // Where only services are asked for, those who are there and those who are called so are the same.
    if (!mayBePeople(question) && filtering === undefined && initials === undefined) {
      const called = step(services, SERVICES, [...filters, place]);
      const body: Step = { ...called, verbatim, isLastMeant, mayShorten: true, calledFirst: true };
      // The same search: it is asked once.
      return { ...stage(parts, body), heads: thereFirst ? [{ ...body, thereFirst }] : [] };
    }
    // Nobody is called as a structure is: "samu" is not the beginning of Samuel.
    const attributes = names.length === 0 ? STRUCTURES : NAMES_AND_STRUCTURES;
    return {
      ...stage(parts, {
        ...step(words, attributes, [...filters, place, filtering, initials]),
        verbatim,
        isLastMeant,
        thereFirst,
        isOfOnePlace: true,
      }),
      heads: [
        ...people,
        ...[services, ...spelledTerms(reading, services)].map((it) => headFor(it, place, verbatim)),
      ],
    };
  };
  const withoutPlace = textOf(parts, (it) => it.as !== 'title' && it.as !== 'place');
  const withPlace = textOf(parts, (it) => it.as !== 'title');
  // Beside a name, "site libercourt" and "des trois ponts" are parts of it.
  const nearTown = reading.place && names.length === 0 ? aroundTown(reading.place) : undefined;
  // Few services have an address for their secretariat.
  const planWithoutOffice = (): Stage[] => {
    const there = withoutWords(withPlace, SECRETARIAT);
    const here = withoutWords(withoutPlace, SECRETARIAT);
    if (here === withoutPlace || here === '') return [];
    const places: [string, Filter | undefined][] = reading.place
      ? [
          [there, nearTown],
          [here, placeOf(reading)],
        ]
      : [[here, undefined]];
    return places.map(([words, place]) => ({
      ...plan(words, words, place, acronyms),
      widened: ['some-words'],
    }));
  };
  const stages: Stage[] = [];
  if (reading.place && !/^\d/.test(reading.placeText)) {
    stages.push(plan(withPlace, `${inStructure} ${reading.placeText}`, nearTown, speltWords));
  }
  stages.push(plan(withoutPlace, inStructure, placeOf(reading), acronyms));
  if (!mayBePeople(question)) {
    for (const words of spelledTerms(reading, withPlace)) stages.push(plan(words, words, nearTown));
  }
  for (const words of spelledOut(reading)) stages.push(plan(words, words, placeOf(reading)));
  stages.push(...planWithoutOffice());
  const q = names.join(' ');
  // What has no category is left out.
  const widened: Widening[] = termsOf(terms) === undefined ? ['some-words'] : [];
  const inCategory = stage(parts, step(q, q === '' ? undefined : NAMES, keptBy(reading, filters)), widened);
  const isCategory = terms.some((it) => it.meanings.some((meaning) => meaning.categoryCodes.length > 0));
  // What filters nothing would be everybody there.
  if (inCategory.body.q === '' && inCategory.body.filter === allOf([...filters, placeOf(reading)]))
    return stages;
  // Without another word the category says it all, and words that only resemble it would come before.
  if (q !== '' || !isCategory) return [...stages, inCategory];
  return [
    ...stages.slice(0, -1),
    { ...inCategory, heads: [...people, headFor(withoutPlace, placeOf(reading), acronyms)] },
    ...planRelated(reading, filters),
    ...stages.slice(-1),
  ];
}

/** The hospital that bears a town's name is not far from it; many a structure bears that of a village or of a saint. */
function aroundTown({ kind, label, population, position, departementCodes }: PlaceMatch): Filter | undefined {
  const isTown = kind === 'commune' && population >= VILLAGE_POPULATION_MAX && !/^saint/i.test(label);
  if (!isTown) return undefined;
  const around = listDepartementsWithin(position, AROUND_TOWN_METERS);
  return inDepartements([...new Set([...departementCodes, ...around])]);
}

/** What an acronym stands for, where nothing is called by it: "equipe mobile soins palliatifs". */
function spelledOut(reading: Reading): string[] {
  const { names, serviceWords, terms } = reading;
  const [word, ...others] = [...names, ...serviceWords];
  if (word === undefined || others.length > 0 || !acronymsOf(reading).includes(word)) return [];
  const meant = terms.flatMap(({ meanings }) => meanings.map((it) => it.words[0] ?? ''));
  return meant
    .filter((it) => it.includes(' ') && !it.split(' ').includes(word))
    .map((it) =>
      it
        .split(' ')
        .filter((part) => part.length > 2)
        .join(' '),
    );
}

/** What is shortened of what people do, written out as services are called: "pneumo ch nancy" → "pneumologie ch nancy". */
function spelledTerms({ parts, terms, topics }: Reading, text: string): string[] {
  const meanings = [...terms, ...topics].flatMap((term) => term.meanings.slice(0, 1));
  let spelled = text;
  for (const part of parts) {
    if (part.as !== 'term') continue;
    const meaning = meanings.find((it) => it.label === part.meanings[0]?.label);
    const isCalled = meaning?.kind === 'savoirFaire' || meaning?.kind === 'service';
    const word = isCalled ? meaning.words[0] : undefined;
    if (word !== undefined) spelled = ` ${spelled} `.replace(` ${part.text} `, ` ${word} `).trim();
  }
  return spelled === text ? [] : [spelled];
}

function withoutWords(text: string, words: readonly string[]): string {
  return text
    .split(' ')
    .filter((word) => !words.includes(word))
    .join(' ');
}

/** Short words that say what a structure is: what only resembles them is another. */
function acronymsOf({ terms, serviceWords }: Reading): string[] {
  const isCertain = terms.every((it) => !it.isApproximate && !it.isPrefix);
  return isCertain
    ? serviceWords.filter((word) => word.length <= ACRONYM_LENGTH_MAX && !isWordOfForms(word))
    : [];
}

/** Words of a place that is spelt as it is called, where they are no part of what a structure may be called. */
function speltWordsOf({ label }: PlaceMatch, placeText: string): string[] {
  const called = new Set(foldText(label).split(' '));
  return placeText.split(' ').filter((word) => called.has(word) && !isWordOfForms(word));
}

/** Nobody there has both of the specialties that are asked for ("pédiatre allergie"): whoever has the first. */
function planFirstTerm(reading: Reading, filters: Filters): Stage[] {
  const { parts, names } = reading;
  const [first, ...others] = reading.terms.filter(({ meanings }) =>
    meanings.every((it) => it.kind === 'savoirFaire'),
  );
  if (first === undefined || others.length === 0) return [];
  const q = names.join(' ');
  const kept = keptBy({ ...reading, terms: [first] }, filters);
  return [stage(parts, step(q, q === '' ? undefined : NAMES, kept), ['some-words'])];
}

/** Nobody there does what is asked, and no name was typed: the services called so there, then the nearest who do it. */
function planNearest(reading: Reading, filters: Filters, here: Filters, { centre }: WherePlan): Stage[] {
  const { parts, terms, names, initials, serviceWords, place, placeText } = reading;
  const position = centre ?? place?.position;
  const isStructure = terms.every(isOfService);
  // What may become a place may be a name as well.
  const isWhat = terms.length > 0 && names.length + initials.length === 0 && !reading.isPlaceBegun;
  // Who does it in a structure is looked for otherwise.
  if (!isWhat || !position || (serviceWords.length > 0 && !isStructure)) return [];
  const rings = () => ringsAround(position, true);
  const typed = textOf(parts, (it) => it.as === 'term');
  const doing = allOf([termsOf(terms), visitorsOf(reading)]);
  const verbatim = acronymsOf(reading);
  const doers = doing
    ? step('', undefined, [...filters, doing])
    : { ...step(typed, STRUCTURES, filters), verbatim };
  const nearest: Stage = { ...stage(parts, doers, ['other-places']), rings };
  if (isStructure) {
    const called = {
      ...step(typed, SERVICES, [...filters, ARE_SERVICES]),
      verbatim,
      mayShorten: true,
    } as const;
    const spelt = spelledOut(reading).map((words): Stage => ({
      ...stage(parts, step(words, STRUCTURES, filters), ['other-places']),
      rings,
    }));
    return [{ ...nearest, heads: [called] }, ...spelt];
  }
  // "Pharmacie du pont": one so called, when the place is one of few letters.
  const inName = step(`${typed} ${placeText}`, ['titles', 'organizationNames'], [...filters, doing]);
  const called = place ? [stage(parts, inName, ['other-words'])] : [];
  const [words, ...others] = terms.map(({ meanings }) => meanings[0]?.words[0]);
  if (words === undefined || others.length > 0) return [...called, nearest];
  const services = step(words, STRUCTURES, [...here, placeOf(reading), ARE_SERVICES]);
  const complements: Stage['complements'] = [{ step: doers, widening: 'other-places', rings }];
  return [...called, { ...stage(parts, services, ['other-words']), complements }, nearest];
}

/** Those who do what is next to what is asked. */
function planRelated(reading: Reading, filters: Filters): Stage[] {
  const related = relatedTo(reading.terms);
  if (related === undefined) return [];
  const q = reading.names.join(' ');
  const kept = [...filters, placeOf(reading), initialsOf(reading.initials), related];
  return [stage(reading.parts, step(q, q === '' ? undefined : NAMES, kept), ['other-professions'])];
}

/** No establishment is called so. */
const POSTCODE = /^\d{5}$/;

/** The place asked for is another of its name, or an establishment. */
function planWhereElse(reading: Reading, filters: Filters, { elsewhere, words }: WherePlan): Stage[] {
  const { parts, names } = reading;
  const q = names.join(' ');
  const kept = keptBy(reading, filters);
  const stages: Stage[] = [];
  if (words !== undefined && !POSTCODE.test(words)) {
    stages.push(stage(parts, step(`${q} ${words}`.trim(), NAMES_AND_STRUCTURES, kept)));
  }
  if (elsewhere)
    stages.push(stage(parts, step(q, q === '' ? undefined : NAMES, [...kept, elsewhere]), ['other-places']));
  return stages;
}

/** Neither a particle nor a surname of many. */
const TWO_INITIALS = /^(?!(?:de|du|le|la|el|al|da|do|di|ba|li|ly|lo|xu|wu|vu|yu|sy|ou|st)$)[a-z]{2}$/;

/** Names beside words of towns and of structures, written just so; or beside what is next to the profession asked for. */
function planOtherWords(reading: Reading, here: Filters, probe: Step | undefined): Stage[] {
  const { parts, names, terms, placeText, serviceWords } = reading;
  const stages: Stage[] = [];
  const related = serviceWords.length > 0 && relatedTo(terms.filter((it) => !isOfService(it)));
  if (related) {
    const words = [...names, ...serviceWords, placeText].filter(Boolean).join(' ');
    const body = step(words, NAMES_AND_STRUCTURES, [...here, related]);
    stages.push({ ...stage(parts, body, ['other-professions']), probe });
  }
  if (names.length > 0) stages.push(...planRelated(reading, here).map((it) => ({ ...it, probe })));
  const pair = names.length > 1 ? names.find((it) => TWO_INITIALS.test(it)) : undefined;
  if (pair !== undefined) {
    const others = names.filter((it) => it !== pair).join(' ');
    const kept = [...keptBy(reading, here), isIn('initials', [pair])];
    stages.push(stage(parts, step(others, NAMES, kept)));
  }
  const asTyped = textOf(parts, (it) => it.as !== 'title' && it.as !== 'term');
  if (names.length === 0 || parts.length < 2) return stages;
  const body = step(asTyped, NAMES_AND_STRUCTURES, [...here, termsOf(terms)]);
  return [
    ...stages,
    {
      ...stage(parts, body, ['other-words']),
      heads: [{ ...body, mayBeBegun: true }],
      needsHead: true,
      probe,
    },
  ];
}

/** Names with one letter wrong where the engine forgives none, and names that sound so. */
function planOtherSpellings(readings: readonly Reading[], here: Filters): Stage[] {
  const [main] = readings;
  const isNamed = readings.filter((it) => it === main || (it.isAllNames && main!.terms.length === 0));
  return isNamed.flatMap((reading) => {
    const { names, parts } = reading;
    if (names.length === 0) return [];
    const stages: Stage[] = [];
    for (const [index, word] of names.entries()) {
      const variants = formsOf(word).length > 1 ? [] : listSpellingVariants(word);
      if (variants.length === 0 || names.length > NAME_WORDS_MAX) continue;
      const others = names.toSpliced(index, 1).join(' ');
      const kept = [...keptBy(reading, here), isIn('nameWords', variants)];
      stages.push(stage(parts, step(others, others === '' ? undefined : NAMES, kept), ['other-spellings']));
    }
    const keys = toPhoneticWords(names);
    if (keys !== '') stages.push(stage(parts, step(keys, PHONETIC, keptBy(reading, here)), ['sounds-alike']));
    return stages;
  });
}

/** For lack of anything as asked: other attributes, then without what was asked beside the name, then some of the words. */
function planFallbacks(reading: Reading, filters: Filters, here: Filters, probe: Step | undefined): Stage[] {
  const { parts, names, terms } = reading;
  const stages: Stage[] = [];
  // Without a place, a term or an initial some are the same search, and what found nobody in all attributes finds nobody in some.
  const isAsked = (it: Step) =>
    stages.some(
      ({ body }) =>
        body.q === it.q &&
        body.filter === it.filter &&
        body.matchingStrategy === it.matchingStrategy &&
        (body.attributes ?? it.attributes) === it.attributes,
    );
  const add = (body: Step, widening: Widening) => {
    if (!isAsked(body)) stages.push(stage(parts, body, [widening]));
  };
  const addHere = (body: Step, widening: Widening) =>
    stages.push({ ...stage(parts, body, [widening]), probe });
  const q = names.join(' ');
  const words = textOf(parts, (it) => it.as !== 'title');
  if (names.length > 0) {
    if (names.length + terms.length > 1)
      addHere(step(q, [...NAMES, 'organizationNames'], keptBy(reading, here)), 'other-words');
    addHere(
      step(
        textOf(parts, (it) => it.as !== 'title' && it.as !== 'term'),
        NAMES_AND_TOWNS,
        [...here, termsOf(terms)],
      ),
      'other-words',
    );
    addHere(step(words, NAMES_AND_STRUCTURES, here), 'other-words');
    addHere(step(q, undefined, keptBy(reading, here)), 'other-words');
    if (terms.length > 0) addHere(step(q, NAMES, [...here, placeOf(reading)]), 'other-professions');
    if (reading.place && mayBeCedex(reading.place, reading.placeText))
      addHere(
        step(q, NAMES, [...here, isIn('departementCodes', reading.place.departementCodes), termsOf(terms)]),
        'other-places',
      );
    const initials = initialsOf(reading.initials);
    if (reading.place) addHere(step(q, NAMES, [...here, termsOf(terms), initials]), 'other-places');
    if (initials) addHere(step(q, NAMES, [...here, placeOf(reading), termsOf(terms)]), 'other-words');
    add(step(q, NAMES, [...filters, termsOf(terms), initials]), 'other-places');
    add(step(q, NAMES, [...filters, termsOf(terms)]), 'other-places');
    // Beside what people do, a word that only resembles a name is rather one too many.
    const called = terms.length > 0 ? names.map((word) => isIn('nameWords', [word])) : [];
    add(step(q, NAMES, [...filters, ...called]), 'other-places');
  }
  if (termsOf(terms)) {
    if (names.length > 0) add(step('', undefined, [...here, placeOf(reading), termsOf(terms)]), 'some-words');
    add(step('', undefined, [...filters, termsOf(terms)]), 'other-places');
  }
  // Where all is understood, what only resembles the words is something else.
  if (terms.length > 0 && names.length + reading.initials.length === 0) return stages;
  add({ ...step(words, undefined, here), matchingStrategy: 'frequency' }, 'some-words');
  add({ ...step(words, undefined, filters), matchingStrategy: 'frequency' }, 'some-words');
  return stages;
}

function stage(parts: UnderstoodPart[], body: Step, widened: Widening[] = []): Stage {
  return { heads: [], body, complements: [], parts, widened };
}

function step(q: string, attributes: Step['attributes'], filters: Filters): Step {
  return { q, attributes, filter: allOf(filters), matchingStrategy: 'all' };
}

function textOf(parts: readonly UnderstoodPart[], isKept: (part: UnderstoodPart) => boolean): string {
  return parts
    .filter(isKept)
    .map((it) => it.text)
    .join(' ');
}

/** Empty when a word has too little sound to tell names apart: "fe" while it is typed, "hcl". */
function toPhoneticWords(names: readonly string[]): string {
  const keys = names.map(phoneticKey);
  const isVague = keys.some((key, index) => key.length < 2 || !/[aeiouy]/.test(names[index]!));
  return isVague ? '' : keys.join(' ');
}

/** All that a reading asks beside names. */
function keptBy(reading: Reading, filters: Filters): Filters {
  return [
    ...filters,
    placeOf(reading),
    finessOf(reading),
    termsOf(reading.terms),
    initialsOf(reading.initials),
    visitorsOf(reading),
  ];
}

/** Only people go to homes; "hospitalisation à domicile" is a structure. */
function visitorsOf({ ways, terms }: Reading): Filter | undefined {
  return ways.includes('homeVisits') && !terms.some(isOfService) ? ARE_PEOPLE : undefined;
}

function finessOf({ finess }: Reading): Filter | undefined {
  return finess.length === 0 ? undefined : isIn('finess', finess);
}

function placeOf({ place, placeText }: Reading): Filter | undefined {
  return place && toPlaceFilter(placeFilterOf(place, placeText));
}

/** A way of practising beside who is looked for is a preference: most have not said. */
function termsOf(terms: readonly TermMatch[]): Filter | undefined {
  const who = terms.filter((term) => term.meanings.some((it) => it.wayOfPractising === null));
  const asked = who.length > 0 ? who : terms;
  return allOf(asked.map((term) => anyOf(term.meanings.map(meaningOf))));
}

/** Whoever answers to one of the meanings: by what they do, or by the category of where they do it. */
function meaningOf(meaning: TermMatch['meanings'][number]): Filter | undefined {
  const { savoirFaireCodes, professionCodes, categoryCodes, modeExercice, hasMailbox } = meaning;
  const person = allOf([
    professionCodes.length > 0 ? isIn('professionCodes', professionCodes) : undefined,
    savoirFaireCodes.length > 0 ? isIn('savoirFaireCodes', savoirFaireCodes) : undefined,
    modeExercice === null ? undefined : isIn('modes', [modeExercice]),
    hasMailbox ? equals('hasMailbox', true) : undefined,
  ]);
  if (categoryCodes.length === 0) return person;
  const way = meaning.wayOfPractising;
  return anyOf([
    person,
    isIn('categoryCodes', categoryCodes),
    way === null ? undefined : isIn('ways', [way]),
  ]);
}

function isOfService({ meanings }: TermMatch): boolean {
  return meanings.every((it) => it.kind === 'structure' || it.kind === 'service');
}

function initialsOf(initials: readonly string[]): Filter | undefined {
  return initials.length === 0 ? undefined : allOf(initials.map((it) => isIn('initials', [it])));
}
