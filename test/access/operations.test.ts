import { describe, expect, test } from 'vitest';

import type { Actor, PersonActor, Scope } from '#domain/actor.ts';
import {
  authorize,
  OPERATIONS,
  PARTIES,
  type Operation,
  type OperationRule,
  type OperationSubject,
  type Party,
} from '#domain/operations.ts';

/** What every operation is tried on: the page of a professional, in a territory, in an organization. */
const SUBJECT: OperationSubject = {
  owner: '99000000001',
  delegates: ['email:https://auth.exemple.fr secretaire@exemple.fr'],
  territories: ['velay'],
  organizations: ['430000018'],
};

const person = (it: Partial<PersonActor>): PersonActor => ({
  kind: 'person',
  subject: 'https://auth.exemple.fr 1',
  name: 'X',
  knownAs: ['subject:https://auth.exemple.fr 1'],
  rpps: null,
  isAdministrator: false,
  territories: [],
  organizations: [],
  application: null,
  ...it,
});
const key = (...scopes: Scope[]): Actor => ({ kind: 'application', keyId: 'x', name: 'x', scopes });

/** Every kind of caller, and who each is to the subject. */
const CALLERS: Record<string, { actor: Actor; is: readonly Party[] }> = {
  nobody: { actor: { kind: 'anonymous' }, is: [] },
  'somebody without a role': { actor: person({}), is: ['person'] },
  owner: { actor: person({ rpps: '99000000001' }), is: ['person', 'owner'] },
  'another professional': { actor: person({ rpps: '99000000002' }), is: ['person'] },
  delegate: {
    actor: person({ knownAs: ['email:https://auth.exemple.fr secretaire@exemple.fr'] }),
    is: ['person', 'delegate'],
  },
  'of the same address elsewhere': {
    actor: person({ knownAs: ['email:https://ailleurs.fr secretaire@exemple.fr'] }),
    is: ['person'],
  },
  coordinator: { actor: person({ territories: ['velay'] }), is: ['person', 'coordinator'] },
  'coordinator of another': { actor: person({ territories: ['forez'] }), is: ['person'] },
  manager: { actor: person({ organizations: ['430000018'] }), is: ['person', 'manager'] },
  'manager of another': { actor: person({ organizations: ['420000000'] }), is: ['person'] },
  administrator: { actor: person({ isAdministrator: true }), is: ['person', 'administrator'] },
  'key without a scope': { actor: key(), is: [] },
  'key search': { actor: key('search'), is: ['key search'] },
  'key export': { actor: key('export'), is: ['key export'] },
  'key admin': { actor: key('admin'), is: ['key admin'] },
  'key mailbox-activity': {
    actor: key('mailbox-activity:exemple.mssante.fr'),
    is: ['key mailbox-activity:DOMAIN'],
  },
  'key of the territory': { actor: key('territory:velay'), is: ['key territory:ID'] },
  'key of another territory': { actor: key('territory:forez'), is: [] },
};

describe.each(Object.entries(OPERATIONS) as [Operation, OperationRule][])('%s', (operation, rule) => {
  test.each(Object.entries(CALLERS))('by %s', (_name, { actor, is }) => {
    const attempt = () => authorize(actor, operation, 'keys', SUBJECT);
    const refusal = { code: actor.kind === 'anonymous' ? 'key-needed' : 'not-allowed' };
    if (is.some((party) => rule.allows.includes(party))) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(expect.objectContaining(refusal));
  });

  test('is open to anybody only as reading, where reading is open', () => {
    const attempt = () => authorize({ kind: 'anonymous' }, operation, 'open', SUBJECT);
    if (rule.isReading) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(expect.objectContaining({ code: 'key-needed' }));
  });

  test('about nothing in particular is for nobody who is somebody to something only', () => {
    for (const name of ['owner', 'delegate', 'coordinator', 'manager', 'key of the territory']) {
      const { actor, is } = CALLERS[name]!;
      const everywhere = is.filter((it) => it === 'person');
      const attempt = () => authorize(actor, operation, 'keys', {});
      if (everywhere.some((party) => rule.allows.includes(party))) expect(attempt).not.toThrow();
      else expect(attempt).toThrow(expect.objectContaining({ code: 'not-allowed' }));
    }
  });
});

test('every kind of party is among the callers', () => {
  expect(new Set(Object.values(CALLERS).flatMap(({ is }) => is))).toEqual(new Set(Object.keys(PARTIES)));
});

test('only administrators and their keys may do what is nobody’s own', () => {
  const allowed = (operation: Operation) => [...OPERATIONS[operation].allows].toSorted();
  for (const operation of ['withhold', 'read-audit', 'manage-roles'] as const)
    expect(allowed(operation), operation).toEqual(['administrator', 'key admin']);
  expect(allowed('read-own-audit')).toEqual(['owner']);
});
