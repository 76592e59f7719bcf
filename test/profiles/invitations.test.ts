import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { hashSecret } from '#access/secrets.ts';
import type { Actor } from '#domain/actor.ts';
import { AppError } from '#domain/errors.ts';
import { invite } from '#profiles/territories/invite.ts';
import { listTerritoryInvitations } from '#profiles/territories/list-territory-invitations.ts';
import { openInvitation, readInvitation } from '#profiles/territories/open-invitation.ts';
import { readBoard } from '#profiles/territories/read-board.ts';
import { NO_SENDER, type Message } from '#profiles/sender.ts';
import { listAudit } from '#store/audit.ts';
import { rowsOf } from '#store/store.ts';
import { putTerritories } from '#store/territories.ts';
import { withhold } from '#store/withheld.ts';

import { activity, openOfficialFolder, personalMailbox } from '../support/official-files.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';
import { STORE_KINDS } from '../support/test-store.ts';

const person = (rpps: string | null): Actor => ({
  kind: 'person',
  subject: 'x y',
  name: 'X',
  knownAs: [],
  rpps,
  isAdministrator: true,
  territories: ['velay'],
  organizations: [],
  application: null,
});
const MANY = Array.from({ length: 12 }, (_, index) => `990000000${20 + index}`);
const AUDIT = { actor: { kind: 'operator' } } as const;

