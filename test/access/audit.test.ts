import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { grantRole } from '#access/roles.ts';
import { listAudit } from '#store/audit.ts';
import { rowsOf } from '#store/store.ts';

import { openTestStore, STORE_KINDS } from '../support/test-store.ts';

const OPERATOR = { actor: { kind: 'operator' } } as const;

describe.each(STORE_KINDS)('the audit, with %s', (kind) => {
  let store: Awaited<ReturnType<typeof openTestStore>>;

  beforeAll(async () => {
    store = await openTestStore(kind);
  });

  afterAll(() => store[Symbol.asyncDispose]());

  test('tells who did what to what, the latest first', async () => {
    const grant = (target: string) =>
      grantRole(store.db, { who: '99000000001', role: 'coordinator', target }, OPERATOR);
    await grant('velay');
    await grant('forez');
    expect(await listAudit(store.db, { limit: 10 })).toMatchObject([
      { operation: 'grant-role', target: { kind: 'role', id: 'coordinator forez' } },
      {
        actorKind: 'operator',
        keyId: null,
        operation: 'grant-role',
        target: { kind: 'role', id: 'coordinator velay' },
        outcome: 'done',
        details: { rpps: '99000000001' },
      },
    ]);
    const target = { kind: 'role', id: 'coordinator velay' };
    expect(await listAudit(store.db, { target, limit: 10 })).toHaveLength(1);
  });

  test.each([
    sql`update audit_event set actor_name = 'x'`,
    sql`delete from audit_event`,
    sql`truncate audit_event`,
  ])('cannot be changed: %#', async (statement) => {
    const before = await listAudit(store.db, { limit: 10 });
    await expect(rowsOf(store.db, statement)).rejects.toThrow();
    expect(await listAudit(store.db, { limit: 10 })).toEqual(before);
  });
});
