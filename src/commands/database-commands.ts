import { recordAudit } from '#store/audit.ts';
import { grantApplication } from '#store/grant-application.ts';

import type { Services } from '../services.ts';
import { OPERATOR, type CommandIo } from './command-io.ts';

const REFUSALS = {
  absent: 'There is no such role. Make it first: create role NAME login password …\n',
  mighty: 'This role owns the tables, or is a superuser: nothing it is given would bound it. Make another.\n',
};

/** @returns the exit code: 2 when nothing was given */
export async function databaseGrantCommand({ store }: Services, role: string, io: CommandIo) {
  const outcome = await grantApplication(store.db, role);
  if (outcome !== 'granted') {
    io.err(REFUSALS[outcome]);
    return 2;
  }
  await recordAudit(store.db, {
    ...OPERATOR,
    operation: 'database grant',
    outcome: 'done',
    details: { role },
  });
  io.out(
    'Granted: servers and commands may use it, but for imports and new versions, which need the owner’s.\n',
  );
  return 0;
}
