import { readFileSync, writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

const AUTOGROUP = '/proc/self/autogroup';
const NICEST = 19;

/**
 * Lets the servers of the same machine go first where there are not cores enough for all. Linux shares cores between sessions before
 * it looks at priorities, which count within a session only: a session that this process leads, and nobody else therefore goes on
 * using, gives way as a whole. Where it is not allowed, everything stays as it is.
 * @see https://man7.org/linux/man-pages/man7/sched.7.html "The autogroup feature"
 */
export function giveWay(): void {
  try {
    setPriority(Math.min(NICEST, getPriority() + NICEST));
    if (isSessionLeader()) writeFileSync(AUTOGROUP, String(Math.min(NICEST, readSessionPriority() + NICEST)));
  } catch {
    // Another system, or not allowed here.
  }
}

function isSessionLeader(): boolean {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  // The name of the program, which may hold anything, is in parentheses; behind it: state, parent, group, session.
  const session = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3];
  return session === String(process.pid);
}

function readSessionPriority(): number {
  return Number(/nice (-?\d+)/.exec(readFileSync(AUTOGROUP, 'utf8'))?.[1] ?? 0);
}
