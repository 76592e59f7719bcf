import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Correspondent } from '#domain/correspondent.ts';
import { answerQuestion } from '#search/answer-question.ts';
import { INDEX_SETTINGS } from '#search/index-settings.ts';
import { waitForTask } from '#search/wait-for-task.ts';
import { professional, question } from './sample-correspondents.ts';
import { fillIndex, openTestEngine } from './test-index.ts';

const DAY_MS = 86_400_000;
const dayBefore = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

/** Mailbox: last opened so many days ago, never as far as is known, or none. */
function homonym(family: string, opened: number | 'unknown' | 'none', index: number): Correspondent {
  const lastOpenedOn = typeof opened === 'number' ? dayBefore(opened) : null;
  const address = `homonym${index}@x.mssante.fr`;
  return professional(family, 'Camille', {
    mailboxes: opened === 'none' ? [] : [{ address, type: 'PER', lastOpenedOn }],
  });
}

// Twice as many as a page, so that the order does not come from the first results alone.
const OPENED = ['none', 400, 'unknown', 3, 40] as const;
const few = OPENED.map((opened, index) => homonym('ROUVERAND', opened, index));
const many = Array.from({ length: 40 }, (_, index) => homonym('MASSEBEUF', OPENED[index % 5]!, 100 + index));
// Alike but for how many words their names have.
const oneName = Array.from({ length: 30 }, (_, index) => homonym('TALOBRE', 'none', 200 + index)).map((it) =>
  Object.assign(it, { profession: { code: '91', label: 'Orthophoniste' } }),
);
const twoNames = Array.from({ length: 30 }, (_, index) =>
  homonym('TALOBRE-VERDIER', 'none', 300 + index),
).map((it) => Object.assign(it, { profession: { code: '91', label: 'Orthophoniste' } }));

const engine = openTestEngine();
beforeAll(() => fillIndex(engine, [...few, ...many, ...oneName, ...twoNames]));
afterAll(() => engine[Symbol.asyncDispose]());

const nowhere = { where: undefined, whereElse: undefined, whereWords: undefined, near: undefined };
const search = async (asked: Parameters<typeof question>[0]) =>
  (await answerQuestion(engine, question(asked), nowhere)).results;

test('of one name, those whose mailbox is read come first, then unknown, not read, none', async () => {
  const found = await search({ text: 'rouverand camille' });
  const order = found.map((it) => few.findIndex(({ id }) => id === it.id));
  expect(order).toEqual([3, 2, expect.toBeOneOf([1, 4]), expect.toBeOneOf([1, 4]), 0]);
});

test('of many of one name, the first page has those whose mailbox was opened lately', async () => {
  const found = await search({ text: 'massebeuf', limit: 8 });
  expect(found.every(({ mailboxes: [mailbox] }) => (mailbox?.lastOpenedOn ?? '') >= dayBefore(140))).toBe(
    true,
  );
});

test('without a name, nobody comes first for having few names', async () => {
  const found = await search({ professionCodes: ['91'], limit: 20 });
  const withTwo = found.filter((it) => it.familyName === 'TALOBRE-VERDIER').length;
  expect(withTwo).toBeGreaterThan(2);
  expect(withTwo).toBeLessThan(18);
});

test('an index of before, which cannot sort, is searched all the same until it is replaced', async () => {
  const old = openTestEngine();
  try {
    await fillIndex(old, oneName.slice(0, 3));
    const { sortableAttributes: _, ...settings } = INDEX_SETTINGS;
    await waitForTask(
      old,
      await old.updateSettings(old.indexName, { ...settings, sortableAttributes: [] }),
      new AbortController().signal,
    );
    const { results } = await answerQuestion(old, question({ professionCodes: ['91'] }), nowhere);
    expect(results).toHaveLength(3);
  } finally {
    await old[Symbol.asyncDispose]();
  }
});