describe.each(STORE_KINDS)('invitations with %s', (kind) => {
  let directory: TestDirectory;
  let sent: Message[] = [];
  let isDown = false;
  const sender = {
    send: async (message: Message) => {
      if (isDown) throw new AppError('sender-unavailable', 'It does not answer.', {});
      sent.push(message);
    },
  };
  const send = (
    people: { rpps: string; email?: string }[],
    by = sender,
    {
      territoryId = 'velay',
      isAgain = false,
      signal,
    }: { territoryId?: string; isAgain?: boolean; signal?: AbortSignal } = {},
  ) =>
    invite(directory.store.db, by, {
      territoryId,
      people,
      isAgain,
      signal,
      origin: 'https://annuaire.exemple.fr',
      audit: AUDIT,
    });
  const tokenOf = ({ text }: Message) => /\/invitation\/(\S+)/.exec(text)![1]!;

  beforeAll(async () => {
    directory = await openTestDirectory(kind);
    await using folder = await openOfficialFolder();
    const rpps = await folder.writeActivity([
      activity('99000000001'),
      ...MANY.map((it) => activity(it)),
      activity('99000000002'),
      activity('99000000003', { 'Code commune (coord. structure)': '43001' }),
    ]);
    const mssante = await folder.writeMailboxes([personalMailbox('99000000001', 'un@exemple.mssante.fr')]);
    await directory.import([
      { source: 'rpps', path: rpps },
      { source: 'mssante', path: mssante },
    ]);
    await putTerritories(directory.store.db, [
      { id: 'velay', name: 'CPTS du Velay', communeCodes: ['43157'] },
      { id: 'autre', name: 'CPTS autre', communeCodes: ['43157'] },
    ]);
  });

  beforeEach(async () => {
    sent = [];
    isDown = false;
    await directory.store.db.execute(sql`delete from invitation`);
  });

  afterAll(() => directory[Symbol.asyncDispose]());

  test('go to the secure mailbox, or to an address that is given; who has neither, or is not there, is told', async () => {
    const outcomes = await send([
      { rpps: '99000000001' },
      { rpps: '99000000002' },
      { rpps: '99000000003' },
      { rpps: 'x' },
    ]);
    expect(outcomes.map((it) => it.outcome)).toEqual(['sent', 'no-address', 'not-here', 'not-here']);
    expect(sent.map((it) => it.to)).toEqual([{ kind: 'email', address: 'un@exemple.mssante.fr' }]);
    const [given] = await send([{ rpps: '99000000002', email: 'Deux@Exemple.fr' }]);
    expect(given!.outcome).toBe('sent');
    expect(sent[1]!.to.address).toBe('deux@exemple.fr');
  });

  test('a few are sent at a time, five at most, and each is told apart, in order', async () => {
    const people = MANY.map((rpps, index) => ({ rpps, email: `p${index}@exemple.fr` }));
    let underWay = 0;
    let most = 0;
    const several = Promise.withResolvers<void>();
    const slow = {
      send: async (message: Message) => {
        underWay += 1;
        most = Math.max(most, underWay);
        if (underWay === 5) several.resolve();
        await several.promise;
        underWay -= 1;
        sent.push(message);
        if (message.to.address === 'p3@exemple.fr') throw new AppError('sender-unavailable', 'No.', {});
      },
    };
    const outcomes = await send([...people, people[0]!, { rpps: 'x', email: 'x@exemple.fr' }], slow);
    expect(most).toBe(5);
    expect(outcomes.map((it) => it.rpps)).toEqual([...MANY, MANY[0], 'x']);
    const told = outcomes.map((it) => it.outcome);
    expect(told.splice(3, 1)).toEqual(['not-sent']);
    expect(told).toEqual([...Array.from({ length: 11 }, () => 'sent'), 'too-soon', 'not-here']);
    expect((await readBoard(directory.store.db, 'velay')).invitations.invited).toBe(11);
  });

  test('when whoever asked is gone, nothing more is sent, and what was sent is known', async () => {
    const people = MANY.map((rpps, index) => ({ rpps, email: `p${index}@exemple.fr` }));
    const gone = new AbortController();
    const leaving = {
      send: async (message: Message) => {
        sent.push(message);
        gone.abort();
      },
    };
    const outcomes = await send(people, leaving, { signal: gone.signal });
    const told = outcomes.filter((it) => it.outcome === 'sent').length;
    expect(told).toBe(sent.length);
    expect(told).toBeLessThanOrEqual(5);
    expect(outcomes.filter((it) => it.outcome === 'not-sent')).toHaveLength(12 - told);
    expect((await readBoard(directory.store.db, 'velay')).invitations.invited).toBe(told);
  });

  test('a fault ends it once what is under way is over, and what was sent is known', async () => {
    const people = MANY.map((rpps, index) => ({ rpps, email: `p${index}@exemple.fr` }));
    const failing = {
      send: async (message: Message) => {
        if (message.to.address === 'p2@exemple.fr') throw new AppError('sender-missing', 'None.', {});
        sent.push(message);
      },
    };
    await expect(send(people, failing)).rejects.toMatchObject({ code: 'sender-missing' });
    expect(sent.length).toBeLessThan(12);
    expect((await readBoard(directory.store.db, 'velay')).invitations.invited).toBe(sent.length);
  });

  test('nobody is invited twice in 14 days, by two at once either; after them, again', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => send([{ rpps: '99000000001' }])));
    expect(outcomes.map(([it]) => it!.outcome).toSorted()).toEqual(['sent', 'too-soon', 'too-soon']);
    expect(sent).toHaveLength(1);
    await directory.store.db.execute(
      sql`update invitation set sent_at = now() - interval '14 days 1 minute'`,
    );
    expect(await send([{ rpps: '99000000001' }])).toMatchObject([{ outcome: 'sent' }]);
  });

  test('what could not be sent does not count, and may be sent again', async () => {
    isDown = true;
    expect(await send([{ rpps: '99000000001' }])).toMatchObject([{ outcome: 'not-sent' }]);
    isDown = false;
    expect(await send([{ rpps: '99000000001' }])).toMatchObject([{ outcome: 'sent' }]);
  });

  test('without a sender, that is the error, and nothing is kept', async () => {
    await expect(send([{ rpps: '99000000001' }], NO_SENDER)).rejects.toMatchObject({
      code: 'sender-missing',
    });
    expect((await readBoard(directory.store.db, 'velay')).invitations.invited).toBe(0);
  });

  test('a link opens once, for 14 days, for the person it was sent to and nobody else', async () => {
    const { db } = directory.store;
    await send([{ rpps: '99000000001' }]);
    const token = tokenOf(sent[0]!);
    const found = { rpps: '99000000001', name: 'ISAURE VALLORBE', territoryName: 'CPTS du Velay' };
    expect(await readInvitation(db, token)).toEqual(found);
    for (const other of [
      { kind: 'anonymous' } as const,
      person('99000000002'),
      person(null),
      { kind: 'application', keyId: 'x', name: 'X', scopes: ['admin'] },
    ] satisfies Actor[])
      expect(await openInvitation(db, token, other)).toBeUndefined();
    expect((await readBoard(db, 'velay')).invitations).toEqual({ invited: 1, opened: 0, answered: 0 });
    const openings = await Promise.all([1, 2].map(() => openInvitation(db, token, person('99000000001'))));
    expect(openings.filter((it) => it !== undefined)).toEqual(['99000000001']);
    expect(await readInvitation(db, token)).toBeUndefined();
    expect((await readBoard(db, 'velay')).invitations).toEqual({ invited: 1, opened: 1, answered: 0 });
    await db.execute(
      sql`update invitation set opened_at = null, sent_at = now() - interval '14 days 1 minute'`,
    );
    expect(await openInvitation(db, token, person('99000000001'))).toBeUndefined();
    expect(await readInvitation(db, token)).toBeUndefined();
    expect(await openInvitation(db, 'x', person('99000000001'))).toBeUndefined();
  });

  test('are sent again by the same territory after a day, and then only the last link opens', async () => {
    const { db } = directory.store;
    const again = (territoryId: string) =>
      send([{ rpps: '99000000001' }], sender, { territoryId, isAgain: true });
    await send([{ rpps: '99000000001' }]);
    expect(await again('velay')).toMatchObject([{ outcome: 'too-soon' }]);
    await db.execute(sql`update invitation set sent_at = now() - interval '25 hours'`);
    expect(await again('autre')).toMatchObject([{ outcome: 'too-soon' }]);
    expect(await send([{ rpps: '99000000001' }])).toMatchObject([{ outcome: 'too-soon' }]);
    expect(await again('velay')).toMatchObject([{ outcome: 'sent' }]);
    const [first, last] = sent.map(tokenOf);
    expect(await openInvitation(db, first!, person('99000000001'))).toBeUndefined();
    const listed = async () =>
      (await listTerritoryInvitations(db, 'velay', { offset: 0, limit: 10 })).invitations;
    const common = { rpps: '99000000001', name: 'ISAURE VALLORBE', means: 'mailbox', times: 2 };
    expect(await listed()).toMatchObject([{ ...common, openedAt: null, answeredAt: null, isExpired: false }]);
    expect(await openInvitation(db, last!, person('99000000001'))).toBe('99000000001');
    expect(await listed()).toMatchObject([{ ...common, openedAt: expect.any(String) as string }]);
    expect((await readBoard(db, 'velay')).invitations).toEqual({ invited: 1, opened: 1, answered: 0 });
  });

  test('neither the secret of a link nor an address is kept', async () => {
    const { db } = directory.store;
    await send([{ rpps: '99000000002', email: 'secret.deux@exemple.fr' }]);
    const token = tokenOf(sent[0]!);
    const kept = JSON.stringify([
      await rowsOf(db, sql`select * from invitation`),
      await listAudit(db, { limit: 20 }),
    ]);
    expect(kept).toContain(await hashSecret(token));
    expect(kept).not.toContain(token);
    expect(kept).not.toContain('secret.deux');
  });

  test('of whoever is withheld, a link opens nothing', async () => {
    const { db } = directory.store;
    await send([{ rpps: '99000000001' }]);
    await withhold(db, '899000000001', 'opposition');
    const token = tokenOf(sent[0]!);
    expect(await readInvitation(db, token)).toBeUndefined();
    expect(await openInvitation(db, token, person('99000000001'))).toBeUndefined();
    expect(await listTerritoryInvitations(db, 'velay', { offset: 0, limit: 10 })).toMatchObject({
      invitations: [],
    });
    expect(await send([{ rpps: '99000000001' }])).toMatchObject([{ outcome: 'not-here' }]);
  });
});
