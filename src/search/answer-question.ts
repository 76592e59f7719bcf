import type { Correspondent, CorrespondentKind } from '#domain/correspondent.ts';
import { CORRESPONDENT_KINDS } from '#domain/correspondent.ts';
import { AppError } from '#domain/errors.ts';
import { nearestNamesake } from '#domain/geography/list-namesakes.ts';
import { listCommunesWithin, type Position } from '#domain/geography/communes-within.ts';
import type { PlaceMatch } from '#domain/geography/place-match.ts';
import type { CorrespondentQuestion, FacetCounts, Total } from '#domain/question.ts';
import type { Preference, UnderstoodPart, Widening } from '#domain/understanding.ts';

import { EngineRefusal } from './engine-connection.ts';
import { countFacets, toFacetAttributes } from './count-facets.ts';
import type { SearchEngine } from './engine.ts';
import { COUNTED_AT_FIRST, listFirstSearches, sortByDistance } from './sort-by-distance.ts';
import type { Filter } from './filter.ts';
import { inCommunes, toPlaceFilter, type PlaceFilter } from './place-filter.ts';
import { findCedexCommune, mayBeCedex, withCedexCommune } from './find-cedex-commune.ts';
import { readText, type Reading } from './read-text.ts';
import { openAsk, toQuery, type Ask } from './ask-engine.ts';
import type { PlanPage } from './plan-page.ts';
import { runSearchPlan } from './run-search-plan.ts';
import { ringsAround } from './rings.ts';
import { planSearch, type Stage } from './search-plan.ts';
import { toFilters, toIdentifierFilter } from './question-filters.ts';

/** Where a question's own parameters lead, resolved by the caller. */
export interface QuestionPlaces {
  /** Stands for `question.where`. */
  where: PlaceFilter | undefined;
  /** The other places of that name. */
  whereElse: PlaceFilter | undefined;
  /** The place as typed, when it may also be the name of an establishment. */
  whereWords: string | undefined;
  /** Stands for `question.near`. */
  near: Position | undefined;
  /** Of `where`. */
  whereCentre?: Position | undefined;
}

export interface Answer {
  results: Correspondent[];
  total: Total;
  parts: UnderstoodPart[];
  preferred: Preference[];
  widened: Widening[];
  /** What distances are counted from; undefined when no place was asked for. */
  centre: Position | undefined;
  facets: FacetCounts | undefined;
  /** What was tried, in this order, when it was asked for; the last one answered. */
  tried: TriedStage[] | undefined;
}

/** The searches of the engine that stand for one way of taking a question. */
export interface TriedStage {
  widened: Widening[];
  parts: UnderstoodPart[];
  /** Heads, whose exact namesakes come first, then the body. */
  searches: { q: string; attributes: string[] | null; filter: string | null }[];
}

/**
 * The best first: what is read as meant, then what is less sure, until something is found. Equals are told apart by `order`
 * (see `CorrespondentDocument`), the same from one page to the next as long as the index does not change.
 * @throws AppError `search-unavailable`
 */
export async function answerQuestion(
  engine: SearchEngine,
  question: CorrespondentQuestion,
  places: QuestionPlaces,
  signal?: AbortSignal,
): Promise<Answer> {
  return toAnswer(await runQuestion(engine, question, places, signal), question);
}

/**
 * The same for each kind that the question allows, in the usual order. A kind that has only less sure results than another
 * is shown without any.
 * @throws AppError `search-unavailable`
 */
export async function answerQuestionByKind(
  engine: SearchEngine,
  question: CorrespondentQuestion,
  places: QuestionPlaces,
  signal?: AbortSignal,
): Promise<({ kind: CorrespondentKind } & Answer)[]> {
  const kinds = CORRESPONDENT_KINDS.filter((kind) => question.kinds?.includes(kind) ?? true);
  const runs = await Promise.all(
    kinds.map((kind) => runQuestion(engine, { ...question, kinds: [kind] }, places, signal)),
  );
  const best = Math.min(
    ...runs.map(({ page }) => (page.total.value > 0 ? doubtOf(page) : Number.POSITIVE_INFINITY)),
  );
  return runs.map((run, index) => {
    const answer = toAnswer(run, question);
    const isShown = doubtOf(run.page) <= best;
    return {
      kind: kinds[index]!,
      ...answer,
      ...(isShown ? {} : { results: [], total: { value: 0, exact: true } }),
    };
  });
}

