import { describe, expect, test } from 'vitest';

import { askJudgedQueries, askThroughApi } from './ask-judged-queries.ts';
import floors from './floors.json' with { type: 'json' };
import { listJudgedQueries } from './list-judged-queries.ts';
import { measureClasses, toTable, type ClassMeasure } from './measure-classes.ts';
import { openRelevanceDirectory } from './relevance-directory.ts';

/** Making, importing and indexing the corpus included, where no earlier run left it. */
const TIMEOUT_MS = 600_000;

describe('judged queries', () => {
  test('no class falls under its floor', { timeout: TIMEOUT_MS }, async ({ signal }) => {
    await using directory = await openRelevanceDirectory(signal, () => undefined);
    const queries = listJudgedQueries(directory.paths);
    const measures = measureClasses(await askJudgedQueries(queries, askThroughApi(directory)));
    console.info(toTable(measures));
    expect(queries.length).toBeGreaterThanOrEqual(700);
    expect(Object.keys(floors), 'floors.json has exactly the classes').toEqual(
      measures.map((it) => it.class),
    );
    expect(measures.filter(isUnderFloor).map(describeFall)).toEqual([]);
  });
});

function isUnderFloor({ class: name, success }: ClassMeasure): boolean {
  // Floors have one decimal, rounded down.
  return Math.floor(success * 1000) / 10 < floors[name as keyof typeof floors];
}

function describeFall({ class: name, success }: ClassMeasure): string {
  return `${name}: ${(success * 100).toFixed(1)} %, and its floor is ${floors[name as keyof typeof floors]} %`;
}
