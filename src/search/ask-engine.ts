import { VIEW_ATTRIBUTES } from './correspondent-document.ts';
import { EngineRefusal } from './engine-connection.ts';
import type { EngineAnswer, EngineQuery, SearchEngine } from './engine.ts';
import { toFamilyKeyRange } from './family-keys.ts';
import { allOf, anyOf, isBetween, isIn } from './filter.ts';
import { RESULTS_MAX } from './question-filters.ts';
import type { Step } from './search-plan.ts';

export interface PageWindow {
  offset: number;
  limit: number;
}

const BY_LOT = ['lot:asc'];

/** What the engine is asked for a step, within what can be reached. */
export function toQuery(step: Step, { offset, limit }: PageWindow): EngineQuery {
  const { attributes, matchingStrategy } = step;
  const { q, filter } = toText(step);
  return {
    q,
    ...(step.q === '' && { sort: BY_LOT }),
    ...(filter && { filter }),
    ...(attributes && { attributesToSearchOn: attributes }),
    offset: Math.min(offset, RESULTS_MAX),
    limit: Math.max(0, Math.min(limit, RESULTS_MAX - offset)),
    matchingStrategy,
    attributesToRetrieve: VIEW_ATTRIBUTES,
  };
}

/** Words that names must have are filters, and no text to the engine; in quotes it takes a word as it is. */
function toText({
  q,
  filter,
  verbatim,
  isLastMeant,
  borne,
  isFamilyBegun,
  attributes,
}: Step): Pick<Step, 'q' | 'filter'> {
  if (isFamilyBegun) {
    const { first, last } = toFamilyKeyRange(q)!;
    return { q: '', filter: allOf([filter, isBetween('familyKeys', first, last)]) };
  }
  const words = q.split(' ');
  const last = words.length - 1;
  // The last of several may be the beginning of a word.
  const isMeant = (index: number) => last === 0 || index < last || isLastMeant === true;
  if (borne !== undefined) {
    const isBorne = (word: string, index: number) => borne.includes(word) && isMeant(index);
    const isTitled = attributes?.includes('titles') ?? false;
    const kept = words
      .filter(isBorne)
      .map((word) => anyOf([isIn('nameWords', [word]), isTitled ? isIn('titleWords', [word]) : undefined]));
    const text = words.filter((word, index) => !isBorne(word, index));
    return { q: text.join(' '), filter: allOf([filter, ...kept]) };
  }
  // After a space it is the beginning of no other word.
  const end = isLastMeant && q !== '' ? ' ' : '';
  if (verbatim === undefined) return { q: q + end, filter };
  const isVerbatim = (word: string, index: number) => verbatim.includes(word) && isMeant(index);
  const text = words.map((word, index) => (isVerbatim(word, index) ? `"${word}"` : word)).join(' ');
  return { q: text + end, filter };
}

/** Asks the engine all that one question needs. See {@link askEngine}. */
export type Ask = (queries: EngineQuery[]) => Promise<EngineAnswer[]>;

/** What was answered is not asked again: stages share some of their searches, heads above all. */
export function openAsk(engine: SearchEngine, signal: AbortSignal | undefined): Ask {
  const known: { query: EngineQuery; answer: EngineAnswer }[] = [];
  return async (queries) => {
    const answers = queries.map((query) => known.find((it) => isSameQuery(it.query, query))?.answer);
    const missing = queries.filter((_, index) => answers[index] === undefined);
    const asked = missing.length === 0 ? [] : await askEngine(engine, missing, signal);
    known.push(...missing.map((query, index) => ({ query, answer: asked[index]! })));
    const rest = asked.values();
    return answers.map((answer) => answer ?? rest.next().value!);
  };
}

/** Of those that `toQuery` makes. */
function isSameQuery(a: EngineQuery, b: EngineQuery): boolean {
  if (a.q !== b.q || a.filter !== b.filter || a.limit !== b.limit || a.offset !== b.offset) return false;
  const others = ({ attributesToSearchOn, matchingStrategy, facets }: EngineQuery) =>
    [attributesToSearchOn, matchingStrategy, facets].join(';');
  return others(a) === others(b);
}

/**
 * The answers, in the order asked. What an index of an earlier version, or without such documents, cannot do is left out.
 * @throws AppError `search-unavailable`; EngineRefusal
 */
async function askEngine(
  engine: SearchEngine,
  queries: EngineQuery[],
  signal: AbortSignal | undefined,
): Promise<EngineAnswer[]> {
  const asked = queries.map((query) =>
    isFilterable(engine, query) ? withoutUnknownAttributes(engine, sortable(engine, query)) : undefined,
  );
  const possible = asked.filter((query) => query !== undefined);
  try {
    const answers = possible.length === 0 ? [] : await sendOnce(engine, possible, signal);
    return asked.map((query) => (query === undefined ? NO_ANSWER : answers.shift()!));
  } catch (error) {
    const isKnownNow =
      noteUnsortable(engine, error) || noteUnfilterable(engine, error) || noteUnknownAttribute(engine, error);
    if (!isKnownNow) throw error;
    return askEngine(engine, queries, signal);
  }
}

