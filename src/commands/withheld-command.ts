import {
  listWithheld,
  releaseCorrespondent,
  withholdCorrespondent,
} from '#profiles/withheld/withhold-correspondent.ts';

import type { Services } from '../services.ts';
import { OPERATOR, type CommandIo } from './command-io.ts';

export async function withheldAddCommand({ store }: Services, who: string, reason: string, io: CommandIo) {
  const isNew = await withholdCorrespondent(store.db, who, reason, OPERATOR);
  io.out(isNew ? 'Withheld: no channel shows it from now on.\n' : 'It was withheld already.\n');
  return 0;
}

export async function withheldRemoveCommand({ store }: Services, who: string, io: CommandIo) {
  const wasWithheld = await releaseCorrespondent(store.db, who, OPERATOR);
  io.out(wasWithheld ? 'Shown again.\n' : 'It was not withheld.\n');
  return 0;
}

export async function withheldListCommand({ store }: Services, io: CommandIo) {
  for (const { key, reason, since } of await listWithheld(store.db)) io.out(`${key}\t${since}\t${reason}\n`);
  return 0;
}
