import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Directory } from '#directory/directory.ts';
import type { Actor } from '#domain/actor.ts';
import { patchProfile } from '#profiles/practitioner/edit-profile.ts';
import { reportMailboxActivity } from '#profiles/mailbox-activity/report-mailbox-activity.ts';
import { checkWithheldInStore } from '#store/withheld.ts';
import { NO_METRICS } from '#telemetry/metrics.ts';

import { createApp } from '../../src/app.ts';
import { activity, openOfficialFolder, serviceMailbox } from '../support/official-files.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { STORE_KINDS } from '../support/test-store.ts';

const OPERATOR: Actor = {
  kind: 'application',
  keyId: 'k1',
  name: 'opérateur',
  scopes: ['mailbox-activity:exemple.mssante.fr'],
};
const COUNT = 12;
/** Every third mailbox is active until this midnight of UTC, every third person present until this midnight of France. */
const UTC_MIDNIGHT_MS = Date.parse('2026-07-02T00:00:00Z');
const FRENCH_MIDNIGHT_MS = Date.parse('2026-07-01T22:00:00Z');
const addressOf = (index: number) => `box${index}@exemple.mssante.fr`;
const rppsOf = (index: number) => `990000001${String(index).padStart(2, '0')}`;

interface Page {
  results: { rpps: string | null; mailboxes: { address: string; status: string }[] }[];
  total: { value: number };
  next: string | null;
}

describe.each(STORE_KINDS)('at midnight, with %s', (kind) => {
  let directory: TestDirectory;
  let app: ReturnType<typeof createApp>;
  let clock: () => Date;

  beforeAll(async () => {
    directory = await openTestDirectory(kind);
    await importPeople();
    const openings = Array.from({ length: COUNT }, (_, index) =>
      JSON.stringify({
        address: addressOf(index),
        openedAt: index % 3 === 0 ? '2026-06-01T08:00:00Z' : '2026-06-10T08:00:00Z',
      }),
    );
    const { db } = directory.store;
    await reportMailboxActivity(db, OPERATOR, openings.join('\n'), new Date('2026-06-10T09:00:00Z'));
    for (let index = 0; index < COUNT; index += 3) {
      const practitionerId = `8${rppsOf(index)}`;
      const by = { kind: 'owner', name: 'X' } as const;
      const request = {
        practitionerId,
        by,
        audit: { actor: { kind: 'operator' } },
        editor: undefined,
      } as const;
      const awayPeriods = [{ start: '2026-07-02', end: '2026-07-20' }];
      await patchProfile(db, { ...request, baseVersion: 0 }, { awayPeriods });
    }
    await directory.untilIndexed();
    const served: Directory = {
      ...directory,
      withheld: checkWithheldInStore(db),
      now: () => clock(),
    };
    app = createApp({
      openDirectory: () => served,
      checkHealth: async () => [],
      reading: () => 'open',
      metrics: NO_METRICS,
    });
  });

  afterAll(() => directory[Symbol.asyncDispose]());

  async function importPeople() {
    await using folder = await openOfficialFolder();
    const indexes = [...Array(COUNT).keys()];
    const rpps = await folder.writeActivity(indexes.map((index) => activity(rppsOf(index))));
    const mssante = await folder.writeMailboxes(indexes.map((index) => serviceMailbox(addressOf(index))));
    await directory.import([
      { source: 'rpps', path: rpps },
      { source: 'mssante', path: mssante },
    ]);
  }

  const ask = async (query: string): Promise<Page> => {
    const answer = await app.fetch(new Request(`http://localhost/v1/correspondents?${query}`));
    expect(answer.status).toBe(200);
    return (await answer.json()) as Page;
  };

  /** The pages of a walk: one before that midnight, the others after. */
  const walkOver = async (midnightMs: number, query: string): Promise<Page[]> => {
    clock = () => new Date(midnightMs - 30_000);
    const pages = [await ask(`${query}&limit=4`)];
    clock = () => new Date(midnightMs + 30_000);
    for (let next = pages[0]!.next; next !== null; next = pages.at(-1)!.next)
      pages.push(await ask(`${query}&limit=4&cursor=${next}`));
    return pages;
  };

  test('a walk of active mailboxes passes over none that still is, and gives none that is no more', async () => {
    const [first, ...others] = await walkOver(UTC_MIDNIGHT_MS, 'kind=service&mailboxStatus=active');
    expect(first!.total.value).toBe(COUNT);
    const later = others.flatMap((page) => page.results.map((it) => it.mailboxes[0]!));
    expect(new Set(later.map((it) => it.status))).toEqual(new Set(['active']));
    const given = [...first!.results.map((it) => it.mailboxes[0]!), ...later].map((it) => it.address);
    expect(new Set(given).size).toBe(given.length);
    const stillActive = [...Array(COUNT).keys()].filter((index) => index % 3 !== 0).map(addressOf);
    expect(given).toEqual(expect.arrayContaining(stillActive));
    expect(await walkAll('kind=service&mailboxStatus=active')).toBe(stillActive.length);
  });

  test('a walk of who is present passes over nobody who still is, and gives nobody who is away', async () => {
    const [first, ...others] = await walkOver(FRENCH_MIDNIGHT_MS, 'kind=professional&present=true');
    expect(first!.total.value).toBe(COUNT);
    const later = others.flatMap((page) => page.results.map((it) => it.rpps!));
    const leaving = [...Array(COUNT).keys()].filter((index) => index % 3 === 0).map(rppsOf);
    expect(later.filter((it) => leaving.includes(it))).toEqual([]);
    const given = [...first!.results.map((it) => it.rpps!), ...later];
    expect(new Set(given).size).toBe(given.length);
    expect(new Set([...given, ...leaving]).size).toBe(COUNT);
    expect(await walkAll('kind=professional&present=true')).toBe(COUNT - leaving.length);
  });

  test('an answer that is made meanwhile is of one day', async () => {
    let calls = 0;
    clock = () => new Date(UTC_MIDNIGHT_MS - 1 + (calls++ === 0 ? 0 : 2));
    const { results } = await ask('kind=service&mailboxStatus=active&limit=50');
    expect(results.map((it) => it.mailboxes[0]!.status)).toEqual(Array(COUNT).fill('active'));
  });

  test('a cursor that is older than a day goes on with the days of today', async () => {
    clock = () => new Date(UTC_MIDNIGHT_MS - 2 * 86_400_000);
    const { next } = await ask('kind=service&mailboxStatus=active&limit=4');
    clock = () => new Date(UTC_MIDNIGHT_MS + 30_000);
    const page = await ask(`kind=service&mailboxStatus=active&limit=4&cursor=${next}`);
    expect(page.total.value).toBe(COUNT - COUNT / 3);
  });

  /** How many a new walk gives now. */
  async function walkAll(query: string): Promise<number> {
    let count = 0;
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = await ask(`${query}&limit=5${cursor === '' ? '' : `&cursor=${cursor}`}`);
      count += page.results.length;
      cursor = page.next;
    }
    return count;
  }
});
