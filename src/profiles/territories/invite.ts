import { hashSecret, makeSecret } from '#access/secrets.ts';
import type { AuditContext } from '#domain/audit-event.ts';
import { isAppError } from '#domain/errors.ts';
import { parseMailboxAddress, parseRpps } from '#domain/identifiers.ts';
import { recordAudit } from '#store/audit.ts';
import { addInvitation, INVITATION_DAYS, listOwnMailboxes, removeInvitation } from '#store/invitations.ts';
import type { Database } from '#store/store.ts';
import { listTerritoryProfessionals } from '#store/territories.ts';

import type { Sender } from '../sender.ts';
import { forEachFew } from './for-each-few.ts';
import { getTerritory } from './get-territory.ts';

/** What became of an invitation. `not-here`: nobody of the territory; `no-address`: no secure mailbox is known, and none was given. */
export type InvitationOutcome = 'sent' | 'too-soon' | 'no-address' | 'not-here' | 'not-sent';

export interface Invited {
  rpps: string;
  outcome: InvitationOutcome;
}

/** Sendings under way: each waits for the sender's answer. */
const AT_ONCE = 5;

/**
 * Sends people of the territory a link to fill their page, valid once and for 14 days, to their secure mailbox or an e-mail address
 * that the coordinator gives. Nobody is invited twice in 14 days, unless the same territory does it again a day later: then only the
 * last link opens. The link proves nothing: it opens for the person who signed in with that RPPS.
 * @param isAgain sends again to those whom the territory has invited
 * @param origin of the pages of this service
 * @param signal once it is aborted, nothing more is sent: who is left is told `not-sent`
 * @returns one for each of the people, in their order
 * @throws AppError `territory-not-found`, `sender-missing`, `store-unavailable`; what was sent before stays sent
 */
export async function invite(
  db: Database,
  sender: Sender,
  {
    territoryId,
    people,
    isAgain = false,
    origin,
    audit,
    signal,
  }: {
    territoryId: string;
    people: readonly { rpps: string; email?: string | undefined }[];
    isAgain?: boolean | undefined;
    origin: string;
    audit: AuditContext;
    signal?: AbortSignal | undefined;
  },
): Promise<Invited[]> {
  const territory = await getTerritory(db, territoryId);
  const members = new Map(
    (await listTerritoryProfessionals(db, territoryId)).map((it) => [it.practitionerId, it]),
  );
  const ids = people.map(({ rpps }) => `8${parseRpps(rpps) ?? ''}`);
  const mailboxes = await listOwnMailboxes(
    db,
    ids.filter((it) => members.has(it)),
  );
  const invited = people.map(({ rpps }): Invited => ({ rpps, outcome: 'not-sent' }));
  const inviteNth = async (index: number): Promise<void> => {
    const { email } = people[index]!;
    const member = members.get(ids[index]!);
    const address = email === undefined ? mailboxes.get(ids[index]!) : parseMailboxAddress(email);
    const told = invited[index]!;
    if (member === undefined) told.outcome = 'not-here';
    else if (address === undefined) told.outcome = 'no-address';
    else if (signal?.aborted !== true) {
      const name = [member.givenNames, member.familyName].filter(Boolean).join(' ');
      const { practitionerId } = member;
      const means = email === undefined ? 'mailbox' : 'email';
      const one = { territory, practitionerId, name, address, means, isAgain, origin, audit } as const;
      told.outcome = await inviteOne(db, sender, one);
    }
  };
  // Of somebody who is there twice, the first counts.
  const turns = [...Map.groupBy(people.keys(), (index) => ids[index]!).values()];
  await forEachFew(turns, AT_ONCE, async (indexes) => {
    for (const index of indexes) await inviteNth(index);
  });
  return invited;
}

interface OneInvitation {
  territory: { id: string; name: string };
  practitionerId: string;
  name: string;
  address: string;
  means: 'mailbox' | 'email';
  isAgain: boolean;
  origin: string;
  audit: AuditContext;
}

async function inviteOne(db: Database, sender: Sender, it: OneInvitation): Promise<InvitationOutcome> {
  const { territory, practitionerId, means, audit } = it;
  const id = crypto.randomUUID();
  const token = makeSecret();
  const tokenHash = await hashSecret(token);
  const added = { id, territoryId: territory.id, practitionerId, tokenHash, means };
  const isNew = await addInvitation(db, added, { isAgain: it.isAgain });
  if (!isNew) return 'too-soon';
  try {
    await sender.send({
      to: { kind: 'email', address: it.address },
      subject: `${territory.name} vous invite à remplir votre page`,
      text: toText(it, token),
    });
  } catch (error) {
    await removeInvitation(db, id);
    if (isAppError(error) && error.code === 'sender-unavailable') return 'not-sent';
    throw error;
  }
  const target = { kind: 'invitation', id } as const;
  const details = { territory: territory.id, rpps: practitionerId.slice(1), means };
  await recordAudit(db, { ...audit, operation: 'invite', target, outcome: 'done', details });
  return 'sent';
}

function toText({ territory, name, origin }: OneInvitation, token: string): string {
  return `Bonjour ${name},

${territory.name} vous invite à dire sur votre page de l’annuaire Correspondants comment vous exercez\u00a0: nouveaux patients, visites à domicile, horaires, absences. Vos confrères et les travailleurs sociaux le verront aussitôt.

Ouvrez ce lien, qui sert une fois et pendant ${INVITATION_DAYS} jours, et identifiez-vous avec Pro Santé Connect\u00a0: il ne s’ouvre que pour vous.
${origin}/invitation/${token}

Si vous ne souhaitez pas remplir votre page, ne faites rien.`;
}
