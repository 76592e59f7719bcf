import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Directory } from '#directory/directory.ts';
import { findCorrespondents } from '#directory/find-correspondents.ts';
import { getCorrespondent } from '#directory/get-correspondent.ts';
import type { Actor } from '#domain/actor.ts';
import { mailboxStatusAt } from '#domain/mailbox-status.ts';
import { declareMailboxChannels } from '#profiles/mailbox-activity/declare-mailbox-channels.ts';
import { reportMailboxActivity } from '#profiles/mailbox-activity/report-mailbox-activity.ts';
import { refreshIndexedDays } from '#store/mailbox-activity.ts';
import { rowOf, rowsOf, type Database } from '#store/store.ts';
import { checkWithheldInStore } from '#store/withheld.ts';

import { activity, openOfficialFolder, personalMailbox, serviceMailbox } from '../support/official-files.ts';
import { openRandom } from '../search/random-correspondent.ts';
import { question } from '../search/sample-correspondents.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { openTestStore, STORE_KINDS } from '../support/test-store.ts';

const OPERATOR: Actor = {
  kind: 'application',
  keyId: 'k1',
  name: 'opérateur',
  scopes: ['search', 'mailbox-activity:exemple.mssante.fr'],
};
const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-06-01T08:00:00Z');
const dayAt = (day: number) => new Date(START_MS + day * DAY_MS);
const line = (address: string, openedAt: Date) =>
  JSON.stringify({ address, openedAt: openedAt.toISOString() });

async function countWrites(db: Database): Promise<number> {
  const { value } = await rowOf<{ value: number }>(
    db,
    sql`select case when is_called then last_value else 0 end::int as value from change_log_seq`,
  );
  return value;
}

