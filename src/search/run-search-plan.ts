import { isCommonNameWord } from '#domain/common-name-words.ts';
import { foldText } from '#domain/fold.ts';
import { mailboxStatusAt, type MailboxStatus } from '#domain/mailbox-status.ts';
import type { Widening } from '#domain/understanding.ts';

import { NO_ANSWER, toQuery, type Ask, type PageWindow } from './ask-engine.ts';
import { withParentCommune, type RetrievedDocument } from './correspondent-document.ts';
import { fromShortMailbox } from './correspondent-view.ts';
import { titlesOf } from './declared-words.ts';
import type { EngineAnswer, EngineQuery } from './engine.ts';
import { isJoinedOfPlaces } from './at-one-place.ts';
import { allOf, isIn, not, type Filter } from './filter.ts';
import { formsOf } from './organization-words.ts';
import { RESULTS_MAX } from './question-filters.ts';
import type { Rings } from './rings.ts';
import { COMPLEMENT_BELOW, toPage, type PlanPage, type StagePage } from './plan-page.ts';
import { runPreferred } from './run-preferred.ts';
import { within, type Stage, type Step } from './search-plan.ts';

const NOBODY = isIn('kind', []);
/** Results that a head may put first. */
const HEAD_MAX = 20;
/** A head with more is about something else than what few are called. */
const HEAD_HITS_MAX = 200;
/** A word of a service may be shortened to so many letters: "cardio". */
const ABBREVIATION_LENGTH_MIN = 4;
/** Among so many first results, those called exactly as typed come first. */
const FIRST_BLOCK = 10;
/** So few are read as a whole rather than ring after ring, each of which may take as long. */
const PARTED_MAX = 30;
/** A last word of so few letters is rather the beginning of another word, while it is typed, than a slip. */
const BEGUN_LENGTH_MAX = 4;

/**
 * Runs the stages until one gives something; no stage is taken before the one before it was run. A page is the same whatever the
 * size of the pages before it, as long as the index does not change: which stage answers does not depend on the window.
 * @param rings undefined when nothing is asked near
 * @param facets counted along with the body where it is one search: a fifth of what one of their own costs
 */
export async function runSearchPlan(
  ask: Ask,
  stages: Iterable<Stage>,
  window: PageWindow,
  rings: Rings | undefined,
  facets: readonly string[],
): Promise<PlanPage> {
  const { offset } = window;
  // Parts that follow each other would each give what can be reached of it.
  const page = { offset, limit: Math.max(0, Math.min(window.limit, RESULTS_MAX - offset)) };
  const tried: Stage[] = [];
  const isEmpty = new Map<Step, boolean>();
  const drawn = new Map<() => Rings, Rings>();
  const ringsOf = ({ rings: draw }: Stage) => {
    if (draw && !drawn.has(draw)) drawn.set(draw, draw());
    return draw && drawn.get(draw);
  };
  const isNothing = async (step: Step) => {
    if (!isEmpty.has(step)) isEmpty.set(step, await findsNothing(ask, step));
    return isEmpty.get(step)!;
  };
  for (const stage of stages) {
    const { probe, unless } = stage;
    if (unless !== undefined && !(await isNothing(unless))) continue;
    tried.push(stage);
    if (probe !== undefined && (await isNothing(probe))) continue;
    // Asked in parts, none would count all.
    const counted = stage.preferred ? [] : facets;
    const run = (part: Stage, of: PageWindow) => {
      const around = rings ?? ringsOf(part);
      if (around) return runStageAround(ask, part, of, around, counted);
      return part.called
        ? runCalledThenOthers(ask, part, part.called, of, counted)
        : runStage(ask, part, of, counted);
    };
    const found = await (stage.preferred
      ? runPreferred(run, stage, nearOnly(stage.preferred, rings ?? ringsOf(stage)), page)
      : run(stage, page));
    if (found) return { ...found, tried };
  }
  return { results: [], total: { value: 0, exact: true }, tried, widened: [] };
}

