import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';

import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { rowsOf } from '#store/store.ts';

import { openTestStore, STORE_KINDS } from '../support/test-store.ts';

describe.each(STORE_KINDS)('a session on %s', (kind) => {
  it('keeps its temporary tables when another session gives a lock back', async () => {
    await using store = await openTestStore(kind);
    await using importing = await store.openSession();
    expect(await importing.tryLock('import')).toBe(true);
    await importing.db.execute(sql`create temp table staged (name text)`);
    {
      await using indexing = await store.openSession();
      expect(await indexing.tryLock('index:some')).toBe(true);
    }
    await importing.copyLines('staged', ['name'], ['VALLORBE\n']);
    expect(await rowsOf(importing.db, sql`select name from staged`)).toEqual([{ name: 'VALLORBE' }]);
  });

  it('leaves none of the tables that it staged', async () => {
    await using store = await openTestStore(kind);
    {
      await using importing = await store.openSession();
      await importing.db.execute(sql`create temp table staged (name text)`);
      await importing.copyLines('staged', ['name'], ['VALLORBE\n']);
    }
    // The server ends a session a little after its client has left.
    await expect
      .poll(() =>
        rowsOf(store.db, sql`select relname from pg_class where relpersistence = 't' and relkind = 'r'`),
      )
      .toEqual([]);
  });
});

describe.skipIf(!STORE_KINDS.includes('Postgres server'))('a session on a Postgres server', () => {
  it('gives its locks back when its client is gone in the middle of a long statement', async () => {
    await using store = await openTestStore('Postgres server');
    await using next = await store.openSession();
    {
      await using importing = await store.openSession();
      expect(await importing.tryLock('import')).toBe(true);
      importing.db.execute(sql`select pg_sleep(300)`).catch(() => undefined);
      const sleepers = sql`select pid from pg_stat_activity
        where wait_event = 'PgSleep' and datname = current_database()`;
      await expect.poll(() => rowsOf(store.db, sleepers)).toHaveLength(1);
    }
    await expect.poll(() => next.tryLock('import'), { timeout: 20_000 }).toBe(true);
  });

  it('whose connection is lost tells those who work under its lock that the database is away', async () => {
    await using store = await openTestStore('Postgres server');
    const lost = await openCorrespondentLog(store).withIndexLock('some', async (signal) => {
      await rowsOf(
        store.db,
        sql`select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
          where l.locktype = 'advisory' and d.datname = current_database()`,
      );
      await expect.poll(() => signal.aborted).toBe(true);
      return signal.reason as unknown;
    });
    expect(lost).toMatchObject({ code: 'store-unavailable' });
  });
});