/** How many ways of taking the question gave nothing before. */
function doubtOf({ tried }: PlanPage): number {
  return tried.slice(0, -1).filter((it) => it.isAsTyped === undefined).length;
}

interface Run {
  page: PlanPage;
  centre: Position | undefined;
  facets: FacetCounts | undefined;
}

function toDisc(centre: Position | undefined, kilometers: number | undefined): Filter | undefined {
  return centre === undefined || kilometers === undefined
    ? undefined
    : inCommunes(listCommunesWithin(centre, kilometers * 1000));
}

function refuseWithoutPlace({ within, sort }: CorrespondentQuestion, centre: Position | undefined): void {
  if (centre !== undefined || (within === undefined && sort === undefined)) return;
  const pointer = within === undefined ? 'query.sort' : 'query.within';
  const detail = 'It asks for a place: give one as `near`, as `where`, or within `q`.';
  throw new AppError('request-invalid', 'A distance needs a place.', { faults: [{ pointer, detail }] });
}

async function runQuestion(
  engine: SearchEngine,
  question: CorrespondentQuestion,
  { where, whereElse, whereWords, near, whereCentre }: QuestionPlaces,
  signal: AbortSignal | undefined,
): Promise<Run> {
  const from = near ?? whereCentre;
  const filters = [...toFilters(question), toDisc(near, question.within)];
  const identifier = question.text === undefined ? undefined : toIdentifierFilter(question.text);
  const place =
    (near === undefined ? toDisc(whereCentre, question.within) : undefined) ??
    (where && toPlaceFilter(where));
  const rings = near && ringsAround(near);
  try {
    const read = identifier ? [] : await readQuestion(engine, question, place === undefined, signal);
    const readings = near ? read.map((reading) => withNearestPlace(reading, near)) : read;
    const centre = from ?? readings.find((it) => it.place !== undefined)?.place?.position;
    refuseWithoutPlace(question, centre);
    const stages = identifier
      ? planSearch({ ...question, text: undefined }, [], [...filters, identifier], { filter: place })
      : planSearch(question, readings, filters, {
          filter: place,
          centre: whereCentre,
          elsewhere: whereElse && toPlaceFilter(whereElse),
          words: whereWords,
        });
    const isSorted = question.sort === 'distance' && centre !== undefined;
    const ask = openAsk(engine, signal);
    const counted = toFacetAttributes(question.facets ?? []);
    const page = isSorted
      ? await runSorted(ask, stages, question, centre, counted)
      : await runSearchPlan(ask, stages, question, rings, counted);
    const { body } = page.tried.at(-1)!;
    const facets = question.facets && (await countFacets(ask, body, question.facets, page.facetDistribution));
    return { page, centre: from ?? (isSorted ? centre : findPlaceOf(page, readings)?.position), facets };
  } catch (error) {
    // Queries are built from typed values, so what the engine refuses is the state of the index: absent, or of another version.
    if (!(error instanceof EngineRefusal)) throw error;
    throw new AppError('search-unavailable', 'The search index is not ready.', {}, { cause: error });
  }
}

/** Of the reading that answered: distances are counted from what `understood` names. */
function findPlaceOf({ tried }: PlanPage, readings: readonly Reading[]): PlaceMatch | undefined {
  const named = tried.at(-1)?.parts.find((part) => part.as === 'place')?.place;
  const places = readings.map(({ place }) => place);
  return named && places.find((place) => place?.code === named.code && place.kind === named.kind);
}

