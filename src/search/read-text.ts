import { findActs, type Act } from '#domain/acts.ts';
import { isCommonNameWord, isGivenName } from '#domain/common-name-words.ts';
import { foldText } from '#domain/fold.ts';
import { findPlaceSpans, type PlaceSpan } from '#domain/geography/find-place-spans.ts';
import { findPlaces } from '#domain/geography/find-places.ts';
import { findMisspeltTown } from '#domain/geography/nearest-place-names.ts';
import type { PlaceMatch } from '#domain/geography/place-match.ts';
import { parseFiness } from '#domain/identifiers.ts';
import type { UnderstoodPart } from '#domain/understanding.ts';
import type { WayOfPractising } from '#domain/practising.ts';
import { findTerms, type TermMatch } from '#domain/vocabulary.ts';

import { listTopics } from './topic-terms.ts';

/** One way of reading a text: which of its words are names, what people do, and where. */
export interface Reading {
  /** Every word but titles and initials is taken for a name. */
  isAllNames: boolean;
  parts: UnderstoodPart[];
  /** Words of names, folded, in the order typed. */
  names: string[];
  /** Single letters, or two that stand for two given names ("jp"). */
  initials: string[];
  /** Professions and savoir-faire: they filter. */
  terms: TermMatch[];
  /** Beside a profession, what it is asked about, where that is no act: it filters nothing. */
  topics: TermMatch[];
  /** What they do beyond that, each of the ways in which words may be meant: those who say so come first. */
  acts: Act[][];
  /** How it is to be done, in words that may be part of a longer term ("kiné à domicile"): as with acts. */
  ways: WayOfPractising[];
  /** Words of structures and services ("ehpad", "urgences"): they are looked for in what services are called. */
  serviceWords: string[];
  place: PlaceMatch | undefined;
  /** The place is only what the last word may become. */
  isPlaceBegun: boolean;
  /** The place's only word is misspelt: whoever is called so is meant rather. */
  isPlaceMisspelt: boolean;
  /** FINESS numbers among the words. */
  finess: string[];
  /** The place's words. */
  placeText: string;
}

const WORDS_MAX = 12;

/** What a text says, word by word. */
interface Said {
  /** Folded. */
  words: readonly string[];
  isTitle: readonly boolean[];
  /** A particle before an apostrophe, of which the next word goes on: "d'Esposito". */
  isElided: readonly boolean[];
}

/** What its words were taken for, before a place is guessed. */
interface Parsed {
  said: Said;
  taken: readonly boolean[];
  terms: readonly Placed<TermMatch>[];
  acts: readonly NamedAct[];
}

const TITLES: ReadonlySet<string> = new Set([
  'dr',
  'drs',
  'docteur',
  'pr',
  'prof',
  'professeur',
  'm',
  'mr',
  'monsieur',
  'mme',
  'madame',
  'mlle',
  'mademoiselle',
  'me',
  'maitre',
]);

/**
 * The ways in which a text may be read, the likeliest first, at least one when it has a word:
 * 1. what people do and a place are set apart, the other words are names;
 * 2. after what people do, a last word still being typed is the beginning of a place, or stands for one;
 * 3. every word but titles is a name ("Boulanger", "Lyon", "Infirmier" are surnames).
 * @param mayHoldPlace false when the place was asked for apart
 */
export function readText(text: string, mayHoldPlace: boolean): Reading[] {
  const words = foldText(text).split(' ').filter(Boolean).slice(0, WORDS_MAX);
  if (words.length === 0) return [];
  const asTitle = readWords(words, text, mayHoldPlace, true);
  // "Fabrice pr", while it is typed, is rather the beginning of a name than "Martin (dr)".
  const isBegun = words.length > 1 && /^[dp]r$/.test(words.at(-1)!) && /[dp]r$/i.test(text);
  return isBegun ? [...readWords(words, text, mayHoldPlace, false), ...asTitle] : asTitle;
}

