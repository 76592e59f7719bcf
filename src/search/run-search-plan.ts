import type { Correspondent } from '#domain/correspondent.ts';
import { foldText } from '#domain/fold.ts';
import type { Total } from '#domain/question.ts';
import type { Widening } from '#domain/understanding.ts';

import { fromDocument, VIEW_ATTRIBUTES, type RetrievedDocument } from './correspondent-document.ts';
import { fromShortMailbox } from './correspondent-view.ts';
import { EngineRefusal } from './engine-connection.ts';
import type { EngineAnswer, EngineQuery, SearchEngine } from './engine.ts';
import { allOf, isIn, not, type Filter } from './filter.ts';
import { formsOf } from './organization-words.ts';
import { RESULTS_MAX } from './question-filters.ts';
import type { Stage, Step } from './search-plan.ts';

export interface PlanPage {
  results: Correspondent[];
  total: Total;
  /** Index of the stage that answered; the last one when none did. */
  stage: number;
  /** By complements. */
  widened: Widening[];
}

export interface PageWindow {
  offset: number;
  limit: number;
}

/** Results that a head may put first. */
const HEAD_MAX = 20;
/** A head with more is about something else than what few are called. */
const HEAD_HITS_MAX = 200;
/** A word of a service may be shortened to so many letters: "cardio". */
const ABBREVIATION_LENGTH_MIN = 4;
/** Fewer results than this, and what resembles them is shown too. */
const COMPLEMENT_BELOW = 5;
/** Among so many first results, those called exactly as typed come first. */
const FIRST_BLOCK = 10;
/** A last word of so few letters is rather the beginning of another word, while it is typed, than a slip. */
const BEGUN_LENGTH_MAX = 4;

/**
 * Runs the stages until one gives something. A page is the same whatever the size of the pages before it, as long as the
 * index does not change: which stage answers does not depend on the window.
 * @param rings filters that part all results, nearest first; empty when nothing is asked near
 */
export async function runSearchPlan(
  engine: SearchEngine,
  stages: readonly Stage[],
  window: PageWindow,
  rings: readonly Filter[],
  signal?: AbortSignal,
): Promise<PlanPage> {
  const ask = (queries: EngineQuery[]) => askEngine(engine, queries, signal);
  for (const [index, stage] of stages.entries()) {
    const page = await runStage(ask, stage, window, rings.length > 0 ? rings : (stage.rings?.() ?? []));
    if (page) return { ...page, stage: index };
  }
  return { results: [], total: { value: 0, exact: true }, stage: stages.length - 1, widened: [] };
}

type Ask = (queries: EngineQuery[]) => Promise<EngineAnswer[]>;

/** Undefined when the stage gives nothing at all. */
async function runStage(
  ask: Ask,
  stage: Stage,
  window: PageWindow,
  rings: readonly Filter[],
): Promise<Omit<PlanPage, 'stage'> | undefined> {
  const heads = stage.heads.flatMap((head) => inRings(head, rings));
  const bodies = inRings(stage.body, rings);
  const isSimple = bodies.length === 1;
  // A body alone is asked for its page at once; several are asked for their beginning, which also tells their sizes.
  const bodyWindow = isSimple
    ? withFirstBlock(window)
    : { offset: 0, limit: Math.max(window.limit, COMPLEMENT_BELOW) };
  const answers = await ask([
    ...heads.map((head) => toQuery(head, { offset: 0, limit: HEAD_MAX })),
    ...bodies.map((body) => toQuery(body, bodyWindow)),
  ]);
  const firsts = uniqueHits(heads.flatMap((head, index) => readHead(head, answers[index]!)));
  const bodyAnswers = answers
    .slice(heads.length)
    .map((answer) => (bodyWindow.offset === 0 ? exactFirst(stage.body.q, answer) : answer));
  const bodyTotal = sum(bodyAnswers.map((answer) => answer.estimatedTotalHits));
  if (firsts.length + (stage.needsHead ? 0 : bodyTotal) === 0) return undefined;
  const complementBelow = mayBeBegun(stage, bodyAnswers) ? HEAD_MAX : COMPLEMENT_BELOW;
  if (firsts.length + bodyTotal < complementBelow && stage.complements.length > 0) {
    const isPartial = isSimple && (bodyWindow.offset > 0 || bodyTotal > bodyWindow.limit);
    const small = isPartial
      ? (await ask([toQuery(stage.body, { offset: 0, limit: HEAD_MAX })])).map((answer) =>
          exactFirst(stage.body.q, answer),
        )
      : bodyAnswers;
    const hits = uniqueHits([...firsts, ...small.flatMap((answer) => answer.hits)]);
    return complete(ask, stage, hits, window, rings);
  }
  if (firsts.length > 0 || (!isSimple && window.offset > 0)) {
    return { ...(await withFirsts(ask, firsts, bodies, window)), widened: [] };
  }
  const from = isSimple ? window.offset - bodyWindow.offset : 0;
  const hits = bodyAnswers.flatMap((answer) => answer.hits).slice(from, from + window.limit);
  return { ...toPage(hits, bodyTotal), widened: [] };
}