describe.each(STORE_KINDS)('mailbox activity with %s', (kind) => {
  let directory: TestDirectory;
  const served = (now: Date): Directory => ({
    ...directory,
    withheld: checkWithheldInStore(directory.store.db),
    now: () => now,
  });
  const statusAt = async (address: string, now: Date) => {
    const found = await getCorrespondent(served(now), address);
    return mailboxStatusAt(found.mailboxes.find((it) => it.address === address)!.lastOpenedOn, now);
  };

  beforeAll(async () => {
    directory = await openTestDirectory(kind);
    await using folder = await openOfficialFolder();
    const rpps = await folder.writeActivity([activity('99000000001'), activity('99000000002')]);
    const mssante = await folder.writeMailboxes([
      personalMailbox('99000000001', 'isaure@exemple.mssante.fr'),
      personalMailbox('99000000002', 'autre@ailleurs.mssante.fr'),
      serviceMailbox('cardio@exemple.mssante.fr'),
    ]);
    await directory.import([
      { source: 'rpps', path: rpps },
      { source: 'mssante', path: mssante },
    ]);
  });

  afterAll(() => directory[Symbol.asyncDispose]());

  test('the last opening counts, in whatever order and however often it is told', async () => {
    const { db } = directory.store;
    const address = 'isaure@exemple.mssante.fr';
    expect(await statusAt(address, dayAt(3))).toBe('unknown');
    const body = [line(address, dayAt(2)), line(address, dayAt(-40)), line(address, dayAt(1))].join('\n');
    const report = await reportMailboxActivity(db, OPERATOR, body, dayAt(3));
    expect(report).toEqual({ lines: 3, accepted: 3, faultCount: 0, faults: [] });
    const writes = await countWrites(db);
    await reportMailboxActivity(db, OPERATOR, body, dayAt(3));
    await reportMailboxActivity(db, OPERATOR, line(address, dayAt(-3)), dayAt(3));
    expect(await countWrites(db)).toBe(writes);
    expect(await statusAt(address, dayAt(3))).toBe('active');
    expect(await statusAt(address, dayAt(32))).toBe('active');
    expect(await statusAt(address, dayAt(33))).toBe('inactive');
  });

  test('a mailbox that the index holds for inactive is shown as it is', async () => {
    const { db } = directory.store;
    await directory.untilIndexed();
    // As when the index is behind: the truth is known, its document is not yet written.
    await db.execute(sql`insert into mailbox_activity values ('isaure@exemple.mssante.fr', ${dayAt(60).toISOString()}::timestamptz)
      on conflict (address) do update set opened_at = excluded.opened_at`);
    const { results } = await findCorrespondents(served(dayAt(70)), question({ rpps: '99000000001' }));
    expect(results[0]!.mailboxes[0]!.lastOpenedOn).toBe('2026-07-31');
  });

  test('a search keeps those with an active mailbox, until the day it is no more', async () => {
    const { db } = directory.store;
    await reportMailboxActivity(db, OPERATOR, line('cardio@exemple.mssante.fr', dayAt(100)), dayAt(100));
    await directory.untilIndexed();
    const found = async (day: number) => {
      const asked = question({ mailboxStatus: 'active', kinds: ['service'] });
      return (await findCorrespondents(served(dayAt(day)), asked)).results.map(
        (it) => it.mailboxes[0]!.address,
      );
    };
    expect(await found(100)).toEqual(['cardio@exemple.mssante.fr']);
    expect(await found(130)).toEqual(['cardio@exemple.mssante.fr']);
    expect(await found(131)).toEqual([]);
  });

  test.each([
    ['{"address":"autre@ailleurs.mssante.fr","openedAt":"2026-06-01T08:00:00Z"}', 'address'],
    ['{"address":"x@sub.exemple.mssante.fr","openedAt":"2026-06-01T08:00:00Z"}', 'address'],
    ['{"address":"255081416802538@patient.mssante.fr","openedAt":"2026-06-01T08:00:00Z"}', 'address'],
    ['{"address":"isaure","openedAt":"2026-06-01T08:00:00Z"}', 'address'],
    ['{"openedAt":"2026-06-01T08:00:00Z"}', 'address'],
    ['{"address":"isaure@exemple.mssante.fr","openedAt":"2026-06-01T08:03:00Z"}', 'openedAt'],
    ['{"address":"isaure@exemple.mssante.fr","openedAt":"2026-06-01"}', 'openedAt'],
    ['{"address":"isaure@exemple.mssante.fr","openedAt":"2026-02-30T08:00:00Z"}', 'openedAt'],
    ['{"address":"isaure@exemple.mssante.fr","openedAt":"2026-06-01T08:00:00"}', 'openedAt'],
    ['{"address":"isaure@exemple.mssante.fr","openedAt":"1999-12-31T23:59:59Z"}', 'openedAt'],
    ['{"address":"isaure@exemple.mssante.fr","openedAt":"2026-06-01T08:00:00Z","by":"x"}', ''],
    ['[1]', ''],
    ['nonsense', ''],
    [`{"address":"${'a'.repeat(2000)}"}`, ''],
  ])('%s is a fault of its line, and the others are taken', async (bad, pointer) => {
    const good = line('cardio@exemple.mssante.fr', dayAt(-1));
    const report = await reportMailboxActivity(
      directory.store.db,
      OPERATOR,
      `${good}\n\n${bad}\n${good}`,
      dayAt(0),
    );
    expect(report).toMatchObject({ lines: 3, accepted: 2, faultCount: 1, faults: [{ line: 3, pointer }] });
    expect(JSON.stringify(report)).not.toContain('255081416802538');
  });

  test('nobody but a key of the domain is believed, and a call of 50,001 lines is refused', async () => {
    const { db } = directory.store;
    const good = line('cardio@exemple.mssante.fr', dayAt(-1));
    for (const actor of [{ kind: 'anonymous' }, { ...OPERATOR, scopes: ['admin', 'search'] }] as Actor[]) {
      expect(await reportMailboxActivity(db, actor, good, dayAt(0))).toMatchObject({
        accepted: 0,
        faultCount: 1,
      });
    }
    await expect(
      reportMailboxActivity(db, OPERATOR, `${good}\n`.repeat(50_001), dayAt(0)),
    ).rejects.toMatchObject({ code: 'request-invalid' });
  });

  test('a search keeps those whose mailbox can receive what is asked for, as declared by its operator', async () => {
    const { db } = directory.store;
    const declare = (address: string, channels: unknown) =>
      declareMailboxChannels(db, OPERATOR, JSON.stringify({ address, channels }));
    const found = async () => {
      await directory.untilIndexed();
      const asked = question({ channels: ['video', 'expertiseRequest'] });
      return (await findCorrespondents(served(dayAt(0)), asked)).results.map((it) => it.mailboxes);
    };
    await declare('isaure@exemple.mssante.fr', ['video', 'instantConversation']);
    expect(await found()).toEqual([
      [
        expect.objectContaining({
          address: 'isaure@exemple.mssante.fr',
          channels: ['instantConversation', 'video'],
        }),
      ],
    ]);
    const writes = await countWrites(db);
    await declare('isaure@exemple.mssante.fr', ['instantConversation', 'video']);
    expect(await countWrites(db)).toBe(writes);
    expect(await declare('autre@ailleurs.mssante.fr', ['video'])).toMatchObject({ accepted: 0 });
    expect(await declare('cardio@exemple.mssante.fr', ['fax'])).toMatchObject({
      faults: [{ pointer: 'channels' }],
    });
    await declare('isaure@exemple.mssante.fr', []);
    expect(await found()).toEqual([]);
  });
});

