import { RESULTS_MAX } from './question-filters.ts';
import type { PageWindow } from './ask-engine.ts';
import { allOf, isIn, not, type Filter } from './filter.ts';
import { COMPLEMENT_BELOW, type StagePage } from './plan-page.ts';
import { within, type Stage } from './search-plan.ts';

type RunStage = (stage: Stage, window: PageWindow) => Promise<StagePage | undefined>;
type Pages = readonly (StagePage | undefined)[];

/**
 * Those of a stage who are preferred, then the others; where both are few those around and what resembles them; then who is last.
 * Heads and body are parted alike, so that nobody is in two parts.
 */
export async function runPreferred(
  run: RunStage,
  stage: Stage,
  preferred: Filter,
  window: PageWindow,
): Promise<StagePage | undefined> {
  const { last, least, ...parted } = stage;
  const nearby = stage.complements.find((it) => it.rings !== undefined);
  const likely = stage.complements.filter((it) => it.rings === undefined);
  const isOther = allOf([not(preferred), last && not(last)])!;
  const ask = (filter: Filter, of: PageWindow, complements: Stage['complements'] = []) =>
    run(
      {
        ...parted,
        heads: stage.heads.map((head) => within(head, filter)),
        complements: complements.map((it) => ({ ...it, step: within(it.step, filter) })),
        body: within(stage.body, filter),
      },
      of,
    );
  const after = (before: number) => ({ offset: Math.max(0, window.offset - before), limit: window.limit });
  const askLast = (before: number) => last && ask(allOf([not(preferred), last])!, after(before));
  // On a first page how many come before changes nothing in what is asked.
  const isFirst = window.offset === 0;
  const othersAsked = isFirst && likely.length === 0 ? ask(isOther, window) : undefined;
  const lastAsked = isFirst ? askLast(0) : undefined;
  const [first] = await Promise.all([ask(preferred, window), othersAsked, lastAsked]);
  const before = countOf([first]);
  const complements = before >= COMPLEMENT_BELOW ? [] : likely;
  const others = await (othersAsked ?? ask(isOther, after(before), complements));
  const known = countOf([first, others]);
  const end = await (lastAsked ?? askLast(known));
  if (countOf([first, others, end]) < (least ?? 1)) return undefined;
  if (known >= COMPLEMENT_BELOW || nearby === undefined) return joinPages([first, others, end], window);
  const few = { offset: 0, limit: COMPLEMENT_BELOW };
  const there = await Promise.all([ask(preferred, few), ask(isOther, few, complements)]);
  const ids = there.flatMap((page) => page?.results ?? []).map(({ id }) => id);
  const isElsewhere = [stage.body.filter, last].map((it) => it && not(it));
  const around = await runPreferred(
    run,
    {
      ...parted,
      heads: [],
      complements: [],
      body: within(nearby.step, allOf([...isElsewhere, not(isIn('id', ids))])!),
      rings: nearby.rings,
    },
    allOf([preferred, nearby.rings!().nearFilter])!,
    after(known),
  );
  const widened = around && { ...around, widened: [nearby.widening] };
  const ending = await askLast(known + countOf([around]));
  return joinPages([first, others, widened, ending], window);
}

function countOf(pages: Pages): number {
  return pages.reduce((sum, page) => sum + (page?.total.value ?? 0), 0);
}

function joinPages(pages: Pages, window: PageWindow): StagePage {
  const given = pages.filter((page) => page !== undefined);
  const count = countOf(given);
  return {
    results: given.flatMap(({ results }) => results).slice(0, window.limit),
    total: {
      value: Math.min(count, RESULTS_MAX),
      exact: given.every(({ total }) => total.exact) && count <= RESULTS_MAX,
    },
    widened: given.flatMap(({ widened }) => widened),
  };
}