/** Among results by distance only those near come first: who goes to homes two hundred kilometres off helps nobody. */
function nearOnly(preferred: Filter, rings: Rings | undefined): Filter {
  return rings === undefined ? preferred : allOf([preferred, rings.nearFilter])!;
}

async function findsNothing(ask: Ask, step: Step): Promise<boolean> {
  const [answer] = await ask([toQuery(step, { offset: 0, limit: 0 })]);
  return answer!.estimatedTotalHits === 0;
}

/** Undefined when the stage gives nothing at all. */
async function runStage(
  ask: Ask,
  stage: Stage,
  window: PageWindow,
  facets: readonly string[],
): Promise<StagePage | undefined> {
  const { heads, body, complements } = stage;
  const block = withFirstBlock(body, window);
  const answers = await ask([...heads.map(toHeadQuery), { ...toQuery(body, block), ...countingOf(facets) }]);
  const answer = answers.pop()!;
  const found = block.offset === 0 ? exactFirst(body, answer) : answer;
  const { facetDistribution } = answer;
  const there = await askThere(ask, heads, answers);
  const firsts = uniqueHits(
    heads.flatMap((head, index) => [
      ...(there[index] ? readHead(head, there[index]) : []),
      ...readHead(head, answers[index]!),
    ]),
  );
  const { estimatedTotalHits: bodyTotal } = found;
  const isNothing = stage.needsHead || (await areAllJoined(ask, body, answer));
  if (firsts.length + (isNothing ? 0 : bodyTotal) < (stage.least ?? 1)) return undefined;
  if (firsts.length + complements.length > 0 && bodyTotal <= firstBlockSizeOf(body)) {
    // Whatever page is asked for: the pages of a walk must be of one list.
    const hits = found.hits.length < bodyTotal ? await readFew(ask, body) : found.hits;
    const all = uniqueHits([...firsts, ...hits]);
    if (firsts.length + bodyTotal < fewOf(stage, hits) && complements.length > 0) {
      const answered = heads.map((head, index): Answered => ({ step: head, answer: answers[index]! }));
      return { ...(await complete(ask, stage, all, window, undefined, answered)), facetDistribution };
    }
    const shown = all.slice(window.offset, window.offset + window.limit);
    return { ...toPage(shown, all.length), widened: [], facetDistribution };
  }
  if (firsts.length > 0) {
    const isOfBody = block.offset === 0 && heads.every((head) => isSameSearch(head, body));
    const page =
      (isOfBody ? withFirstsOfBody(firsts, answer, window) : undefined) ??
      (await withFirsts(ask, firsts, body, undefined, window));
    return { ...page, widened: [], facetDistribution };
  }
  const from = window.offset - block.offset;
  return {
    ...toPage(found.hits.slice(from, from + window.limit), bodyTotal),
    widened: [],
    facetDistribution,
  };
}

/** Whether a body finds few, each of whom has the words at several places only. Whatever page is asked for, it says the same. */
async function areAllJoined(
  ask: Ask,
  body: Step,
  { hits, estimatedTotalHits }: EngineAnswer,
): Promise<boolean> {
  if (!body.isOfOnePlace || estimatedTotalHits === 0 || estimatedTotalHits > HEAD_MAX) return false;
  const words = body.q.split(' ');
  const few = hits.length === estimatedTotalHits ? hits : await readFew(ask, body);
  return few.every((hit) => isJoinedOfPlaces(hit, words));
}

/**
 * Those of the body who are called just so, then the others. All are counted, which they are among: to leave them out takes the
 * engine half as long again, and is done only where some, but not enough, are called so.
 */
