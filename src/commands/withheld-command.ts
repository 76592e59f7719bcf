import { AppError } from '#domain/errors.ts';
import { parseMailboxAddress, parseRpps } from '#domain/identifiers.ts';
import { listWithheld, release, withhold } from '#store/withheld.ts';

import type { Services } from '../services.ts';
import type { CommandIo } from './command-io.ts';

export async function withheldAddCommand({ store }: Services, who: string, reason: string, io: CommandIo) {
  const isNew = await withhold(store.db, parseKey(who), reason);
  io.out(isNew ? 'Withheld: no channel shows it from now on.\n' : 'It was withheld already.\n');
  return 0;
}

export async function withheldRemoveCommand({ store }: Services, who: string, io: CommandIo) {
  const wasWithheld = await release(store.db, parseKey(who));
  io.out(wasWithheld ? 'Shown again.\n' : 'It was not withheld.\n');
  return 0;
}

export async function withheldListCommand({ store }: Services, io: CommandIo) {
  for (const { key, reason, since } of await listWithheld(store.db)) io.out(`${key}\t${since}\t${reason}\n`);
  return 0;
}

function parseKey(who: string): string {
  const rpps = parseRpps(who);
  if (rpps !== undefined) return `8${rpps}`;
  const address = parseMailboxAddress(who);
  if (address !== undefined) return address;
  throw new AppError('request-invalid', 'Give an RPPS number (11 digits) or a mailbox address.', {
    faults: [{ pointer: 'who', detail: 'It is neither an RPPS number nor a mailbox address.' }],
  });
}
