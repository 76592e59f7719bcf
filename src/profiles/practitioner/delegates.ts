import type { AuditContext, AuditEvent } from '#domain/audit-event.ts';
import { toProfessionalId } from '#domain/correspondent-id.ts';
import { isDay } from '#domain/day.ts';
import { AppError } from '#domain/errors.ts';
import { parseRpps } from '#domain/identifiers.ts';
import { recordAudit } from '#store/audit.ts';
import { loadCorrespondents } from '#store/correspondent-log.ts';
import {
  insertDelegation,
  listDelegations,
  listDelegators,
  revokeDelegation,
  type Delegation,
} from '#store/delegations.ts';
import type { Database } from '#store/store.ts';

const DELEGATES_MAX = 20;

export interface NewDelegate {
  /** An RPPS number, or the e-mail address that the delegate signs in with. */
  delegate: string;
  /** For the owner's own list. */
  name: string;
  /** Last day, included; undefined: until revoked. */
  until: string | undefined;
}

/**
 * Lets somebody edit a page for its owner.
 * @param today `2026-11-20`
 * @returns the delegation's id
 * @throws AppError `request-invalid`
 */
export async function nameDelegate(
  db: Database,
  practitionerId: string,
  { delegate, name, until }: NewDelegate,
  today: string,
  audit: AuditContext,
): Promise<string> {
  const known = await listDelegations(db, practitionerId, today);
  if (known.length >= DELEGATES_MAX)
    throw invalid('delegate', `A page has ${DELEGATES_MAX} delegates at most: revoke one.`);
  if (until !== undefined && !isDay(until)) throw invalid('until', 'It is a day such as 2026-12-24.');
  if (until !== undefined && until < today) throw invalid('until', 'This day is over.');
  const id = crypto.randomUUID();
  const delegation = { id, delegate: parseDelegate(delegate), name: name.trim(), until: until ?? null };
  await db.transaction(async (tx) => {
    await insertDelegation(tx, practitionerId, delegation);
    await recordAudit(tx, { ...audit, operation: 'name-delegate', ...ofPage(practitionerId) });
  });
  return id;
}

function parseDelegate(text: string): string {
  const rpps = parseRpps(text);
  if (rpps !== undefined) return rpps;
  const email = text.trim().toLowerCase();
  if (/^[^\s@<>"]{1,64}@[^\s@<>"]{1,180}\.[a-z]{2,24}$/.test(email)) return email;
  throw invalid('delegate', 'It is neither an RPPS number (11 digits) nor an e-mail address.');
}

function invalid(member: string, detail: string): AppError {
  return new AppError('request-invalid', detail, { faults: [{ pointer: `body.${member}`, detail }] });
}

/** Who may edit a page today, the first named first. */
export function listDelegates(db: Database, practitionerId: string, today: string): Promise<Delegation[]> {
  return listDelegations(db, practitionerId, today);
}

/** @throws AppError `delegation-not-found` */
export async function revokeDelegate(
  db: Database,
  practitionerId: string,
  id: string,
  audit: AuditContext,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await revokeDelegation(tx, practitionerId, id)))
      throw new AppError('delegation-not-found', 'There is no such delegate.', { id });
    await recordAudit(tx, { ...audit, operation: 'revoke-delegate', ...ofPage(practitionerId) });
  });
}

/**
 * Under which of the names that they are known by somebody is a delegate of a page today.
 * @param knownAs of a `PersonActor`. An address counts at every provider that states it as verified.
 */
export async function listDelegateNames(
  db: Database,
  practitionerId: string,
  knownAs: readonly string[],
  today: string,
): Promise<string[]> {
  const delegates = new Set((await listDelegations(db, practitionerId, today)).map((it) => it.delegate));
  return knownAs.filter((name) => delegates.has(toDelegate(name) ?? ''));
}

/** Practitioner ids of those whose pages somebody may edit as their delegate today. */
export function listDelegatorsOf(db: Database, knownAs: readonly string[], today: string): Promise<string[]> {
  return listDelegators(
    db,
    knownAs.map(toDelegate).filter((it) => it !== undefined),
    today,
  );
}

/** The same, with the names of those people; whoever is no longer shown is left out. */
export async function listPagesToFill(
  db: Database,
  knownAs: readonly string[],
  today: string,
): Promise<{ rpps: string; name: string }[]> {
  const ids = await listDelegatorsOf(db, knownAs, today);
  const people = await loadCorrespondents(db, ids.map(toProfessionalId));
  return people.flatMap(({ rpps, name }) => (rpps === null ? [] : [{ rpps, name }]));
}

/** `rpps:99…` and `email:https://… a@b.fr`, as owners write them; other names are nobody's to give. */
function toDelegate(knownAs: string): string | undefined {
  return /^rpps:(\d{11})$/.exec(knownAs)?.[1] ?? /^email:\S+ (\S+)$/.exec(knownAs)?.[1];
}

function ofPage(practitionerId: string): Pick<AuditEvent, 'target' | 'outcome'> {
  return { target: { kind: 'practitioner', id: practitionerId.slice(1) }, outcome: 'done' };
}
