import type { Actor } from './actor.ts';
import { AppError } from './errors.ts';

/** Whether anybody may read (`open`), or applications with a key and people who signed in only (`keys`). */
export type ReadingAccess = 'open' | 'keys';

/** What an operation is about, where what is allowed depends on it. */
export interface OperationSubject {
  /** RPPS of the professional whose page it is. */
  owner?: string | undefined;
  /** Under what (see `PersonActor.knownAs`) the owner named those who may act for them now. */
  delegates?: readonly string[];
  /** Ids of the territories that it lies in. */
  territories?: readonly string[];
  /** Ids of the organizations that it belongs to. */
  organizations?: readonly string[];
}

type PartyTest = (actor: Actor, subject: OperationSubject) => boolean;

const isPerson = (actor: Actor) => actor.kind === 'person';
const hasScope =
  (scope: string): PartyTest =>
  (actor) =>
    actor.kind === 'application' && actor.scopes.some((it) => it === scope);

/** Who somebody is to what an operation is about. */
export const PARTIES = {
  /** Anybody who signed in. */
  person: isPerson,
  owner: (actor, { owner }) => isPerson(actor) && owner !== undefined && actor.rpps === owner,
  delegate: (actor, { delegates }) =>
    isPerson(actor) && actor.knownAs.some((it) => delegates?.includes(it) ?? false),
  coordinator: (actor, { territories }) =>
    isPerson(actor) && actor.territories.some((it) => territories?.includes(it) ?? false),
  manager: (actor, { organizations }) =>
    isPerson(actor) && actor.organizations.some((it) => organizations?.includes(it) ?? false),
  administrator: (actor) => isPerson(actor) && actor.isAdministrator,
  'key search': hasScope('search'),
  'key export': hasScope('export'),
  'key admin': hasScope('admin'),
  /** Of any mail domain: which ones is looked at line by line. */
  'key mailbox-activity:DOMAIN': (actor) =>
    actor.kind === 'application' && actor.scopes.some((it) => it.startsWith('mailbox-activity:')),
  'key territory:ID': (actor, { territories }) =>
    actor.kind === 'application' &&
    (territories ?? []).some((id) => actor.scopes.includes(`territory:${id}`)),
} as const satisfies Record<string, PartyTest>;

export type Party = keyof typeof PARTIES;

export interface OperationRule {
  /** Anybody may, where reading is open. */
  isReading: boolean;
  /** Any of these may, always. */
  allows: readonly Party[];
}

const ADMINISTRATORS = ['administrator', 'key admin'] as const satisfies Party[];

/** Every operation and who may do it: the only place that says so. */
export const OPERATIONS = {
  search: { isReading: true, allows: ['person', 'key search', ...ADMINISTRATORS] },
  'export-changes': { isReading: true, allows: ['key export', ...ADMINISTRATORS] },
  'report-mailboxes': { isReading: false, allows: ['key mailbox-activity:DOMAIN'] },
  'read-territory': { isReading: false, allows: ['coordinator', 'key territory:ID', ...ADMINISTRATORS] },
  'report-error': { isReading: true, allows: ['person', 'key search', ...ADMINISTRATORS] },
  'close-error-report': {
    isReading: false,
    allows: ['coordinator', 'key territory:ID', ...ADMINISTRATORS],
  },
  'edit-territory': { isReading: false, allows: ['coordinator', 'key territory:ID', ...ADMINISTRATORS] },
  operate: { isReading: false, allows: ADMINISTRATORS },
  'edit-profile': {
    isReading: false,
    allows: ['owner', 'delegate', 'coordinator', 'key territory:ID', ...ADMINISTRATORS],
  },
  'edit-expertise': { isReading: false, allows: ['owner', 'manager', ...ADMINISTRATORS] },
  'edit-team': {
    isReading: false,
    allows: ['manager', 'coordinator', 'key territory:ID', ...ADMINISTRATORS],
  },
  'own-profile': { isReading: false, allows: ['owner'] },
  withhold: { isReading: false, allows: ADMINISTRATORS },
  'read-self': { isReading: false, allows: ['person'] },
  'read-own-audit': { isReading: false, allows: ['owner'] },
  'read-audit': { isReading: false, allows: ADMINISTRATORS },
  'manage-roles': { isReading: false, allows: ADMINISTRATORS },
} as const satisfies Record<string, OperationRule>;

export type Operation = keyof typeof OPERATIONS;

/** @throws AppError `key-needed` for whoever is unknown, `not-allowed` for whoever is known and may not */
export function authorize(
  actor: Actor,
  operation: Operation,
  reading: ReadingAccess,
  subject: OperationSubject = {},
): void {
  if (isAllowed(actor, operation, reading, subject)) return;
  const rule: OperationRule = OPERATIONS[operation];
  const allowed = rule.allows
    .map((party) => party.replace(/^key (.*)/, 'a key with the scope $1'))
    .join(', ');
  if (actor.kind === 'anonymous') {
    throw new AppError('key-needed', `Who is calling is not known. Allowed: ${allowed}.`, {});
  }
  throw new AppError('not-allowed', `Whoever is calling may not. Allowed: ${allowed}.`, {});
}

/** For what is shown to some and not to others; whatever is done goes through {@link authorize}. */
export function isAllowed(
  actor: Actor,
  operation: Operation,
  reading: ReadingAccess,
  subject: OperationSubject = {},
): boolean {
  const rule: OperationRule = OPERATIONS[operation];
  if (rule.isReading && reading === 'open') return true;
  return rule.allows.some((party) => PARTIES[party](actor, subject));
}