/** @param isLastTitle whether the last word counts as a title, where it is one */
function readWords(
  words: readonly string[],
  text: string,
  mayHoldPlace: boolean,
  isLastTitle: boolean,
): Reading[] {
  const elisions = elisionsOf(text);
  const isElided = words.map((word, index) => elisions.has(`${word} ${words[index + 1] ?? ''}`));
  const isTitle = words.map(
    (word, index) =>
      TITLES.has(word) && (isLastTitle || index < words.length - 1) && isTitleThere(words, index, isElided),
  );
  markArticlesOfTitles(words, isTitle);
  const said = { words, isTitle, isElided };
  const taken = [...isTitle];
  // A letter alone is an initial: "erwan m".
  const found = findTerms(words).filter(
    ({ start, end, isApproximate }) =>
      (end - start > 1 || words[start]!.length > 1) &&
      (isLastTitle || end < words.length) &&
      !(isApproximate && words.slice(start, end).some((word) => FILLERS.has(word))),
  );
  const spans = mayHoldPlace ? findPlaceSpans(words) : [];
  const long = takeLongPlace(spans, found, taken);
  const terms = takeTerms(withoutWordsOfActs(found, words), taken);
  const place = long ?? takePlace(words, spans, taken, terms);
  const acts = takeActs(words, terms, taken);
  takeActsAsTerms(acts, terms);
  dropLinks(words, taken, terms, place);
  const main = toReading(said, taken, terms, place, acts);
  main.ways = listWays(found, terms);
  const readings = [main];
  const mayGuessPlace = mayHoldPlace && place === undefined;
  const parsed = { said, taken, terms, acts };
  const begun = mayGuessPlace ? readBegunPlace(parsed) : undefined;
  if (begun) begun.ways = main.ways;
  // "Infirmier martin" is a Martin rather than somebody of Martinique.
  const isRatherPlace =
    begun && main.names.length === 1 && isLarge(begun.place!) && !isCommonNameWord(main.names[0]!);
  if (begun) readings.splice(isRatherPlace ? 0 : 1, 0, begun);
  const misspelt = mayGuessPlace && !isRatherPlace ? readMisspeltPlace(parsed) : undefined;
  if (misspelt) readings.unshift({ ...misspelt, ways: main.ways });
  if (main.isAllNames) return readings;
  const allNames = toReading(said, [...isTitle], [], undefined);
  // A word that only resembles what people do, or begins so, is rather a name.
  return terms.some((it) => it.value.isApproximate || it.value.isPrefix)
    ? [allNames, ...readings]
    : [...readings, allNames];
}

/** "Monsieur le docteur Durand"; Le Maître is a surname. */
function markArticlesOfTitles(words: readonly string[], isTitle: boolean[]): void {
  for (let index = words.length - 1; index > 0; index -= 1)
    if (isTitle[index] && ARTICLES.has(words[index - 1]!) && /^(?:docteur|prof|dr)/.test(words[index]!))
      isTitle[index - 1] = true;
}

/** Alone it is a word like another; the short ones are titles only before a name. */
function isTitleThere(words: readonly string[], index: number, isElided: readonly boolean[]): boolean {
  // "M.-L. Martin", "J.-M. Martin".
  const isLetter = (at: number) => words[at]?.length === 1 && !isElided[at];
  const isOfInitials = isLetter(index + 1) || isLetter(index - 1);
  if (words[index] === 'm' && isOfInitials) return false;
  return (
    words.length > 1 &&
    (index < words.length - 1 || words[index]!.length > 2 || ['dr', 'pr'].includes(words[index]!))
  );
}

