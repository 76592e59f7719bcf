import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CorrespondentLog } from '#domain/change-log.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { CHANGES_MAX } from '#search/apply-changes.ts';
import { compareIndex } from '#search/compare-index.ts';
import { describeIndex } from '#search/describe-index.ts';
import type { SearchEngine } from '#search/engine.ts';
import { followChangeLog } from '#search/follow-change-log.ts';
import { DOCUMENT_VERSION } from '#search/index-settings.ts';
import type { IndexerEvent } from '#search/indexer-event.ts';
import { getLiveIndex, nextIndexOf } from '#search/live-index.ts';
import { rebuildIndex } from '#search/rebuild-index.ts';
import { answerQuestion } from '#search/answer-question.ts';
import { waitForTask } from '#search/wait-for-task.ts';
import type { TestLog } from './memory-correspondent-log.ts';
import { manyProfessionals, professional, question } from './sample-correspondents.ts';
import { openTestEngine } from './test-index.ts';

const never = new AbortController().signal;
const soon = { timeout: 20_000, interval: 20 };

/** What the indexer promises over any implementation of `CorrespondentLog`. `openLog` gives an empty one. */
export function testIndexing(openLog: () => Promise<TestLog>): void {
  let engine: ReturnType<typeof openTestEngine>;
  let store: TestLog;
  let stop: AbortController;
  let following: Promise<void>[];
  let events: IndexerEvent[];

  beforeEach(async () => {
    engine = openTestEngine();
    store = await openLog();
    stop = new AbortController();
    following = [];
    events = [];
  });
  afterEach(async () => {
    stop.abort();
    await Promise.all(following);
    await store[Symbol.asyncDispose]();
    await engine[Symbol.asyncDispose]();
  });

  const onEvent = (event: IndexerEvent): void => void events.push(event);
  const countOf = (type: IndexerEvent['type']): number =>
    events.filter((event) => event.type === type).length;
  const work = () => ({ engine, log: store.log, signal: stop.signal, onEvent });
  const follow = (
    from: { engine?: SearchEngine; log?: CorrespondentLog; signal?: AbortSignal } = {},
  ): void => {
    following.push(
      followChangeLog({ ...work(), pollIntervalMs: 200, retryMinMs: 20, retryMaxMs: 100, ...from }),
    );
  };
  const untilReady = () =>
    vi.waitFor(async () => {
      expect(await describeIndex(engine, store.log)).toMatchObject({ state: 'ready', lag: 0 });
    }, soon);
  /** The old index is deleted too. */
  const untilRebuilt = async (times: number): Promise<void> => {
    await vi.waitFor(() => expect(countOf('rebuild-finished')).toBe(times), soon);
    await untilReady();
  };
  const NO_PLACES = { where: undefined, whereElse: undefined, whereWords: undefined, near: undefined };
  const find = async (text: string): Promise<Correspondent[]> =>
    (await answerQuestion(engine, question({ text }), NO_PLACES)).results;
  const compare = (repair = false) => compareIndex({ ...work(), signal: never, repair });
  const expectEqual = async (): Promise<void> => {
    const report = await compare();
    expect(report).toMatchObject({ missing: { count: 0 }, extra: { count: 0 }, different: { count: 0 } });
    expect(report.indexed).toBe(report.stored);
  };

  describe('following the change log', () => {
    test('an empty engine gets an index of all there is, and says so while it is built', async () => {
      await store.put(...manyProfessionals(300));
      expect(await describeIndex(engine, store.log)).toEqual({
        state: 'absent',
        documents: 0,
        lag: undefined,
      });
      follow();
      await untilReady();
      expect(await describeIndex(engine, store.log)).toEqual({ state: 'ready', documents: 300, lag: 0 });
      expect(events[0]).toMatchObject({ type: 'rebuild-started', reason: 'no-index', documentsTotal: 300 });
      await expectEqual();
    });

    test('an empty store gives an empty index', async () => {
      follow();
      await untilReady();
      expect(await find('martin')).toEqual([]);
    });

    test('who is created, changed or removed is found, found changed, or found no more', async () => {
      follow();
      await untilReady();
      const person = professional('ZYLBERSTEIN', 'Ada');
      await store.put(person);
      await vi.waitFor(async () => {
        expect(await find('zylberstein')).toHaveLength(1);
      }, soon);
      expect(await find('zylberstein')).toStrictEqual(await store.log.loadCorrespondents([person.id]));
      const married = { ...person, familyName: 'WOZNIACKI', name: 'Ada WOZNIACKI' };
      await store.put(married);
      await vi.waitFor(async () => {
        expect(await find('wozniacki')).toHaveLength(1);
      }, soon);
      expect(await find('wozniacki')).toStrictEqual(await store.log.loadCorrespondents([person.id]));
      expect(await find('zylberstein')).toEqual([]);
      await store.remove(person.id);
      await vi.waitFor(async () => expect(await find('wozniacki')).toEqual([]), soon);
    });

    test('changes made while nobody followed are caught up', async () => {
      const [first, ...others] = manyProfessionals(50);
      await store.put(first!, ...others);
      await rebuildIndex(work());
      await store.remove(first!.id);
      await store.put(professional('ZYLBERSTEIN', 'Ada'));
      follow();
      await untilReady();
      expect(countOf('rebuild-started')).toBe(1);
      await expectEqual();
    });

    test('more changes than one batch holds all arrive', async () => {
      follow();
      await untilReady();
      await store.put(...manyProfessionals(CHANGES_MAX + 50));
      await untilReady();
      expect(await describeIndex(engine, store.log)).toMatchObject({ documents: CHANGES_MAX + 50 });
    });

    test('two followers do not write at once, and together miss nothing', async () => {
      follow();
      follow();
      await untilReady();
      for (const person of manyProfessionals(20)) await store.put(person);
      await untilReady();
      expect(countOf('rebuild-started')).toBe(1);
      await expectEqual();
    });

    test('an index of another version is rebuilt, and so is one that this store does not know', async () => {
      await store.put(...manyProfessionals(30));
      await rebuildIndex(work());
      const { incarnation, position } = await getLiveIndex(engine, store.log, never);
      await store.log.saveCursor(incarnation, { position: position!, documentVersion: 'older' });
      follow();
      await untilReady();
      const rebuilt = await getLiveIndex(engine, store.log, never);
      expect(rebuilt.incarnation).not.toBe(incarnation);
      await store.log.deleteCursor(rebuilt.incarnation);
      await untilReady();
      expect(events.filter((event) => event.type === 'rebuild-started').map((event) => event.reason)).toEqual(
        ['no-index', 'other-version', 'unknown-index'],
      );
      expect(
        (await store.log.findCursor((await getLiveIndex(engine, store.log, never)).incarnation))
          ?.documentVersion,
      ).toBe(DOCUMENT_VERSION);
    });

    test('an engine that lost its data gets them back', async () => {
      await store.put(...manyProfessionals(30));
      follow();
      await untilRebuilt(1);
      await waitForTask(engine, await engine.deleteIndex(engine.indexName), never);
      await untilRebuilt(2);
      await expectEqual();
    });

    test('failures of the engine are told and tried again, and nothing is skipped', async () => {
      let failing = false;
      const flaky = openTestEngine({
        fetch: (...asked) => (failing ? Promise.reject(new TypeError('fetch failed')) : fetch(...asked)),
      });
      await using _flaky = flaky;
      const flakyEngine = { ...flaky, indexName: engine.indexName };
      follow({ engine: flakyEngine });
      await untilRebuilt(1);
      failing = true;
      await store.put(...manyProfessionals(40));
      await vi.waitFor(() => expect(countOf('indexing-failed')).toBeGreaterThan(2), soon);
      expect(await describeIndex(engine, store.log)).toMatchObject({ lag: 40 });
      failing = false;
      await untilReady();
      await expectEqual();
    });

    test('a task that the engine gives up is sent again', async () => {
      follow();
      await untilReady();
      let canceled = 0;
      const send = engine.sendDocuments;
      engine.sendDocuments = async (index, ndjson, signal) => {
        canceled += 1;
        // What the engine cannot take: no id.
        return send(index, canceled < 3 ? '{"noId":1}' : ndjson, signal);
      };
      await store.put(professional('ZYLBERSTEIN', 'Ada'));
      await vi.waitFor(async () => expect(await find('zylberstein')).toHaveLength(1), soon);
      expect(countOf('indexing-failed')).toBe(2);
    });

    test('failures of the store are told and tried again', async () => {
      let failing = true;
      const log: CorrespondentLog = {
        ...store.log,
        onChange: (wake) => (failing ? Promise.reject(new Error('store away')) : store.log.onChange(wake)),
      };
      follow({ log });
      await vi.waitFor(() => expect(countOf('indexing-failed')).toBeGreaterThan(1), soon);
      failing = false;
      await untilReady();
    });
  });

  describe('a rebuild', () => {
    test('is never seen by searches: each finds all, before, during and after the swap', async () => {
      await store.put(...manyProfessionals(2000), professional('ZYLBERSTEIN', 'Ada'));
      await rebuildIndex(work());
      const before = await getLiveIndex(engine, store.log, never);
      const done = new AbortController();
      let searches = 0;
      const searching = (async () => {
        while (!done.signal.aborted) {
          expect(await find('zylberstein')).toHaveLength(1);
          searches += 1;
        }
      })();
      for (let round = 0; round < 3; round += 1) await rebuildIndex({ ...work(), force: true });
      done.abort();
      await searching;
      expect(searches).toBeGreaterThan(10);
      expect((await getLiveIndex(engine, store.log, never)).incarnation).not.toBe(before.incarnation);
      expect(await engine.findIndex(nextIndexOf(engine))).toBeUndefined();
      expect(await store.log.findCursor(before.incarnation)).toBeUndefined();
    });

    test('misses no change made while it runs, and the live index is followed meanwhile', async () => {
      const people = manyProfessionals(1500);
      await store.put(...people);
      follow();
      await untilReady();
      const done = new AbortController();
      const changing = (async () => {
        for (let round = 0; !done.signal.aborted; round += 1) {
          await store.put(
            { ...people[round % 500]!, civilite: `C${round}` },
            professional('NOUVEAU', `N${round}`),
          );
          await store.remove(people[500 + (round % 500)]!.id);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })();
      await rebuildIndex({ ...work(), force: true });
      done.abort();
      await changing;
      await untilReady();
      await expectEqual();
    });

    test.each([1, 2, 3, 5, 8, 12, 20])(
      'that is given up after %i requests is taken over by the next one',
      async (requests) => {
        await store.put(...manyProfessionals(200));
        const killed = new AbortController();
        let left = requests;
        const dying = openTestEngine({
          fetch: (...asked) => {
            left -= 1;
            if (left === 0) killed.abort(new Error('killed'));
            return fetch(...asked);
          },
        });
        await using _dying = dying;
        const dyingEngine = { ...dying, indexName: engine.indexName };
        await rebuildIndex({ ...work(), engine: dyingEngine, signal: killed.signal }).catch(() => undefined);
        await rebuildIndex({ ...work(), force: true });
        expect(await engine.findIndex(nextIndexOf(engine))).toBeUndefined();
        await expectEqual();
      },
    );

    test('leaves a sound index alone unless forced', async () => {
      await rebuildIndex(work());
      expect(await rebuildIndex(work())).toBeUndefined();
      expect(await rebuildIndex({ ...work(), force: true })).toMatchObject({ documents: 0 });
    });

    test('does not go live when it does not agree with the store', async () => {
      const people = manyProfessionals(100);
      await store.put(...people);
      const log: CorrespondentLog = {
        ...store.log,
        walkCorrespondents: (size) => withoutFirst(store.log.walkCorrespondents(size)),
      };
      await expect(rebuildIndex({ ...work(), log })).rejects.toThrow(/99 documents.*100/);
      expect(await engine.findIndex(engine.indexName)).toBeUndefined();
    });
  });

  describe('a comparison', () => {
    const spoil = async (): Promise<{ lost: string; added: string; altered: string }> => {
      const people = manyProfessionals(3000);
      await store.put(...people);
      await rebuildIndex(work());
      const { indexName } = engine;
      const [lost, altered] = [people[17]!.id, people[1234]!.id];
      await engine.deleteDocuments(indexName, [lost]);
      const lines = [
        JSON.stringify({ id: altered, rev: '0000000000000000' }),
        JSON.stringify({ id: 'professional-ghost', rev: '0000000000000001' }),
      ];
      await waitForTask(engine, await engine.sendDocuments(indexName, lines.join('\n')), never);
      return { lost, added: 'professional-ghost', altered };
    };

    test('names what is missing, extra or different, and changes nothing', async () => {
      const { lost, added, altered } = await spoil();
      for (const _round of [1, 2]) {
        expect(await compare()).toEqual({
          stored: 3000,
          indexed: 3000,
          missing: { count: 1, examples: [lost] },
          extra: { count: 1, examples: [added] },
          different: { count: 1, examples: [altered] },
          isTruncated: false,
          repaired: 0,
          lag: 0,
        });
      }
    });

    test('repairs exactly those', async () => {
      await spoil();
      expect(await compare(true)).toMatchObject({ repaired: 3, indexed: 3000 });
      await expectEqual();
    });

    test('takes changes on their way for no difference', async () => {
      await store.put(...manyProfessionals(100));
      await rebuildIndex(work());
      await store.put(...manyProfessionals(30));
      await expectEqual();
      follow();
      await store.put(...manyProfessionals(30));
      await expectEqual();
    });

    test('tells how late an index is that nobody could bring up to date', async () => {
      await rebuildIndex(work());
      await store.put(...manyProfessionals(5));
      // Another process holds the lock each time that following the log is tried, and lets it go for the reading.
      let asked = 0;
      const log: CorrespondentLog = {
        ...store.log,
        withIndexLock: async (incarnation, held) => {
          asked += 1;
          return asked % 2 === 1 ? undefined : store.log.withIndexLock(incarnation, held);
        },
      };
      const report = await compareIndex({ ...work(), log, repair: false, catchUpTimeoutMs: 1 });
      expect(report).toMatchObject({ missing: { count: 5 }, lag: 5 });
    });

    test('without an index is refused', async () => {
      await expect(compare()).rejects.toMatchObject({ code: 'search-unavailable' });
    });
  });
}

async function* withoutFirst(batches: AsyncIterable<Correspondent[]>): AsyncIterable<Correspondent[]> {
  let isFirst = true;
  for await (const batch of batches) {
    yield isFirst ? batch.slice(1) : batch;
    isFirst = false;
  }
}
