import { sql } from 'drizzle-orm';
import { expect, vi } from 'vitest';

import { rowOf, type Store } from '#store/store.ts';

/**
 * Resolves once every entry of the change log can be read. The log gives an entry only when no transaction that began
 * before it still runs, those of the databases beside it in the same server included, and tests share one.
 */
export async function untilSettled({ db }: Store): Promise<void> {
  await vi.waitFor(
    async () => {
      const { waiting } = await rowOf<{ waiting: number }>(
        db,
        sql`select count(*)::int as waiting from change_log where xid >= pg_snapshot_xmin(pg_current_snapshot())`,
      );
      expect(waiting).toBe(0);
    },
    { timeout: 20_000, interval: 20 },
  );
}