async function runCalledThenOthers(
  ask: Ask,
  { body, least }: Stage,
  called: Filter,
  window: PageWindow,
  facets: readonly string[],
): Promise<StagePage | undefined> {
  const block = withFirstBlock(body, window);
  const isFirstBlock = block.offset === 0;
  // Enough are called by a name of many, as a rule.
  const isRead = isFirstBlock && !isCommonNameWord(body.q);
  const [first, all] = await ask([
    toQuery(within(body, called), block),
    { ...toQuery(body, { offset: 0, limit: isRead ? block.limit : 0 }), ...countingOf(facets) },
  ]);
  const before = first!.estimatedTotalHits;
  const total = all!.estimatedTotalHits;
  if (total < (least ?? 1)) return undefined;
  const missing = block.limit - first!.hits.length;
  const readOthers = async () => {
    const others = within(body, not(called));
    const [answer] = await ask([
      toQuery(others, { offset: Math.max(0, block.offset - before), limit: missing }),
    ]);
    return answer!.hits;
  };
  const next = missing === 0 ? [] : before === 0 && isRead ? all!.hits : await readOthers();
  const hits = [...first!.hits, ...next.slice(0, missing)];
  const found = isFirstBlock ? putExactlyCalledFirst(body, hits) : hits;
  const from = window.offset - block.offset;
  return {
    ...toPage(found.slice(from, from + window.limit), total),
    widened: [],
    facetDistribution: all!.facetDistribution,
  };
}

/** The same, the nearest first; rings that are not needed for the page are not asked for. */
async function runStageAround(
  ask: Ask,
  stage: Stage,
  window: PageWindow,
  rings: Rings,
  facets: readonly string[],
): Promise<StagePage | undefined> {
  const { heads, body, complements } = stage;
  const answers = await ask([
    ...heads.map((head) => toHeadQuery(isService(head) ? within(head, rings.nearFilter) : head)),
    { ...toQuery(body, { offset: 0, limit: 0 }), ...countingOf(facets) },
    toQuery(inRing(body, rings, 0), withRingBlock(body, rings, window)),
  ]);
  const nearest = answers.pop()!;
  const { estimatedTotalHits: bodyTotal, facetDistribution } = answers.pop()!;
  const firsts = uniqueHits(
    (await Promise.all(heads.map((head, index) => readHeadAround(ask, head, answers[index]!, rings)))).flat(),
  );
  if (firsts.length + (stage.needsHead ? 0 : bodyTotal) < (stage.least ?? 1)) return undefined;
  if (firsts.length + bodyTotal < HEAD_MAX && complements.length > 0) {
    const few = rings
      .part(await readFew(ask, body))
      .flatMap((hits) => nearestFirst(body, rings, { hits, estimatedTotalHits: hits.length }).hits);
    if (firsts.length + bodyTotal < fewOf(stage, few)) {
      const completed = await complete(ask, stage, uniqueHits([...firsts, ...few]), window, rings, []);
      return { ...completed, facetDistribution };
    }
  }
  if (firsts.length > 0) {
    return { ...(await withFirsts(ask, firsts, body, rings, window)), widened: [], facetDistribution };
  }
  const hits = await readAround(ask, body, rings, window, bodyTotal, nearest);
  return { ...toPage(hits, bodyTotal), widened: [], facetDistribution };
}

/** Of the heads that put those at a place first and have more than were given: those at the place. */
async function askThere(
  ask: Ask,
  heads: readonly Step[],
  answers: readonly EngineAnswer[],
): Promise<(EngineAnswer | undefined)[]> {
  const steps = heads.map((head, index) =>
    head.thereFirst && answers[index]!.estimatedTotalHits > HEAD_MAX
      ? within(head, isIn('communeCodes', head.thereFirst))
      : undefined,
  );
  const asked = steps.filter((step) => step !== undefined);
  const found = asked.length === 0 ? [] : await ask(asked.map(toHeadQuery));
  return steps.map((step) => (step === undefined ? undefined : found.shift()));
}

function countingOf(facets: readonly string[]): { facets?: readonly string[] } {
  return facets.length === 0 ? {} : { facets };
}

