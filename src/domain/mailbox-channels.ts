/**
 * What a mailbox can receive beside secure mail, as its operator declares: a client shows only what will work.
 */
export const MAILBOX_CHANNELS = [
  'instantConversation',
  'expertiseRequest',
  'supportRequest',
  'video',
] as const;

export type MailboxChannel = (typeof MAILBOX_CHANNELS)[number];
