import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  listDelegateNames,
  listDelegates,
  listDelegatorsOf,
  nameDelegate,
  revokeDelegate,
} from '#profiles/practitioner/delegates.ts';
import {
  forgetContact,
  listContacts,
  putContact,
  verifyContact,
} from '#profiles/practitioner/private-contacts.ts';
import { NO_SENDER } from '#profiles/sender.ts';

import { openMessageHook, type MessageHook } from '../support/message-hook.ts';
import { openTestStore, STORE_KINDS } from '../support/test-store.ts';

const ISAURE = '899000000001';
const TODAY = '2026-11-20';
const ODILE = 'email:https://auth.exemple.fr odile@cabinet.fr';
const OPERATOR = { actor: { kind: 'operator' } } as const;

describe.each(STORE_KINDS)('the owner of a page, with %s', (kind) => {
  let store: Awaited<ReturnType<typeof openTestStore>>;
  let hook: MessageHook;

  beforeAll(async () => {
    store = await openTestStore(kind);
    hook = await openMessageHook();
  });

  afterAll(async () => {
    await hook[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });

  const delegate = (who: string, until?: string) =>
    nameDelegate(store.db, ISAURE, { delegate: who, name: 'Odile', until }, TODAY, OPERATOR);

  test('names delegates by number or address, until a day or until revoked', async () => {
    const id = await delegate(' Odile@Cabinet.fr ');
    await delegate('99000000007', '2026-12-01');
    const delegators = (names: string[], day = TODAY) => listDelegatorsOf(store.db, names, day);
    expect(await delegators([ODILE])).toStrictEqual([ISAURE]);
    expect(await delegators(['rpps:99000000007', ODILE])).toStrictEqual([ISAURE]);
    expect(await delegators(['rpps:99000000007'], '2026-12-01')).toStrictEqual([ISAURE]);
    expect(await delegators(['rpps:99000000007'], '2026-12-02')).toStrictEqual([]);
    expect(await delegators([])).toStrictEqual([]);
    expect((await listDelegates(store.db, ISAURE, TODAY)).map((it) => it.delegate)).toStrictEqual([
      'odile@cabinet.fr',
      '99000000007',
    ]);
    const names = [ODILE, 'subject:https://auth.exemple.fr odile@cabinet.fr', 'rpps:99000000001'];
    expect(await listDelegateNames(store.db, ISAURE, names, TODAY)).toStrictEqual([ODILE]);
    await revokeDelegate(store.db, ISAURE, id, OPERATOR);
    expect(await delegators([ODILE])).toStrictEqual([]);
    await expect(revokeDelegate(store.db, ISAURE, id, OPERATOR)).rejects.toMatchObject({
      code: 'delegation-not-found',
    });
  });

  test.each([
    ['nobody', 'x', undefined, 'body.delegate'],
    ['a wrong number', '12345678901234', undefined, 'body.delegate'],
    ['a day that is over', '99000000007', '2026-11-19', 'body.until'],
    ['a day that is none', '99000000007', '2026-99-99', 'body.until'],
    ['the 31st of a short month', '99000000007', '2026-11-31', 'body.until'],
  ])('cannot name %s', async (_, who, until, pointer) => {
    await expect(delegate(who, until)).rejects.toMatchObject({ data: { faults: [{ pointer }] } });
  });

  test('cannot revoke a delegate of somebody else', async () => {
    const id = await delegate('99000000008');
    await expect(revokeDelegate(store.db, '899000000002', id, OPERATOR)).rejects.toMatchObject({
      code: 'delegation-not-found',
    });
  });

  test('is told things at an address once its code came back, and only then', async () => {
    await putContact(store.db, hook.sender, ISAURE, { kind: 'phone', address: '06 12 34 56 78' }, OPERATOR);
    const { to, text } = hook.taken.at(-1)!;
    expect(to).toStrictEqual({ kind: 'phone', address: '+33612345678' });
    const code = /\d{6}/.exec(text)![0];
    const wrong = code === '000000' ? '000001' : '000000';
    await expect(verifyContact(store.db, ISAURE, 'phone', wrong, OPERATOR)).rejects.toMatchObject({
      code: 'code-wrong',
    });
    expect(await listContacts(store.db, ISAURE)).toEqual([
      { kind: 'phone', address: '+33612345678', isVerified: false },
    ]);
    await verifyContact(store.db, ISAURE, 'phone', code, OPERATOR);
    expect((await listContacts(store.db, ISAURE))[0]!.isVerified).toBe(true);
    await expect(verifyContact(store.db, ISAURE, 'phone', code, OPERATOR)).rejects.toMatchObject({
      code: 'code-wrong',
    });
    await forgetContact(store.db, ISAURE, 'phone', OPERATOR);
    expect(await listContacts(store.db, ISAURE)).toEqual([]);
  });

  test('cannot have codes sent one after the other, nor try more than five', async () => {
    const contact = { kind: 'email' as const, address: 'isaure@exemple.fr' };
    await putContact(store.db, hook.sender, ISAURE, contact, OPERATOR);
    const code = /\d{6}/.exec(hook.taken.at(-1)!.text)![0];
    await expect(putContact(store.db, hook.sender, ISAURE, contact, OPERATOR)).rejects.toMatchObject({
      code: 'too-many-requests',
    });
    const wrong = code === '000000' ? '000001' : '000000';
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(verifyContact(store.db, ISAURE, 'email', wrong, OPERATOR)).rejects.toThrow();
    await expect(verifyContact(store.db, ISAURE, 'email', code, OPERATOR)).rejects.toMatchObject({
      code: 'code-wrong',
    });
  });

  test.each([
    ['email', 'x'],
    ['email', 'a@b@c.fr'],
    ['phone', '12'],
    ['phone', 'zéro six'],
  ] as const)('is not told things by %s at %s', async (contactKind, address) => {
    await expect(
      putContact(store.db, hook.sender, '899000000005', { kind: contactKind, address }, OPERATOR),
    ).rejects.toMatchObject({ code: 'request-invalid' });
  });

  test('is told when nothing can be sent from here', async () => {
    await expect(
      putContact(store.db, NO_SENDER, '899000000006', { kind: 'email', address: 'a@exemple.fr' }, OPERATOR),
    ).rejects.toMatchObject({ code: 'sender-missing' });
  });
});
