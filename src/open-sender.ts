import { openHttpSender } from '#profiles/http-sender.ts';
import { NO_SENDER, type Sender } from '#profiles/sender.ts';
import { demoMessage } from '#telemetry/events.ts';

import type { Config } from './config.ts';

/**
 * The web hook of the settings; with the embedded demonstration and none set, the log, which shows what would be sent and never to
 * whom; else none.
 */
export function openSender(
  config: Pick<Config, 'senderUrl' | 'senderKey' | 'createsDemo' | 'databaseUrl'>,
): Sender {
  if (config.senderUrl !== undefined) return openHttpSender({ url: config.senderUrl, key: config.senderKey });
  if (!config.createsDemo || config.databaseUrl !== undefined) return NO_SENDER;
  return { send: async ({ to, subject, text }) => demoMessage({ kind: to.kind, subject, text }) };
}
