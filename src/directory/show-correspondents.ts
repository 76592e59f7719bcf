import { parseCorrespondentId } from '#domain/correspondent-id.ts';
import type { Correspondent, Mailbox } from '#domain/correspondent.ts';
import { mailboxStatusAt } from '#domain/mailbox-status.ts';
import { readOpenedDays } from '#store/mailbox-activity.ts';

import type { Directory } from './directory.ts';

/**
 * The last gate before an answer: drops who is withheld, and takes withheld mailboxes off the others. Every use case that
 * gives correspondents passes through it, whatever an index still holds.
 */
export async function showCorrespondents(
  directory: Directory,
  correspondents: readonly Correspondent[],
): Promise<Correspondent[]> {
  const shown = await withoutWithheld(directory, correspondents);
  await directory.onShown?.(shown);
  return shown;
}

async function withoutWithheld(
  directory: Directory,
  correspondents: readonly Correspondent[],
): Promise<Correspondent[]> {
  const keys = correspondents.flatMap((it) => [
    ...keysOf(it),
    ...it.mailboxes.map((mailbox) => mailbox.address),
  ]);
  const withheld = await directory.withheld([...new Set(keys)]);
  if (withheld.size === 0) return withExactDays(directory, correspondents);
  const shown = correspondents
    .filter((it) => !keysOf(it).some((key) => withheld.has(key)))
    .map((it) =>
      it.mailboxes.some((mailbox) => withheld.has(mailbox.address))
        ? { ...it, mailboxes: it.mailboxes.filter((mailbox) => !withheld.has(mailbox.address)) }
        : it,
    );
  return withExactDays(directory, shown);
}

/**
 * The day that an index holds is behind the true one, never before it: a mailbox that is active by it is active. The others that
 * an operator reports on, few on a page, are asked for.
 */
async function withExactDays(
  { store, now }: Directory,
  correspondents: readonly Correspondent[],
): Promise<Correspondent[]> {
  const isDoubtful = ({ lastOpenedOn }: Mailbox) => mailboxStatusAt(lastOpenedOn, now()) === 'inactive';
  const addresses = correspondents.flatMap((it) => it.mailboxes.filter(isDoubtful).map((box) => box.address));
  if (addresses.length === 0) return [...correspondents];
  const days = await readOpenedDays(store.db, [...new Set(addresses)]);
  return correspondents.map((it) =>
    it.mailboxes.some(isDoubtful)
      ? {
          ...it,
          mailboxes: it.mailboxes.map((box) => ({
            ...box,
            lastOpenedOn: days.get(box.address) ?? box.lastOpenedOn,
          })),
        }
      : it,
  );
}

/** Any of which, withheld, hides it: its own; of an expertise or a team, whoever declares it and its mailbox. */
function keysOf({ id, expertise, team, mailboxes }: Correspondent): string[] {
  const own = parseCorrespondentId(id)?.key ?? id;
  const declared = expertise ?? team;
  if (!declared) return [own];
  const { practitionerId } = declared.declaredBy;
  return [
    own,
    ...(practitionerId === undefined ? [] : [practitionerId]),
    ...mailboxes.map((mailbox) => mailbox.address),
  ];
}