/** A page that begins within the first block is asked for from the block's beginning, and to its end at least. */
function withFirstBlock(window: PageWindow): PageWindow {
  if (window.offset >= FIRST_BLOCK) return window;
  return { offset: 0, limit: Math.max(FIRST_BLOCK, window.offset + window.limit) };
}

/** To the engine a name of which the words are only a part is as good. */
function exactFirst(q: string, answer: EngineAnswer): EngineAnswer {
  if (!q.includes(' ')) return answer;
  const block = answer.hits.slice(0, FIRST_BLOCK);
  const exact = block.filter((hit) => isCalledExactly(hit, q));
  const hits = uniqueHits([...exact, ...answer.hits]);
  return exact.length === 0 ? answer : { ...answer, hits };
}

/** By these words and no other, in any order. */
function isCalledExactly({ family, given }: RetrievedDocument, q: string): boolean {
  const toSorted = (text: string) => foldText(text).split(' ').toSorted().join(' ');
  return toSorted(`${family ?? ''} ${given ?? ''}`) === toSorted(q);
}

/** Whether the last word is short, and some results only resemble what was typed. */
function mayBeBegun({ body, complements }: Stage, answers: readonly EngineAnswer[]): boolean {
  const words = body.q.split(' ');
  if (words.length === 1 || words.at(-1)!.length > BEGUN_LENGTH_MAX) return false;
  if (complements[0]?.widening !== 'other-words') return false;
  return answers.some(({ hits }) => hits.some((hit) => !isNamedSo(hit, words)));
}

/** By each of the words, of the last the beginning. */
function isNamedSo({ family, given }: RetrievedDocument, words: readonly string[]): boolean {
  const names = ` ${foldText(`${family ?? ''} ${given ?? ''}`)} `;
  return (
    words.slice(0, -1).every((word) => names.includes(` ${word} `)) && names.includes(` ${words.at(-1)!}`)
  );
}

/** Few results, then what resembles them: the first complement that has more than a few ends the list. */
async function complete(
  ask: Ask,
  stage: Stage,
  hits: readonly RetrievedDocument[],
  window: PageWindow,
  rings: readonly Filter[],
): Promise<Omit<PlanPage, 'stage'>> {
  let known = hits;
  const widened: Widening[] = [];
  for (const [index, { step, widening }] of stage.complements.entries()) {
    const isLast = index === stage.complements.length - 1;
    const answers =
      isLast && widening !== 'other-words'
        ? []
        : await ask([toQuery(excluding(step, known), { offset: 0, limit: HEAD_MAX })]);
    if (answers.length > 0 && widening === 'other-words') {
      const { first, others } = putExactFirst(known, answers[0]!.hits, step.q);
      if (first.length > known.length - others.length) {
        known = [...first, ...others];
        widened.push(widening);
      }
    }
    if (answers.length === 0 || answers[0]!.estimatedTotalHits > HEAD_MAX - known.length) {
      const around = rings.length > 0 ? rings : (stage.complements[index]!.rings?.() ?? []);
      const page = await withFirsts(ask, known, inRings(step, around), window);
      const isWidened = page.total.value > known.length && !widened.includes(widening);
      return { ...page, widened: isWidened ? [...widened, widening] : widened };
    }
    if (answers[0]!.hits.length > 0 && !widened.includes(widening)) widened.push(widening);
    known = uniqueHits([...known, ...answers[0]!.hits]);
    if (known.length >= COMPLEMENT_BELOW) break;
  }
  return { ...toPage(known.slice(window.offset, window.offset + window.limit), known.length), widened };
}

/**
 * Those whose name begins so as typed, then those of that family name in a town that begins so; who only resembles comes after.
 */
function putExactFirst(
  known: readonly RetrievedDocument[],
  inTowns: readonly RetrievedDocument[],
  q: string,
) {
  const words = q.split(' ');
  const last = words.at(-1)!;
  const hasWords = (hit: RetrievedDocument) => {
    const names = ` ${foldText(`${hit.family ?? ''} ${hit.given ?? ''}`)} `;
    return words.slice(0, -1).every((word) => names.includes(` ${word} `));
  };
  const begins = (text: string) => ` ${foldText(text)}`.includes(` ${last}`);
  const named = [...known, ...inTowns].filter(
    (hit) => hasWords(hit) && begins(`${hit.family ?? ''} ${hit.given ?? ''}`),
  );
  const located = inTowns.filter(
    (hit) => hasWords(hit) && (hit.view.l ?? []).some((place) => begins(place.c?.[0] ?? '')),
  );
  const first = uniqueHits([...named, ...located]);
  const ids = new Set(first.map((hit) => hit.id));
  return { first, others: known.filter((hit) => !ids.has(hit.id)) };
}

function isService({ attributes }: Step): boolean {
  return attributes?.includes('organizationNames') ?? false;
}

