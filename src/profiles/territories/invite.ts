import { hashSecret, makeSecret } from '#access/secrets.ts';
import type { AuditContext } from '#domain/audit-event.ts';
import { isAppError } from '#domain/errors.ts';
import { parseMailboxAddress, parseRpps } from '#domain/identifiers.ts';
import { recordAudit } from '#store/audit.ts';
import { addInvitation, INVITATION_DAYS, listOwnMailboxes, removeInvitation } from '#store/invitations.ts';
import type { Database } from '#store/store.ts';
import { listTerritoryProfessionals } from '#store/territories.ts';

import type { Sender } from '../sender.ts';
import { getTerritory } from './get-territory.ts';

/** What became of an invitation. `not-here`: nobody of the territory; `no-address`: no secure mailbox is known, and none was given. */
export type InvitationOutcome = 'sent' | 'too-soon' | 'no-address' | 'not-here' | 'not-sent';

export interface Invited {
  rpps: string;
  outcome: InvitationOutcome;
}

/**
 * Sends people of the territory a link to fill their page, valid once and for 14 days, to their secure mailbox or an e-mail address
 * that the coordinator gives. Nobody is invited twice in 14 days, unless the same territory does it again a day later: then only the
 * last link opens. The link proves nothing: it opens for the person who signed in with that RPPS.
 * @param isAgain sends again to those whom the territory has invited
 * @param origin of the pages of this service
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
  }: {
    territoryId: string;
    people: readonly { rpps: string; email?: string | undefined }[];
    isAgain?: boolean | undefined;
    origin: string;
    audit: AuditContext;
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
  const invited: Invited[] = [];
  for (const [index, { rpps, email }] of people.entries()) {
    const member = members.get(ids[index]!);
    const mailbox = mailboxes.get(ids[index]!);
    const address = email === undefined ? mailbox : parseMailboxAddress(email);
    const told = (outcome: InvitationOutcome) => void invited.push({ rpps, outcome });
    if (member === undefined) told('not-here');
    else if (address === undefined) told('no-address');
    else {
      const name = [member.givenNames, member.familyName].filter(Boolean).join(' ');
      told(
        await inviteOne(db, sender, {
          territory,
          practitionerId: member.practitionerId,
          name,
          address,
          means: email === undefined ? 'mailbox' : 'email',
          isAgain,
          origin,
          audit,
        }),
      );
    }
  }
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

${territory.name} vous invite à dire sur votre page de l’annuaire Correspondants comment vous exercez : nouveaux patients, visites à domicile, horaires, absences. Vos confrères et les travailleurs sociaux le verront aussitôt.

Ouvrez ce lien, qui sert une fois et pendant ${INVITATION_DAYS} jours, et identifiez-vous avec Pro Santé Connect : il ne s’ouvre que pour vous.
${origin}/invitation/${token}

Si vous ne souhaitez pas remplir votre page, ne faites rien.`;
}
