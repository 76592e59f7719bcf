import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

const AUTOGROUP = '/proc/self/autogroup';

/**
 * Lets the servers of the same machine go first where there are not cores enough for all, until this process ends; so does what it
 * starts. Linux shares cores between sessions before it looks at priorities, which count within a session only: the session gives way
 * too, unless programs stand in it that this one knows nothing of, the server for example. Where it is not allowed, everything stays
 * as it is.
 * @see https://man7.org/linux/man-pages/man7/sched.7.html "The autogroup feature"
 */
export function giveWay(): void {
  quietly(() => setPriority(constants.priority.PRIORITY_BELOW_NORMAL));
  quietly(() => {
    if (!isSessionOurs()) return;
    const before = /nice (-?\d+)/.exec(readFileSync(AUTOGROUP, 'utf8'))?.[1];
    if (before === undefined) return;
    writeFileSync(AUTOGROUP, String(constants.priority.PRIORITY_BELOW_NORMAL));
    // The shell that started it lives on.
    process.once('exit', () => quietly(() => writeFileSync(AUTOGROUP, before)));
  });
}

/** Whether nobody is in it but this process and those that wait for it. */
function isSessionOurs(): boolean {
  const processes = readProcesses();
  const own = processes.get(process.pid);
  const line = new Set<number>();
  for (let pid: number | undefined = process.pid; pid !== undefined && !line.has(pid);) {
    line.add(pid);
    pid = processes.get(pid)?.parent;
  }
  const members = [...processes].filter(([, { session }]) => session === own?.session);
  return own !== undefined && members.every(([pid]) => line.has(pid));
}

function readProcesses(): Map<number, { parent: number; session: number }> {
  const processes = new Map<number, { parent: number; session: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    quietly(() => {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name of the program, which may hold anything, is in parentheses; behind it: state, parent, group, session.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      processes.set(Number(name), { parent: Number(fields[1]), session: Number(fields[3]) });
    });
  }
  return processes;
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Another system, another's process, or one that has just ended.
  }
}
