import type { Correspondent, CorrespondentKind } from '#domain/correspondent.ts';
import { CORRESPONDENT_KINDS } from '#domain/correspondent.ts';
import { AppError } from '#domain/errors.ts';
import type { Position } from '#domain/geography/communes-within.ts';
import type { CorrespondentQuestion, Total } from '#domain/question.ts';
import type { UnderstoodPart, Widening } from '#domain/understanding.ts';

import { EngineRefusal } from './engine-connection.ts';
import type { SearchEngine } from './engine.ts';
import type { Filter } from './filter.ts';
import { toPlaceFilter, type PlaceFilter } from './place-filter.ts';
import { findCedexCommune, mayBeCedex, withCedexCommune } from './find-cedex-commune.ts';
import { readText, type Reading } from './read-text.ts';
import { runSearchPlan, type PlanPage } from './run-search-plan.ts';
import { planSearch, ringsAround, type Stage } from './search-plan.ts';
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
}

export interface Answer {
  results: Correspondent[];
  total: Total;
  parts: UnderstoodPart[];
  widened: Widening[];
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
  const { stages, page } = await runQuestion(engine, question, places, signal);
  return toAnswer(stages, page);
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
    ...runs.map(({ page }) => (page.total.value > 0 ? page.stage : Number.POSITIVE_INFINITY)),
  );
  return runs.map(({ stages, page }, index) => {
    const answer = toAnswer(stages, page);
    const isShown = page.stage <= best;
    return {
      kind: kinds[index]!,
      ...answer,
      ...(isShown ? {} : { results: [], total: { value: 0, exact: true } }),
    };
  });
}

async function runQuestion(
  engine: SearchEngine,
  question: CorrespondentQuestion,
  { where, whereElse, whereWords, near }: QuestionPlaces,
  signal: AbortSignal | undefined,
): Promise<{ stages: Stage[]; page: PlanPage }> {
  const filters = toFilters(question);
  const identifier = question.text === undefined ? undefined : toIdentifierFilter(question.text);
  const place = where && toPlaceFilter(where);
  const rings: Filter[] = near ? ringsAround(near) : [];
  try {
    const stages = identifier
      ? planSearch({ ...question, text: undefined }, [], [...filters, identifier], { filter: place })
      : planSearch(question, await readQuestion(engine, question, place === undefined, signal), filters, {
          filter: place,
          elsewhere: whereElse && toPlaceFilter(whereElse),
          words: whereWords,
        });
    return { stages, page: await runSearchPlan(engine, stages, question, rings, signal) };
  } catch (error) {
    // Queries are built from typed values, so what the engine refuses is the state of the index: absent, or of another version.
    if (!(error instanceof EngineRefusal)) throw error;
    throw new AppError('search-unavailable', 'The search index is not ready.', {}, { cause: error });
  }
}

/** Five digits that are no postcode of a commune may be a CEDEX: also the commune of those who have it. */
async function readQuestion(
  engine: SearchEngine,
  { text }: CorrespondentQuestion,
  mayHoldPlace: boolean,
  signal: AbortSignal | undefined,
): Promise<Reading[]> {
  const readings = text === undefined ? [] : readText(text, mayHoldPlace);
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

function toAnswer(stages: readonly Stage[], { results, total, stage, widened: added }: PlanPage): Answer {
  const { parts, widened } = stages[stage]!;
  return { results, total, parts, widened: [...widened, ...added] };
}
