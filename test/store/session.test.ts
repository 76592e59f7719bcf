import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';

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