function toHeadQuery(head: Step): EngineQuery {
  return toQuery(head, { offset: 0, limit: HEAD_MAX });
}

/** Everybody whom a step finds, when they are few. */
async function readFew(ask: Ask, step: Step): Promise<RetrievedDocument[]> {
  const [answer] = await ask([toHeadQuery(step)]);
  return exactFirst(step, answer!).hits;
}

/** Fewer results than this ask for what resembles them. */
function fewOf(stage: Stage, hits: readonly RetrievedDocument[]): number {
  return mayBeBegun(stage, hits) ? HEAD_MAX : COMPLEMENT_BELOW;
}

/**
 * Those of a head by ring; when the answer does not hold all of them each ring is asked for its own. A service comes first for
 * its name when it is near only.
 */
async function readHeadAround(
  ask: Ask,
  head: Step,
  answer: EngineAnswer,
  rings: Rings,
): Promise<RetrievedDocument[]> {
  const isWhole = answer.estimatedTotalHits <= answer.hits.length;
  const count = isService(head) ? rings.nearCount : rings.count;
  const answers = isWhole
    ? rings.part(answer.hits).map((hits) => ({ hits, estimatedTotalHits: hits.length }))
    : await ask(Array.from({ length: count }, (_, index) => toHeadQuery(inRing(head, rings, index))));
  return answers.flatMap((it) => readHead(head, it));
}

/** A page of a step's results by ring. @param nearest the beginning of the first ring, from {@link withFirstBlock} */
async function readAround(
  ask: Ask,
  step: Step,
  rings: Rings,
  window: PageWindow,
  total: number,
  nearest: EngineAnswer,
): Promise<RetrievedDocument[]> {
  const { estimatedTotalHits: near } = nearest;
  if (total <= PARTED_MAX && near < total && near < window.offset + window.limit) {
    const [few] = await ask([toQuery(step, { offset: 0, limit: PARTED_MAX })]);
    // Whoever declares something is in the rings of the area, and their places are elsewhere.
    const isParted = few!.hits.every((hit) => hit.kind === 'professional' || hit.kind === 'service');
    const parts = rings.part(few!.hits).map((hits) => ({ hits, estimatedTotalHits: hits.length }));
    const sorted = parts.flatMap((part) => nearestFirst(step, rings, part).hits);
    if (isParted) return sorted.slice(window.offset, window.offset + window.limit);
  }
  const hits: RetrievedDocument[] = [];
  let passed = 0;
  for (let index = 0; index < rings.count && passed < total && hits.length < window.limit; index += 1) {
    const from = Math.max(0, window.offset - passed);
    const block = withRingBlock(step, rings, { offset: from, limit: window.limit - hits.length });
    if (rings.filterOf(index) === undefined) continue;
    const [answer] = index === 0 ? [nearest] : await ask([toQuery(inRing(step, rings, index), block)]);
    const known = block.offset === 0 ? nearestFirst(step, rings, answer!).hits : answer!.hits;
    const start = from - block.offset;
    hits.push(...known.slice(start, start + window.limit - hits.length));
    passed += answer!.estimatedTotalHits;
  }
  return hits;
}

/** A page that begins within the first block is asked for from the block's beginning, and to its end at least. */
function withFirstBlock(step: Step, window: PageWindow): PageWindow {
  const size = firstBlockSizeOf(step);
  if (window.offset >= size || window.limit === 0) return window;
  return { offset: 0, limit: Math.max(size, window.offset + window.limit) };
}

function withRingBlock(step: Step, rings: Rings, window: PageWindow): PageWindow {
  if (!isByDistance(step, rings) || window.offset >= HEAD_MAX) return withFirstBlock(step, window);
  return window.limit === 0 ? window : { offset: 0, limit: Math.max(HEAD_MAX, window.offset + window.limit) };
}

function isByDistance({ q }: Step, { isInstead }: Rings): boolean {
  return q === '' && isInstead;
}