/** Never part of a name. */
const LINKS: ReadonlySet<string> = new Set([
  'a',
  'au',
  'aux',
  'chez',
  'pres',
  'vers',
  'dans',
  'pour',
  'proche',
  'cedex',
  'et',
  'autour',
  'alentours',
  'environs',
  'proximite',
  'secteur',
]);
/** What people say around what they look for: never part of a name beside what somebody does, unless it is still being typed. */
const FILLERS: ReadonlySet<string> = new Set([
  'je',
  'j',
  'on',
  'nous',
  'il',
  'elle',
  'un',
  'une',
  'qui',
  'que',
  'qu',
  'est',
  'se',
  's',
  'fait',
  'font',
  'faire',
  'avec',
  'cherche',
  'cherchons',
  'recherche',
  'recherchons',
  'trouver',
  'besoin',
  'veut',
  'voudrais',
  'prend',
  'prenant',
  'pouvant',
  'disponible',
  'disponibles',
  'rapidement',
  'vite',
  'lit',
  'lits',
  'mon',
  'ma',
  'mes',
  'notre',
  'patient',
  'patiente',
  'service',
  'services',
  'ou',
  'urgent',
  'urgence',
  'svp',
  'bon',
  'bonne',
  'specialiste',
  'specialistes',
  'specialise',
  'specialisee',
]);
/** Whom it is for: beside what people do it is no name. In a structure's name it counts ("hôpital de jour enfants"). */
const POPULATIONS: ReadonlySet<string> = new Set([
  'enfant',
  'enfants',
  'bebe',
  'bebes',
  'nourrisson',
  'ado',
  'ados',
  'adolescent',
  'adolescents',
  'adulte',
  'adultes',
  'senior',
  'seniors',
  'femme',
  'femmes',
  'homme',
  'hommes',
]);
/** Part of a name, or what leads to a place or to what somebody does. */
const PARTICLES: ReadonlySet<string> = new Set(['de', 'du', 'des', 'd', 'le', 'la', 'les', 'l', 'en', 'sur']);

/** Words that only link others are taken for nothing: "kiné à Lyon", "urgences de Vienne", "42328 Roanne cedex". */
function dropLinks(
  words: readonly string[],
  taken: boolean[],
  terms: readonly Placed<TermMatch>[],
  place: Placed<PlaceMatch> | undefined,
): void {
  if (terms.length === 0 && place === undefined) return;
  const isForSomebody = terms.length > 0 && !terms.some(({ value }) => isOfService(value));
  for (let index = words.length - 1; index >= 0; index -= 1) {
    if (taken[index]) continue;
    const isBeforeTaken = taken[index + 1] === true;
    const isCedexNumber = place !== undefined && /^\d{5}$/.test(words[index]!);
    const isFiller = terms.length > 0 && index < words.length - 1 && FILLERS.has(words[index]!);
    if (
      isFiller ||
      (isForSomebody && POPULATIONS.has(words[index]!)) ||
      LINKS.has(words[index]!) ||
      isCedexNumber ||
      (isBeforeTaken && PARTICLES.has(words[index]!))
    )
      taken[index] = true;
  }
}

interface Placed<T> {
  start: number;
  end: number;
  value: T;
}

/** A name of several words, longer than any term that has one of them: "la seyne sur mer". */
function takeLongPlace(
  spans: readonly PlaceSpan[],
  terms: readonly TermMatch[],
  taken: boolean[],
): Placed<PlaceMatch> | undefined {
  const lengthOf = (it: { start: number; end: number }) => it.end - it.start;
  const span = spans.find(
    (it) =>
      lengthOf(it) > 1 &&
      !isTaken(taken, it.start, it.end) &&
      terms.every((term) => term.end <= it.start || term.start >= it.end || lengthOf(term) < lengthOf(it)),
  );
  if (!span) return undefined;
  taken.fill(true, span.start, span.end);
  return { start: span.start, end: span.end, value: span.place };
}

