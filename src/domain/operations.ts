import type { Actor } from './actor.ts';
import { AppError } from './errors.ts';

/** Whether anybody may read (`open`), or applications with a key and people who signed in only (`keys`). */
export type ReadingAccess = 'open' | 'keys';

/** What an operation is about, where what is allowed depends on it. */
export interface OperationSubject {
  territoryId?: string;
}

interface OperationRule {
  /** Anybody may, where reading is open. */
  isReading: boolean;
  allows: (actor: Actor, subject: OperationSubject) => boolean;
  /** What a key needs, for the one who is refused. */
  scope: string;
}

const isAdministrator = (actor: Actor): boolean =>
  (actor.kind === 'application' && actor.scopes.includes('admin')) ||
  (actor.kind === 'person' && actor.isAdministrator);

const hasScope = (actor: Actor, scope: string): boolean =>
  actor.kind === 'application' && actor.scopes.some((it) => it === scope);

const ofTerritory = (actor: Actor, { territoryId }: OperationSubject): boolean =>
  isAdministrator(actor) ||
  hasScope(actor, `territory:${territoryId}`) ||
  (actor.kind === 'person' && territoryId !== undefined && actor.territories.includes(territoryId));

/** Every operation and who may do it: the only place that says so. */
export const OPERATIONS = {
  search: {
    isReading: true,
    allows: (actor) => actor.kind === 'person' || hasScope(actor, 'search') || isAdministrator(actor),
    scope: 'search',
  },
  'export-changes': {
    isReading: true,
    allows: (actor) => hasScope(actor, 'export') || isAdministrator(actor),
    scope: 'export',
  },
  'report-mailboxes': {
    isReading: false,
    allows: (actor) =>
      actor.kind === 'application' && actor.scopes.some((it) => it.startsWith('mailbox-activity:')),
    scope: 'mailbox-activity:DOMAIN',
  },
  'read-territory': { isReading: false, allows: ofTerritory, scope: 'territory:ID' },
  'report-error': {
    isReading: true,
    allows: (actor) => actor.kind === 'person' || hasScope(actor, 'search') || isAdministrator(actor),
    scope: 'search',
  },
  'close-error-report': { isReading: false, allows: ofTerritory, scope: 'territory:ID' },
  operate: { isReading: false, allows: isAdministrator, scope: 'admin' },
  withhold: { isReading: false, allows: isAdministrator, scope: 'admin' },
} as const satisfies Record<string, OperationRule>;

export type Operation = keyof typeof OPERATIONS;

/** @throws AppError `key-needed` for whoever is unknown, `not-allowed` for whoever is known and may not */
export function authorize(
  actor: Actor,
  operation: Operation,
  reading: ReadingAccess,
  subject: OperationSubject = {},
): void {
  const rule: OperationRule = OPERATIONS[operation];
  if ((rule.isReading && reading === 'open') || rule.allows(actor, subject)) return;
  if (actor.kind === 'anonymous') {
    throw new AppError(
      'key-needed',
      `This needs a key with the scope ${rule.scope}, as "Authorization: Bearer …".`,
      {},
    );
  }
  throw new AppError('not-allowed', `The key that was given has not the scope ${rule.scope}.`, {});
}