/** Of a ring where few are, who is meant for being near only comes by distance. */
function nearestFirst(step: Step, rings: Rings, answer: EngineAnswer): EngineAnswer {
  const { hits, estimatedTotalHits } = answer;
  return isByDistance(step, rings) && estimatedTotalHits <= HEAD_MAX
    ? { ...answer, hits: rings.sort(hits) }
    : exactFirst(step, answer);
}

function firstBlockSizeOf(step: Step): number {
  return step.calledFirst || step.isOfOnePlace || isLastBegun(step) ? HEAD_MAX : FIRST_BLOCK;
}

/** Among the first: those of one place, of them those who are there; then those called just so. */
function exactFirst(step: Step, answer: EngineAnswer): EngineAnswer {
  if (!step.calledFirst) {
    const hits = step.isOfOnePlace ? putThoseOfOnePlaceFirst(step, answer.hits) : answer.hits;
    return { ...answer, hits: putExactlyCalledFirst(step, hits) };
  }
  const called = readHead(step, { ...answer, hits: answer.hits.slice(0, HEAD_MAX) });
  return { ...answer, hits: uniqueHits([...called, ...answer.hits]) };
}

function putThoseOfOnePlaceFirst(step: Step, hits: RetrievedDocument[]): RetrievedDocument[] {
  const words = step.q.split(' ');
  const first = putThoseThereFirst(step, hits.slice(0, HEAD_MAX));
  const isJoined = (hit: RetrievedDocument) => isJoinedOfPlaces(hit, words);
  return uniqueHits([...first.filter((hit) => !isJoined(hit)), ...first, ...hits]);
}

function putThoseThereFirst({ thereFirst }: Step, hits: RetrievedDocument[]): RetrievedDocument[] {
  if (thereFirst === undefined) return hits;
  const codes = new Set(thereFirst);
  const isThere = ({ view }: RetrievedDocument) =>
    (view.l ?? []).some((place) => withParentCommune(place.c?.[1]).some((code) => codes.has(code)));
  return uniqueHits([...hits.filter(isThere), ...hits]);
}

/** To the engine a name of which the words are only a part is as good; of one name, those whose mailbox is read come first. */
function putExactlyCalledFirst({ q }: Step, hits: RetrievedDocument[]): RetrievedDocument[] {
  if (q === '') return hits;
  const exact = q.includes(' ') ? hits.slice(0, FIRST_BLOCK).filter((hit) => isCalledExactly(hit, q)) : [];
  return putReadFirst(exact.length === 0 ? hits : uniqueHits([...exact, ...hits]));
}

const STATUSES: readonly MailboxStatus[] = ['active', 'unknown', 'inactive'];

/** Of the first who have the same name, those whose mailbox is read today: the index knows the quarter only. */
function putReadFirst(hits: RetrievedDocument[]): RetrievedDocument[] {
  const now = new Date();
  const rankOf = ({ view }: RetrievedDocument) => {
    const ranks = (view.m ?? []).map((it) =>
      STATUSES.indexOf(mailboxStatusAt(fromShortMailbox(it).lastOpenedOn, now)),
    );
    return ranks.length === 0 ? STATUSES.length : Math.min(...ranks);
  };
  const first = hits.slice(0, FIRST_BLOCK);
  const byName = Map.groupBy(first, ({ family, given, view }) =>
    foldText(family === undefined ? view.n : `${family} ${given ?? ''}`),
  );
  if (byName.size === first.length) return hits;
  const sorted = new Map(
    [...byName].map(([name, same]) => [name, same.toSorted((a, b) => rankOf(a) - rankOf(b)).values()]),
  );
  const nameOf = new Map([...byName].flatMap(([name, same]) => same.map((hit) => [hit.id, name])));
  const put = first.map((hit) => sorted.get(nameOf.get(hit.id)!)!.next().value!);
  return [...put, ...hits.slice(FIRST_BLOCK)];
}