function takeTerms(found: readonly TermMatch[], taken: boolean[]): Placed<TermMatch>[] {
  const longest = found.toSorted((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const terms: Placed<TermMatch>[] = [];
  for (const match of longest) {
    if (isTaken(taken, match.start, match.end)) continue;
    taken.fill(true, match.start, match.end);
    terms.push({ start: match.start, end: match.end, value: match });
  }
  const topics = listTopics(terms.map((it) => it.value));
  // "Infirmier card", while it is typed: rather the beginning of a name than what nobody of that profession is.
  const kept = terms.filter(({ value }) => !topics.has(value) || !(value.isPrefix || value.isApproximate));
  for (const { start, end } of terms.filter((it) => !kept.includes(it))) taken.fill(false, start, end);
  return kept.toSorted((a, b) => a.start - b.start);
}

/** "Rééducation périnéale" is an act, and "rééducation" nothing but one of its words. */
function withoutWordsOfActs(found: readonly TermMatch[], words: readonly string[]): TermMatch[] {
  const lengthOf = (it: { start: number; end: number }) => it.end - it.start;
  const acts = findActs(words).filter((act) =>
    found.every((it) => it.start > act.start || it.end < act.end || lengthOf(it) < lengthOf(act)),
  );
  return found.filter((it) => acts.every((act) => it.start < act.start || it.end > act.end));
}

/** Where no profession is named, acts stand for those who do them. */
function takeActsAsTerms(acts: readonly NamedAct[], terms: Placed<TermMatch>[]): void {
  const tellsWho = terms.some(({ value }) => value.meanings.some((it) => it.kind !== 'filter'));
  if (tellsWho) return;
  for (const act of acts.filter((it) => it.isApart)) {
    const { start, end, text } = act;
    const meanings = act.acts.map(({ label, professionCodes }) => ({ ...DOES_IT, label, professionCodes }));
    const value = { start, end, term: text, meanings, ...AS_TYPED, isAmbiguous: meanings.length > 1 };
    terms.push({ start, end, value });
    act.isApart = false;
  }
  terms.sort((a, b) => a.start - b.start);
}

const DOES_IT = {
  kind: 'savoirFaire',
  savoirFaireCodes: [],
  categoryCodes: [],
  modeExercice: null,
  wayOfPractising: null,
  hasMailbox: false,
  words: [],
} as const;
const AS_TYPED = { isPrefix: false, isApproximate: false };

function listWays(found: readonly TermMatch[], terms: readonly Placed<TermMatch>[]): WayOfPractising[] {
  const within = found.filter((it) => terms.some((term) => term.start <= it.start && it.end <= term.end));
  const ways = within.flatMap(({ meanings }) => meanings.map((it) => it.wayOfPractising));
  return [...new Set(ways.filter((way) => way !== null))];
}

interface NamedAct {
  start: number;
  end: number;
  text: string;
  acts: Act[];
  /** None of its words belongs to a term. */
  isApart: boolean;
}

/** A shorter word that names an act ("main", "voix") is rather a name, where no profession is named. */
const LONE_ACT_LENGTH_MIN = 6;

/**
 * What a profession is specified by: "kiné respiratoire". Without one, a single word that names an act is rather a name, unless
 * nothing but a place stands beside it. Words that a term has taken may name an act as well.
 */
function takeActs(
  words: readonly string[],
  terms: readonly Placed<TermMatch>[],
  taken: boolean[],
): NamedAct[] {
  const isAlone = (start: number) =>
    words[start]!.length >= LONE_ACT_LENGTH_MIN &&
    words.every((word, index) => index === start || taken[index] || LINKS.has(word) || PARTICLES.has(word));
  const found = findActs(words).filter(
    ({ start, end }) =>
      (terms.length > 0 || end - start > 1 || isAlone(start)) && !isTakenByPlace(taken, terms, start, end),
  );
  return found.map((it) => {
    const isApart = terms.every((term) => term.end <= it.start || it.end <= term.start);
    taken.fill(true, it.start, it.end);
    return { ...it, text: words.slice(it.start, it.end).join(' '), isApart };
  });
}

function isTakenByPlace(
  taken: readonly boolean[],
  terms: readonly Placed<TermMatch>[],
  start: number,
  end: number,
): boolean {
  for (let index = start; index < end; index += 1)
    if (taken[index] && !terms.some((term) => term.start <= index && index < term.end)) return true;
  return false;
}

function toActPart({ text, acts }: NamedAct): UnderstoodPart {
  const meanings = acts.map((act) => ({
    label: act.label,
    professionCodes: [...act.professionCodes],
    savoirFaireCodes: [],
  }));
  return { as: 'term', text, meanings };
}

/** Below this a one-word place among names is more likely a name ("Bernard", "Marie", "Roche"). */
const TOWN_POPULATION_MIN = 5000;
/** Below this it is the second half of a given name, after a first one ("Jean-Luc"). */
const GIVEN_NAME_POPULATION_MAX = 50_000;

function takePlace(
  words: readonly string[],
  spans: readonly PlaceSpan[],
  taken: boolean[],
  terms: readonly Placed<TermMatch>[],
): Placed<PlaceMatch> | undefined {
  const hasStructure = terms.some(({ value }) => namesStructure(value));
  const isOneOf = (span: { start: number; end: number }) => span.end - span.start === 1;
  const span = spans.find(
    (it) =>
      !isTaken(taken, it.start, it.end) &&
      (!isOneOf(it) ||
        /^\d/.test(words[it.start]!) ||
        (!isCalledShort(words, it) &&
          (terms.length > 0
            ? !isRatherName(words, it, taken, hasStructure)
            : isTown(it) && !endsGivenName(words, it)))),
  );
  if (!span) return undefined;
  const beside = spans.find((it) => isBesideNumber(words, span, it) && !isTaken(taken, it.start, it.end));
  taken.fill(true, span.start, span.end);
  if (!beside) return { start: span.start, end: span.end, value: span.place };
  taken.fill(true, beside.start, beside.end);
  // Of a city with arrondissements the postcode says which one.
  const isWhole = beside.place.communeCodes?.length === 1;
  const value = span.place.kind !== 'postcode' || isWhole ? beside.place : span.place;
  return { start: Math.min(span.start, beside.start), end: Math.max(span.end, beside.end), value };
}

function isTown({ place }: PlaceSpan): boolean {
  return place.population >= TOWN_POPULATION_MIN;
}

/** A name that many bear is a town by its whole name only: "Blanc" is neither Le Blanc nor Le Blanc-Mesnil, "Lyon" is Lyon. */
function isCalledShort(words: readonly string[], { start, place }: PlaceSpan): boolean {
  const [first, next = ''] = foldText(place.label).split(' ');
  return isCommonNameWord(words[start]!) && (first !== words[start] || /^[a-z]{3,}/.test(next));
}

const ARTICLES: ReadonlySet<string> = new Set(['le', 'la', 'les', 'l']);

/** What leads to the name of a structure as well as to a place: "pharmacie des halles". */
const OF_THE: ReadonlySet<string> = new Set(['du', 'des', ...ARTICLES]);

/** Beside what people do: a village that is a given name with a name next to it, or has no such article ("ehpad les genets"). */
function isRatherName(
  words: readonly string[],
  span: PlaceSpan,
  taken: readonly boolean[],
  hasStructure: boolean,
): boolean {
  const isOfThe = hasStructure && OF_THE.has(words[span.start - 1] ?? '');
  // "EHPAD du Puy" is that of Le Puy-en-Velay, "pharmacie du pont" not that of Pont-à-Mousson.
  if (isOfThe && !ARTICLES.has(foldText(span.place.label).split(' ')[0]!)) return true;
  if (isTown(span)) return false;
  if (isOfThe) return true;
  const isName = (index: number) =>
    words[index] !== undefined && !taken[index] && !LINKS.has(words[index]) && !PARTICLES.has(words[index]);
  // "Médecin marie".
  if (isCommonNameWord(words[span.start]!)) return true;
  const hasName = isName(span.start - 1) || isName(span.start + 1);
  return ARTICLES.has(words[span.start - 1] ?? '') || (isGivenName(words[span.start]!) && hasName);
}

/** Among names: "Luc" after "Jean". */
function endsGivenName(words: readonly string[], { start, place }: PlaceSpan): boolean {
  return (
    place.population < GIVEN_NAME_POPULATION_MAX &&
    start > 0 &&
    isGivenName(words[start]!) &&
    isGivenName(words[start - 1]!)
  );
}

/** "31000 toulouse", "69437 bron": a postcode, or a CEDEX that may also be an INSEE code, and the town that it belongs to. */
function isBesideNumber(words: readonly string[], number: PlaceSpan, town: PlaceSpan): boolean {
  if (number.end - number.start !== 1 || !/^\d{5}$/.test(words[number.start]!)) return false;
  if (town.end !== number.start && town.start !== number.end) return false;
  if (town.place.kind !== 'commune') return false;
  const codes = town.place.communeCodes ?? [];
  if (number.place.kind === 'postcode') return codes.some((it) => number.place.communeCodes?.includes(it));
  if (!isCedex(number.place) && !words.includes('cedex')) return false;
  return town.place.departementCodes.some((it) => number.place.departementCodes.includes(it));
}

/** Five digits that no commune has: of the place only the département is known. */
export function isCedex({ kind, isWider }: PlaceMatch): boolean {
  return kind === 'departement' && isWider;
}

/** Below this a word is rather the beginning of a name. */
const BEGUN_TOWN_POPULATION_MIN = 20_000;
/** A whole word at the beginning of a town's name ("monistrol") may be the town, after it was taken for a name. */
const SHORTENED_TOWN_POPULATION_MIN = 1000;
const SHORTENED_TOWN_LENGTH_MIN = 5;
/** A word is rather a name than the misspelt one of a smaller town. */
const MISSPELT_TOWN_POPULATION_MIN = 15_000;

function readBegunPlace(parsed: Parsed): Reading | undefined {
  const { said, taken, terms } = parsed;
  const { words } = said;
  const last = words.length - 1;
  if (terms.length === 0 || taken[last] || words[last]!.length < 3) return undefined;
  if (terms.some(({ value }) => namesStructure(value)) && OF_THE.has(words[last - 1] ?? '')) return undefined;
  const [place] = findPlaces(words[last]!, 1);
  if (!place || (!isLarge(place) && !isShortenedTo(words[last]!, place))) return undefined;
  return { ...readPlaceAtEnd(parsed, last, place), isPlaceBegun: isLarge(place) };
}

/** Beside what people do, the last words that are no name many bear: "kiné grenble". */
function readMisspeltPlace(parsed: Parsed): Reading | undefined {
  const { said, taken, terms } = parsed;
  if (terms.length === 0 || terms.some(({ value }) => value.isPrefix || value.isApproximate))
    return undefined;
  for (let start = taken.lastIndexOf(true) + 1; start < said.words.length; start += 1) {
    const typed = said.words.slice(start);
    if (typed.every((word) => isCommonNameWord(word))) continue;
    const label = findMisspeltTown(typed.join(' '), MISSPELT_TOWN_POPULATION_MIN);
    const [place] = label === undefined ? [] : findPlaces(label, 1);
    if (place === undefined) continue;
    return { ...readPlaceAtEnd(parsed, start, place), isPlaceMisspelt: typed.length === 1 };
  }
  return undefined;
}

/** The words from `start` on are the place. */
function readPlaceAtEnd({ said, taken, terms, acts }: Parsed, start: number, value: PlaceMatch): Reading {
  const all = taken.map((isTaken, index) => isTaken || index >= start);
  return toReading(said, all, terms, { start, end: said.words.length, value }, acts);
}

function isLarge({ population }: PlaceMatch): boolean {
  return population >= BEGUN_TOWN_POPULATION_MIN;
}

function isShortenedTo(word: string, { kind, label, population }: PlaceMatch): boolean {
  return (
    kind === 'commune' &&
    population >= SHORTENED_TOWN_POPULATION_MIN &&
    word.length >= SHORTENED_TOWN_LENGTH_MIN &&
    foldText(label).startsWith(`${word} `)
  );
}

function isTaken(taken: readonly boolean[], start: number, end: number): boolean {
  return taken.slice(start, end).some(Boolean);
}

function toReading(
  { words, isTitle, isElided }: Said,
  taken: readonly boolean[],
  terms: readonly Placed<TermMatch>[],
  place: Placed<PlaceMatch> | undefined,
  acts: readonly NamedAct[] = [],
): Reading {
  const isAllNames = terms.length === 0 && place === undefined;
  const reading: Reading = {
    isAllNames,
    parts: [],
    names: [],
    initials: [],
    terms: [],
    topics: [],
    acts: acts.map((it) => it.acts),
    ways: [],
    serviceWords: [],
    finess: [],
    place: place?.value,
    isPlaceBegun: false,
    isPlaceMisspelt: false,
    placeText: place ? words.slice(place.start, place.end).join(' ') : '',
  };
  const isOfStructure = terms.some(({ value }) => isOfService(value));
  const topics = listTopics(terms.map((it) => it.value));
  const isAct = (term: Placed<TermMatch>) => acts.some((act) => act.start < term.end && term.start < act.end);
  const hasLongName = words.some((word, index) => !taken[index] && !isInitial(word));
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    const term = terms.find((it) => it.start === index);
    const act = acts.find((it) => it.isApart && it.start === index);
    if (isTitle[index]) {
      reading.parts.push({ as: 'title', text: word });
    } else if (term) {
      const isTopic = topics.has(term.value);
      readTerm(reading, words, term, isTopic ? (isAct(term) ? undefined : reading.topics) : reading.terms);
      index = term.end - 1;
    } else if (act) {
      reading.parts.push(toActPart(act));
      index = act.end - 1;
    } else if (place?.start === index) {
      const { kind, code, label } = place.value;
      const text = words.slice(place.start, place.end).join(' ');
      reading.parts.push({ as: 'place', text, place: { kind, code, label } });
      index = place.end - 1;
    } else if (taken[index] || (isOfStructure && mayBeElided(words, index))) {
      continue;
    } else if (/^\d/.test(word) && parseFiness(word) !== undefined) {
      reading.finess.push(parseFiness(word)!);
      reading.parts.push({ as: 'words', text: word });
    } else if (isInitial(word) && hasLongName && !isElided[index]) {
      reading.initials.push(word);
      reading.parts.push({ as: 'initial', text: word });
    } else {
      reading.names.push(word);
      reading.parts.push({ as: 'name', text: word });
    }
  }
  return reading;
}

/** "V. D'Esposito": after an apostrophe goes on what begins before it. */
function elisionsOf(text: string): ReadonlySet<string> {
  const found = text.matchAll(/(?<![\p{L}\p{N}])([dl])['’ʼ`´]\s*(\p{L}+)/giu);
  return new Set([...found].map(([, particle, word]) => `${foldText(particle!)} ${foldText(word!)}`));
}

function readTerm(
  reading: Reading,
  words: readonly string[],
  { start, end, value }: Placed<TermMatch>,
  kept: TermMatch[] | undefined,
): void {
  const text = words.slice(start, end).join(' ');
  const meanings = value.meanings.map((it) => ({
    label: it.label,
    professionCodes: [...it.professionCodes],
    savoirFaireCodes: [...it.savoirFaireCodes],
  }));
  kept?.push(value);
  if (isOfService(value)) reading.serviceWords.push(...words.slice(start, end));
  reading.parts.push({ as: 'term', text, meanings });
}

/** Nobody does it: it is a structure, or a part of one. */
function isOfService({ meanings }: TermMatch): boolean {
  return meanings.every((it) => it.kind === 'structure' || it.kind === 'service');
}

/** A structure, with or without those who practise in it: "ehpad", "pharmacie". */
export function namesStructure({ meanings }: TermMatch): boolean {
  return meanings.some((it) => it.categoryCodes.length > 0);
}

/** "Les Jardins d'automne": in the name of a structure no initial. */
function mayBeElided(words: readonly string[], index: number): boolean {
  return /^[dl]$/.test(words[index]!) && /^[aeiouyh]/.test(words[index + 1] ?? '');
}

/** One letter; or those of two given names, as "jp", "jm", "mc". */
function isInitial(word: string): boolean {
  return /^[a-z]$/.test(word) || /^[jmpa][bcdfgjlmnprstv]$/.test(word);
}