async function runSorted(
  ask: Ask,
  stages: Iterable<Stage>,
  question: CorrespondentQuestion,
  centre: Position,
  facets: readonly string[],
): Promise<PlanPage> {
  const bodies = listBodies(stages);
  // There is always one.
  const first = bodies.next().value!;
  // Of whoever does something there are most often many: how many in all, and near, in one go.
  const isOfMany = first.body.q === '' && question.within === undefined && facets.length === 0;
  if (isOfMany && !first.preferred) {
    await ask(listFirstSearches(first.body, centre, question.offset + question.limit));
  }
  const planned = startWith(first, bodies);
  const counted = facets.length === 0 ? COUNTED_AT_FIRST : facets;
  const page = await runSearchPlan(ask, planned, { offset: 0, limit: 0 }, undefined, counted);
  if (page.total.value === 0) return page;
  const { body } = page.tried.at(-1)!;
  return { ...page, ...(await sortByDistance(ask, body, centre, question, page.total.value)), widened: [] };
}

function* startWith<T>(first: T, others: Iterable<T>): Generator<T> {
  yield first;
  yield* others;
}

/** Where only the distance decides, nobody comes first for what they are called. */
function* listBodies(stages: Iterable<Stage>): Generator<Stage, undefined> {
  for (const stage of stages) yield stage.needsHead ? stage : { ...stage, heads: [], complements: [] };
}

/** Of several communes of a name the caller means the nearest. */
function withNearestPlace(reading: Reading, near: Position): Reading {
  if (!reading.place) return reading;
  const place = nearestNamesake(reading.placeText, reading.place, near);
  const shown = { kind: place.kind, code: place.code, label: place.label };
  const parts = reading.parts.map((part) => (part.as === 'place' ? { ...part, place: shown } : part));
  return { ...reading, place, parts };
}

/** Five digits that are no postcode of a commune may be a CEDEX: also the commune of those who have it. */
async function readQuestion(
  engine: SearchEngine,
  { text, within, near }: CorrespondentQuestion,
  mayHoldPlace: boolean,
  signal: AbortSignal | undefined,
): Promise<Reading[]> {
  const readings = (text === undefined ? [] : readText(text, mayHoldPlace)).map((reading) =>
    near === undefined ? withinOf(reading, within) : reading,
  );
  const cedex = readings.find((it) => it.place && mayBeCedex(it.place, it.placeText))?.placeText;
  const code = cedex === undefined ? undefined : await findCedexCommune(engine, cedex, signal);
  if (code === undefined) return readings;
  return readings.map((reading) => {
    if (!reading.place || reading.placeText !== cedex) return reading;
    const place = withCedexCommune(reading.place, code);
    const shown = { kind: place.kind, code: place.code, label: place.label };
    const parts = reading.parts.map((part) => (part.as === 'place' ? { ...part, place: shown } : part));
    return { ...reading, place, parts };
  });
}

/** The place of a text reaches as far as asked. */
function withinOf(reading: Reading, kilometers: number | undefined): Reading {
  const { place } = reading;
  if (!place || kilometers === undefined) return reading;
  const communeCodes = listCommunesWithin(place.position, kilometers * 1000);
  return { ...reading, place: { ...place, kind: 'commune', communeCodes } };
}

function toAnswer({ page, centre, facets }: Run, { explain }: CorrespondentQuestion): Answer {
  const { results, total, widened: added } = page;
  const { parts, widened, preferences = [] } = page.tried.at(-1)!;
  const tried = explain ? page.tried.map(toTriedStage) : undefined;
  return {
    results,
    total,
    parts,
    preferred: preferences,
    // Where nobody was found, what was tried last widened nothing.
    widened: total.value === 0 ? [] : [...widened, ...added],
    centre,
    facets,
    tried,
  };
}

function toTriedStage({ parts, widened, heads, body }: Stage): TriedStage {
  const searches = [...heads, body].map((it) => {
    const { q, filter = null } = toQuery(it, { offset: 0, limit: 0 });
    return { q, attributes: it.attributes ? [...it.attributes] : null, filter };
  });
  return { parts, widened, searches };
}