describe.each(STORE_KINDS)('days in the index with %s', (kind) => {
  test('are never wrong about who is active, however mailboxes are opened, and cost one write a month for daily ones', async () => {
    await using store = await openTestStore(kind);
    const { db } = store;
    const DAYS = 95;
    const random = openRandom(11);
    // From opened every day to opened every other month.
    const chances = Array.from({ length: 40 }, (_, index) => (index < 10 ? 1 : 1 / (index - 8)));
    await db.execute(sql`insert into mailbox (address, type, stated_at)
      select 'b' || n || '@exemple.mssante.fr', 'ORG', now() from generate_series(0, 39) n`);
    await db.execute(sql`insert into mailbox_holder (id, address, service_name, stated_at)
      select gen_random_uuid(), 'b' || n || '@exemple.mssante.fr', 'service', now() from generate_series(0, 39) n`);
    const opened = new Map<string, string>();
    let dailyWrites = 0;
    for (let day = 0; day < DAYS; day += 1) {
      const today = dayAt(day);
      const lines = chances.flatMap((chance, index) => {
        if (random() >= chance) return [];
        const address = `b${index}@exemple.mssante.fr`;
        opened.set(address, today.toISOString().slice(0, 10));
        return [line(address, new Date(today.getTime() - 1000))];
      });
      await reportMailboxActivity(db, OPERATOR, lines.join('\n'), today);
      await refreshIndexedDays(db, today);
      const rows = await rowsOf<{ address: string; day: string | null }>(
        db,
        sql`select address, last_opened_on::text as day from mailbox`,
      );
      for (const { address, day: indexed } of rows) {
        expect(mailboxStatusAt(indexed, today), `${address} on day ${day}`).toBe(
          mailboxStatusAt(opened.get(address) ?? null, today),
        );
        if (day > 0 && Number(/\d+/.exec(address)![0]) < 10 && indexed === today.toISOString().slice(0, 10)) {
          dailyWrites += 1;
        }
      }
    }
    expect(dailyWrites).toBeLessThanOrEqual(10 * Math.ceil(DAYS / 28));
    expect(dailyWrites).toBeGreaterThanOrEqual(10 * Math.floor(DAYS / 30));
  });
});
