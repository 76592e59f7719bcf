import { expect, test } from 'vitest';
import { isIn } from '#search/filter.ts';
import { waitForTask } from '#search/wait-for-task.ts';
import { openRandom, randomText } from './random-correspondent.ts';
import { openTestEngine } from './test-index.ts';

const FIXED = [
  'a\\b',
  'a\\',
  '\\',
  'a"b',
  'a\\"b',
  "a'b",
  '\\\\',
  '\\\\"',
  '"',
  '""',
  '" OR id != "',
  '01',
  '1',
  '1e0',
  'NaN',
  'null',
  'true',
  'IN [',
  '\u0000x',
  '😀',
  'a\nb',
  '  sp ',
  '_geoRadius(1,2,3)',
];

test('a filter finds exactly the documents that hold its value, and no value breaks out of it', async () => {
  await using engine = openTestEngine();
  const { indexName } = engine;
  const random = openRandom(3);
  const values = [...new Set([...FIXED, ...Array.from({ length: 400 }, () => randomText(random))])];
  await engine.createIndex(indexName);
  await engine.updateSettings(indexName, { filterableAttributes: ['value'] });
  const lines = values.map((value, id) => JSON.stringify({ id: `d${id}`, value }));
  const signal = new AbortController().signal;
  await waitForTask(engine, await engine.sendDocuments(indexName, lines.join('\n')), signal);
  const queries = values.map((value) => ({
    q: '',
    filter: isIn('value', [value]) as string,
    offset: 0,
    limit: 1000,
    matchingStrategy: 'all' as const,
    attributesToRetrieve: ['id', 'value'],
  }));
  const answers = await engine.multiSearch(indexName, queries);
  for (const [index, value] of values.entries()) {
    const found = answers[index]!.hits.map((hit) => (hit as unknown as { value: string }).value);
    expect(found, JSON.stringify(value)).toContain(value);
    // The engine compares without regard to case and form.
    for (const other of found) expect(foldedBy(other)).toBe(foldedBy(value));
  }
});

test('a filter on no value keeps nothing', async () => {
  await using engine = openTestEngine();
  const { indexName } = engine;
  await engine.createIndex(indexName);
  await engine.updateSettings(indexName, { filterableAttributes: ['value'] });
  const signal = new AbortController().signal;
  await waitForTask(engine, await engine.sendDocuments(indexName, '{"id":"a","value":"x"}'), signal);
  const query = {
    q: '',
    filter: isIn('value', []) as string,
    offset: 0,
    limit: 10,
    matchingStrategy: 'all' as const,
    attributesToRetrieve: ['id'],
  };
  expect((await engine.search(indexName, query)).hits).toEqual([]);
});

function foldedBy(text: string): string {
  return text.normalize('NFKD').toLowerCase().normalize('NFKD').trim();
}
