import type { Actor } from '#domain/actor.ts';
import { looksLikePatientAddress, parseMailboxAddress } from '#domain/identifiers.ts';

import { BadLine } from './read-lines.ts';

/** The mail domains that an application's key speaks for. Empty for anybody else. */
export function mailDomainsOf(actor: Actor): ReadonlySet<string> {
  if (actor.kind !== 'application') return new Set();
  return new Set(
    actor.scopes
      .filter((scope) => scope.startsWith('mailbox-activity:'))
      .map((scope) => scope.slice('mailbox-activity:'.length).toLowerCase()),
  );
}

/** @throws BadLine when it is no mailbox address, a patient's, or of a domain that the key does not speak for */
export function readOwnAddress(value: unknown, domains: ReadonlySet<string>): string {
  if (typeof value === 'string' && looksLikePatientAddress(value)) {
    throw new BadLine('address', 'The address of a patient is never taken.');
  }
  const address = typeof value === 'string' ? parseMailboxAddress(value) : undefined;
  if (address === undefined) throw new BadLine('address', 'It is not a mailbox address.');
  if (!domains.has(address.slice(address.lastIndexOf('@') + 1))) {
    throw new BadLine('address', `The key speaks for ${[...domains].join(', ') || 'no domain'} only.`);
  }
  return address;
}