/** Searches that differ in how many results they want only are one: what is a head may be the body as well. */
async function sendOnce(engine: SearchEngine, queries: EngineQuery[], signal: AbortSignal | undefined) {
  if (queries.length === 1) return sendQueries(engine, queries, signal);
  const keys = queries.map((query) => JSON.stringify({ ...query, limit: 0 }));
  const alike = Map.groupBy(queries, (_, index) => keys[index]!);
  const widest = [...alike.values()].map((them) =>
    them.reduce((one, other) => (other.limit > one.limit ? other : one)),
  );
  const answers = await sendQueries(engine, widest, signal);
  const answerOf = new Map([...alike.keys()].map((key, index) => [key, answers[index]!]));
  return queries.map(({ limit }, index) => {
    const answer = answerOf.get(keys[index]!)!;
    return answer.hits.length <= limit ? answer : { ...answer, hits: answer.hits.slice(0, limit) };
  });
}

async function sendQueries(engine: SearchEngine, queries: EngineQuery[], signal: AbortSignal | undefined) {
  const [only, ...others] = queries;
  if (only !== undefined && others.length === 0) return [await engine.search(engine.indexName, only, signal)];
  return engine.multiSearch(engine.indexName, queries, signal);
}

/** Until when an index of an earlier version is served, which cannot sort. */
const unsortable = new WeakMap<SearchEngine, number>();

function sortable(engine: SearchEngine, query: EngineQuery): EngineQuery {
  if (query.sort === undefined || (unsortable.get(engine) ?? 0) < Date.now()) return query;
  const { sort: _, ...unsorted } = query;
  return unsorted;
}

/** @returns whether that is what the error says */
function noteUnsortable(engine: SearchEngine, error: unknown): boolean {
  if (!(error instanceof EngineRefusal) || error.code !== 'invalid_search_sort') return false;
  unsortable.set(engine, Date.now() + UNKNOWN_ATTRIBUTES_KEPT_MS);
  return true;
}

/** Until when an index of an earlier version is served, which has no keys of family names or no words of titles. */
const unfilterable = new WeakMap<SearchEngine, number>();
const LATER_MEMBERS = /\b(?:familyKeys|titleWords)\b/;
/** The message goes on with all that can be filtered by. */
const NOT_FILTERABLE = /Attribute `(?:familyKeys|titleWords)` is not filterable/;

function isFilterable(engine: SearchEngine, { filter }: EngineQuery): boolean {
  const until = unfilterable.get(engine);
  return until === undefined || until < Date.now() || filter === undefined || !LATER_MEMBERS.test(filter);
}

/** @returns whether that is what the error says */
function noteUnfilterable(engine: SearchEngine, error: unknown): boolean {
  if (!(error instanceof EngineRefusal) || error.code !== 'invalid_search_filter') return false;
  if (!NOT_FILTERABLE.test(error.message)) return false;
  unfilterable.set(engine, Date.now() + UNKNOWN_ATTRIBUTES_KEPT_MS);
  return true;
}

/** Of what cannot be asked. */
export const NO_ANSWER: EngineAnswer = { hits: [], estimatedTotalHits: 0 };
const UNKNOWN_ATTRIBUTES_KEPT_MS = 10_000;
const unknownAttributes = new WeakMap<SearchEngine, Map<string, number>>();

/** Undefined when no document has any of the attributes: nothing can be found there. */
function withoutUnknownAttributes(engine: SearchEngine, query: EngineQuery): EngineQuery | undefined {
  const { attributesToSearchOn } = query;
  const unknown = unknownAttributes.get(engine);
  if (attributesToSearchOn === undefined || unknown === undefined) return query;
  const known = attributesToSearchOn.filter((name) => (unknown.get(name) ?? 0) < Date.now());
  return known.length === 0 ? undefined : { ...query, attributesToSearchOn: known };
}

/**
 * The engine refuses to search an attribute that no document has yet (a directory without any service, an empty one). It is left
 * out for a while. @returns whether that is what the error says
 */
function noteUnknownAttribute(engine: SearchEngine, error: unknown): boolean {
  if (!(error instanceof EngineRefusal) || error.code !== 'invalid_search_attributes_to_search_on')
    return false;
  const name = /Attribute `(\w+)` is not searchable/.exec(error.message)?.[1];
  if (name === undefined) return false;
  const unknown = unknownAttributes.get(engine) ?? new Map<string, number>();
  unknown.set(name, Date.now() + UNKNOWN_ATTRIBUTES_KEPT_MS);
  unknownAttributes.set(engine, unknown);
  return true;
}