/** Of a head only those count who are called just so, and only when they are few. */
function readHead(head: Step, answer: EngineAnswer): RetrievedDocument[] {
  if (answer.estimatedTotalHits > HEAD_HITS_MAX && !head.mayBeLarge) return [];
  const words = head.q.split(' ');
  const last = words.at(-1)!;
  const isCalledSo = (hit: RetrievedDocument, isLastBegun: boolean) => {
    const places = [
      ...(hit.view.l ?? []).map((place) => `${place.o?.n ?? ''} ${place.c?.[0] ?? ''}`),
      ...(hit.view.m ?? []).map((mailbox) => fromShortMailbox(mailbox).address),
    ].join(' ');
    const name = ` ${foldText(`${hit.view.n} ${hit.family ?? ''} ${hit.given ?? ''} ${isService(head) ? places : ''}`)} `;
    return words.every((word) =>
      formsOf(word).some((form) =>
        name.includes(
          (head.mayShorten && form.length >= ABBREVIATION_LENGTH_MIN) || (isLastBegun && word === last)
            ? ` ${form}`
            : ` ${form} `,
        ),
      ),
    );
  };
  const called = exactFirst(head.q, {
    ...answer,
    hits: answer.hits.filter((hit) => isCalledSo(hit, head.mayBeBegun === true)),
  }).hits;
  // While the last word is typed, it is the beginning of a name.
  if (called.length > 0 || isService(head) || words.length === 1) return called;
  return answer.hits.filter((hit) => isCalledSo(hit, true));
}

/** A page of some first results followed by bodies that leave them out. */
async function withFirsts(
  ask: Ask,
  firsts: readonly RetrievedDocument[],
  bodies: readonly Step[],
  window: PageWindow,
) {
  const others = bodies.map((body) => excluding(body, firsts));
  const sizes = (await ask(others.map((body) => toQuery(body, { offset: 0, limit: 0 })))).map(
    (answer) => answer.estimatedTotalHits,
  );
  const hits = firsts.slice(window.offset, window.offset + window.limit);
  const queries: EngineQuery[] = [];
  let start = firsts.length;
  for (const [index, body] of others.entries()) {
    const size = sizes[index]!;
    const from = Math.max(0, window.offset - start);
    const wanted = Math.min(size - from, window.offset + window.limit - start - from);
    if (wanted > 0) queries.push(toQuery(body, { offset: from, limit: wanted }));
    start += size;
  }
  const answers = queries.length === 0 ? [] : await ask(queries);
  return toPage([...hits, ...answers.flatMap((answer) => answer.hits)].slice(0, window.limit), start);
}

function excluding(step: Step, hits: readonly RetrievedDocument[]): Step {
  if (hits.length === 0) return step;
  return {
    ...step,
    filter: allOf([
      step.filter,
      not(
        isIn(
          'id',
          hits.map((hit) => hit.id),
        ),
      ),
    ]),
  };
}

export function toPage(
  hits: readonly RetrievedDocument[],
  count: number,
): Pick<PlanPage, 'results' | 'total'> {
  return {
    results: hits.map(fromDocument),
    total: { value: Math.min(count, RESULTS_MAX), exact: count <= RESULTS_MAX },
  };
}

function inRings(body: Step, rings: readonly Filter[]): Step[] {
  if (rings.length === 0) return [body];
  return rings.map((ring) => ({ ...body, filter: allOf([body.filter, ring]) }));
}

export function toQuery(
  { q, attributes, filter, matchingStrategy }: Step,
  { offset, limit }: PageWindow,
): EngineQuery {
  return {
    q,
    ...(filter && { filter }),
    ...(attributes && { attributesToSearchOn: attributes }),
    offset: Math.min(offset, RESULTS_MAX),
    limit: Math.max(0, Math.min(limit, RESULTS_MAX - offset)),
    matchingStrategy,
    attributesToRetrieve: VIEW_ATTRIBUTES,
  };
}

export async function askEngine(
  engine: SearchEngine,
  queries: EngineQuery[],
  signal: AbortSignal | undefined,
): Promise<EngineAnswer[]> {
  const asked = queries.map((query) => withoutUnknownAttributes(engine, query));
  const possible = asked.filter((query) => query !== undefined);
  try {
    const answers = possible.length === 0 ? [] : await sendQueries(engine, possible, signal);
    return asked.map((query) => (query === undefined ? NO_ANSWER : answers.shift()!));
  } catch (error) {
    if (!noteUnknownAttribute(engine, error)) throw error;
    return askEngine(engine, queries, signal);
  }
}

async function sendQueries(engine: SearchEngine, queries: EngineQuery[], signal: AbortSignal | undefined) {
  const [only, ...others] = queries;
  if (only !== undefined && others.length === 0) return [await engine.search(engine.indexName, only, signal)];
  return engine.multiSearch(engine.indexName, queries, signal);
}

const NO_ANSWER: EngineAnswer = { hits: [], estimatedTotalHits: 0 };
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

function uniqueHits(hits: readonly RetrievedDocument[]): RetrievedDocument[] {
  return [...new Map(hits.map((hit) => [hit.id, hit])).values()];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
