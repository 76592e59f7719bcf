import { AppError } from '#domain/errors.ts';

/** Words for one person, through a means of theirs. */
export interface Message {
  to: { kind: 'email' | 'phone'; address: string };
  /** For an e-mail. */
  subject: string;
  /** Plain text, French. */
  text: string;
}

/** Takes messages to people: codes that verify an address, invitations. */
export interface Sender {
  /**
   * Resolves once the message was taken over, which is not yet delivered.
   * @throws AppError `sender-missing`, `sender-unavailable`
   */
  send(message: Message): Promise<void>;
}

/** Where none is set. */
export const NO_SENDER: Sender = {
  send: async () => {
    throw new AppError(
      'sender-missing',
      'No sender of messages is set here: its operator gives SENDER_URL and SENDER_KEY.',
      {},
    );
  },
};
