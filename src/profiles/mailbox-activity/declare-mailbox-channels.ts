import type { Actor } from '#domain/actor.ts';
import { MAILBOX_CHANNELS, type MailboxChannel } from '#domain/mailbox-channels.ts';
import { declareChannels } from '#store/mailbox-activity.ts';
import type { Database } from '#store/store.ts';

import { mailDomainsOf, readOwnAddress } from './own-address.ts';
import { BadLine, readLines, type LinesReport } from './read-lines.ts';

/**
 * Takes what an operator's mailboxes can receive beside mail: NDJSON of `address` and `channels`, which replaces what was declared
 * of that mailbox; of two lines on one mailbox the last counts.
 * @throws AppError `request-invalid` for more than 50,000 lines, `store-unavailable`
 */
export async function declareMailboxChannels(db: Database, actor: Actor, body: string): Promise<LinesReport> {
  const domains = mailDomainsOf(actor);
  const declared = new Map<string, readonly MailboxChannel[]>();
  const report = readLines(body, ['address', 'channels'], (value) => {
    const address = readOwnAddress(value['address'], domains);
    declared.set(address, readChannels(value['channels']));
  });
  await declareChannels(db, declared);
  return report;
}

/** @returns each once, in the order of the list */
function readChannels(value: unknown): MailboxChannel[] {
  const isKnown = (it: unknown) => (MAILBOX_CHANNELS as readonly unknown[]).includes(it);
  if (!Array.isArray(value) || !value.every(isKnown)) {
    throw new BadLine('channels', `It is a list of any of ${MAILBOX_CHANNELS.join(', ')}.`);
  }
  return MAILBOX_CHANNELS.filter((channel) => value.includes(channel));
}
