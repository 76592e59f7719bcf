import { parseCorrespondentId } from '#domain/correspondent-id.ts';
import type { Correspondent } from '#domain/correspondent.ts';

import type { Directory } from './directory.ts';

/**
 * The last gate before an answer: drops who is withheld, and takes withheld mailboxes off the others. Every use case that
 * gives correspondents passes through it, whatever an index still holds.
 */
export async function showCorrespondents(
  directory: Directory,
  correspondents: readonly Correspondent[],
): Promise<Correspondent[]> {
  const keys = correspondents.flatMap((it) => [keyOf(it), ...it.mailboxes.map((mailbox) => mailbox.address)]);
  const withheld = await directory.withheld([...new Set(keys)]);
  if (withheld.size === 0) return [...correspondents];
  return correspondents
    .filter((it) => !withheld.has(keyOf(it)))
    .map((it) =>
      it.mailboxes.some((mailbox) => withheld.has(mailbox.address))
        ? { ...it, mailboxes: it.mailboxes.filter((mailbox) => !withheld.has(mailbox.address)) }
        : it,
    );
}

function keyOf(correspondent: Correspondent): string {
  return parseCorrespondentId(correspondent.id)?.key ?? correspondent.id;
}