/** By these words and no other, in any order. */
function isCalledExactly({ family, given }: RetrievedDocument, q: string): boolean {
  const toSorted = (text: string) => foldText(text).split(' ').toSorted().join(' ');
  return toSorted(`${family ?? ''} ${given ?? ''}`) === toSorted(q);
}

/** Whether the last word is short, and some results only resemble what was typed. */
function mayBeBegun({ body, complements }: Stage, hits: readonly RetrievedDocument[]): boolean {
  if (!isLastBegun(body) || complements[0]?.widening !== 'other-words') return false;
  const words = body.q.split(' ');
  return hits.some((hit) => !isNamedSo(hit, words));
}

function isLastBegun({ q }: Step): boolean {
  return q.length - q.lastIndexOf(' ') - 1 <= BEGUN_LENGTH_MAX && q.includes(' ');
}

/** By each of the words, of the last the beginning. */
function isNamedSo({ family, given }: RetrievedDocument, words: readonly string[]): boolean {
  const names = ` ${foldText(`${family ?? ''} ${given ?? ''}`)} `;
  return (
    words.slice(0, -1).every((word) => names.includes(` ${word} `)) && names.includes(` ${words.at(-1)!}`)
  );
}

interface Answered {
  step: Step;
  answer: EngineAnswer;
}

/** Few results, then what resembles them: the first complement that has more than a few ends the list. */
async function complete(
  ask: Ask,
  stage: Stage,
  hits: readonly RetrievedDocument[],
  window: PageWindow,
  rings: Rings | undefined,
  answered: readonly Answered[],
): Promise<Omit<PlanPage, 'tried'>> {
  let known = hits;
  const widened: Widening[] = [];
  for (const [index, { step, widening, rings: ownRings }] of stage.complements.entries()) {
    const isByWords = widening === 'other-words';
    if (isByWords && isFound(stage, known)) continue;
    const isLast = index === stage.complements.length - 1 && !isByWords;
    const around = rings ?? ownRings?.();
    const isAsked = !isLast || !around;
    const answer = isAsked ? await askComplement(ask, step, known, window, answered) : NO_ANSWER;
    const total = known.length + answer.estimatedTotalHits;
    if (isByWords) {
      const { first, others } = putExactFirst(known, answer.hits, step.q);
      if (first.length > known.length - others.length) {
        known = [...first, ...others];
        widened.push(widening);
      }
    }
    if (isLast || answer.estimatedTotalHits > HEAD_MAX - known.length) {
      const all = uniqueHits([...known, ...answer.hits]);
      const end = window.offset + window.limit;
      const isHeld = isAsked && !around && (all.length >= end || all.length === total);
      const page = isHeld
        ? toPage(all.slice(window.offset, end), total)
        : await withFirsts(ask, known, step, around, window);
      const isWidened = page.total.value > known.length && !widened.includes(widening);
      return { ...page, widened: isWidened ? [...widened, widening] : widened };
    }
    if (answer.hits.length > 0 && !widened.includes(widening)) widened.push(widening);
    known = uniqueHits([...known, ...answer.hits]);
    if (known.length >= COMPLEMENT_BELOW) break;
  }
  return { ...toPage(known.slice(window.offset, window.offset + window.limit), known.length), widened };
}

/** Whether somebody is called exactly as typed, to the last letter: nobody asks then for other words. */
function isFound({ body }: Stage, hits: readonly RetrievedDocument[]): boolean {
  return body.q.includes(' ') && !isLastBegun(body) && hits.some((hit) => isCalledExactly(hit, body.q));
}

