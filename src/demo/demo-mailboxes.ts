import type { Correspondent } from '#domain/correspondent.ts';
import type { MailboxChannel } from '#domain/mailbox-channels.ts';

import { Random } from './random.ts';

const SEED = 43;
const DAY_MS = 86_400_000;
/** Of the rest the operator reports nothing: unknown is not "no". */
const REPORTED = 0.8;
/** Of those reported: opened within a month. */
const READ = 0.8;
const READ_DAYS = 25;
const UNREAD_DAYS = { min: 40, max: 300 };
/** By type of mailbox, how often each channel is there. */
const CHANNELS: Readonly<Record<string, Partial<Record<MailboxChannel, number>>>> = {
  PER: { instantConversation: 0.25, video: 0.1 },
  ORG: { expertiseRequest: 0.15, supportRequest: 0.1 },
};

/** What operators report of the mailboxes of a demonstration, as lines for the calls with which they do it. */
export interface InventedReports {
  /** Of the keys of these operators. */
  mailDomains: string[];
  /** NDJSON, of `POST /v1/mailbox-activity` and `POST /v1/mailbox-channels`. */
  openings: string;
  channels: string;
}

/** Says of the mailboxes that it meets when they were opened, around a day, and what they receive; the same ones say the same. */
export class MailboxInventor {
  readonly #now: Date;
  readonly #domains = new Set<string>();
  readonly #openings: string[] = [];
  readonly #channels: string[] = [];
  #index = 0;

  constructor(now: Date) {
    this.#now = now;
  }

  meet({ mailboxes }: Correspondent): void {
    for (const { address, type } of mailboxes) {
      this.#index += 1;
      const random = new Random(SEED, 'openings', this.#index);
      if (!random.chance(REPORTED)) continue;
      this.#domains.add(address.slice(address.indexOf('@') + 1));
      const days = random.chance(READ)
        ? random.next() * READ_DAYS
        : UNREAD_DAYS.min + random.next() * (UNREAD_DAYS.max - UNREAD_DAYS.min);
      const openedAt = new Date(this.#now.getTime() - days * DAY_MS).toISOString();
      this.#openings.push(JSON.stringify({ address, openedAt }));
      const odds = Object.entries(CHANNELS[type] ?? {});
      const channels = odds.flatMap(([channel, odd]) => (random.chance(odd) ? [channel] : []));
      if (channels.length > 0) this.#channels.push(JSON.stringify({ address, channels }));
    }
  }

  invent(): InventedReports {
    return {
      mailDomains: [...this.#domains],
      openings: this.#openings.join('\n'),
      channels: this.#channels.join('\n'),
    };
  }
}