/** Without those who are known. What a head was answered as a whole is not asked for again. */
async function askComplement(
  ask: Ask,
  step: Step,
  known: readonly RetrievedDocument[],
  window: PageWindow,
  answered: readonly Answered[],
): Promise<EngineAnswer> {
  const same = answered.find((it) => isSameSearch(it.step, step))?.answer;
  if (same && same.estimatedTotalHits <= same.hits.length) {
    const ids = new Set(known.map((hit) => hit.id));
    const hits = same.hits.filter((hit) => !ids.has(hit.id));
    return { hits, estimatedTotalHits: hits.length };
  }
  const limit = Math.max(HEAD_MAX, window.limit);
  const [answer] = await ask([toQuery(excluding(step, known), { offset: 0, limit })]);
  return answer!;
}

function isSameSearch(a: Step, b: Step): boolean {
  return a.q === b.q && a.filter === b.filter && a.attributes?.join() === b.attributes?.join();
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
  if (head.isDeclared) return answer.hits;
  const words = head.q.split(' ');
  const last = words.at(-1)!;
  const isCalledSo = (hit: RetrievedDocument, isLastBegun: boolean) => {
    const places = [
      ...(hit.view.l ?? []).map((place) => `${place.o?.n ?? ''} ${place.c?.[0] ?? ''}`),
      ...(hit.view.m ?? []).map((mailbox) => fromShortMailbox(mailbox).address),
    ].join(' ');
    const called = head.isByTitle
      ? titlesOf(hit.view)
      : `${hit.view.n} ${hit.family ?? ''} ${hit.given ?? ''} ${isService(head) ? places : ''}`;
    const name = ` ${foldText(called)} `;
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
  const called = putExactlyCalledFirst(
    head,
    answer.hits.filter((hit) => isCalledSo(hit, head.mayBeBegun === true)),
  );
  // While the last word is typed, it is the beginning of a name.
  if (called.length > 0 || isService(head) || words.length === 1) return putThoseThereFirst(head, called);
  return answer.hits.filter((hit) => isCalledSo(hit, true));
}

/** The same as {@link withFirsts} of firsts that are all in the body, where its beginning holds the page. */
function withFirstsOfBody(
  firsts: readonly RetrievedDocument[],
  { hits, estimatedTotalHits }: EngineAnswer,
  window: PageWindow,
): Pick<StagePage, 'results' | 'total'> | undefined {
  const all = uniqueHits([...firsts, ...hits]);
  const end = window.offset + window.limit;
  return all.length < end ? undefined : toPage(all.slice(window.offset, end), estimatedTotalHits);
}

/** A page of some first results followed by a body that leaves them out. */
async function withFirsts(
  ask: Ask,
  firsts: readonly RetrievedDocument[],
  body: Step,
  rings: Rings | undefined,
  window: PageWindow,
) {
  const shown = firsts.slice(window.offset, window.offset + window.limit);
  const rest = {
    offset: Math.max(0, window.offset - firsts.length),
    limit: window.limit - shown.length,
  };
  const others = excluding(body, firsts);
  if (!rings) {
    const block = others.isOfOnePlace ? withFirstBlock(others, rest) : rest;
    const [answer] = await ask([toQuery(others, block)]);
    const found = others.isOfOnePlace && block.offset === 0 ? exactFirst(others, answer!) : answer!;
    const from = rest.offset - block.offset;
    const hits = found.hits.slice(from, from + rest.limit);
    return toPage([...shown, ...hits], firsts.length + answer!.estimatedTotalHits);
  }
  const [count, nearest] = await ask([
    toQuery(others, { offset: 0, limit: 0 }),
    toQuery(inRing(others, rings, 0), withRingBlock(others, rings, rest)),
  ]);
  const total = count!.estimatedTotalHits;
  const hits = await readAround(ask, others, rings, rest, total, nearest!);
  return toPage([...shown, ...hits], firsts.length + total);
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

function inRing(step: Step, rings: Rings, index: number): Step {
  return within(step, rings.filterOf(index) ?? NOBODY);
}

function uniqueHits(hits: readonly RetrievedDocument[]): RetrievedDocument[] {
  return [...new Map(hits.map((hit) => [hit.id, hit])).values()];
}
