import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, setPriority, totalmem } from 'node:os';

/** CPU time since some moment, in milliseconds: of these cores as a whole, and of this process with all that it started. */
export interface CpuReading {
  atMs: number;
  busyMs: number;
  ownMs: number;
}

/** `/proc` counts in hundredths of a second on every Linux that runs Node. */
const TICK_MS = 10;

/** On a shared machine the cores are then ours but for some per cent. */
const PRIORITY = -10;

/**
 * Binds this process, and so all that it starts from now on, to some cores, ahead of other programs where we may.
 * @returns the cores; all of the machine's where `taskset` is absent, which the report then shows
 */
export function pinToCores(count: number): number[] {
  const all = Array.from({ length: cpus().length }, (_, core) => core);
  const chosen = all.slice(-count);
  preferProcess(process.pid);
  try {
    execFileSync('taskset', ['-a', '-c', '-p', chosen.join(','), String(process.pid)], { stdio: 'ignore' });
    return chosen;
  } catch {
    return all;
  }
}

/**
 * Puts the session of a process ahead of others: Linux shares cores between sessions first, and a nice value counts within one only.
 * For root; elsewhere nothing happens, and the report shows what the others took.
 */
export function preferProcess(pid: number): void {
  try {
    setPriority(pid, PRIORITY);
    writeFileSync(`/proc/${pid}/autogroup`, String(PRIORITY));
  } catch {
    // Not ours to claim.
  }
}

/** The same for each process that it has started: of Postgres each connection is one, and a session of its own. */
export function preferChildren(pid: number): void {
  const children = tryRead(`/proc/${pid}/task/${pid}/children`) ?? '';
  for (const child of children.split(' ')) if (child !== '') preferProcess(Number(child));
}

export function describeMachine(cores: readonly number[]) {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    coresOfMachine: cpus().length,
    coresUsed: cores,
    parallelism: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
  };
}

export function readCpu(cores: readonly number[]): CpuReading {
  const names = new Set(cores.map((core) => `cpu${core}`));
  let busyTicks = 0;
  for (const line of readFileSync('/proc/stat', 'utf8').split('\n')) {
    const [name, user, nice, system, , , irq, softirq, steal] = line.split(/\s+/);
    if (names.has(name!)) {
      for (const ticks of [user, nice, system, irq, softirq, steal]) busyTicks += Number(ticks);
    }
  }
  return { atMs: performance.now(), busyMs: busyTicks * TICK_MS, ownMs: readOwnTicks() * TICK_MS };
}

/** What was used between two readings. */
export interface CpuUse {
  /** By this process and all that it started. */
  ownMs: number;
  /** Share (0 to 1) of the cores' time that went to processes which are none of ours. */
  othersShare: number;
}

export function toCpuUse(before: CpuReading, after: CpuReading, cores: readonly number[]): CpuUse {
  const ownMs = after.ownMs - before.ownMs;
  const othersMs = after.busyMs - before.busyMs - ownMs;
  return { ownMs, othersShare: Math.max(0, othersMs / ((after.atMs - before.atMs) * cores.length)) };
}

/** Memory of a process at its highest, in MB; undefined once it is gone. */
export function readPeakMemoryMb(pid: number): number | undefined {
  return readStatusMb(pid, /VmHWM:\s+(\d+) kB/);
}

/** Memory of a process now, in MB; undefined once it is gone. */
export function readMemoryMb(pid: number): number | undefined {
  return readStatusMb(pid, /VmRSS:\s+(\d+) kB/);
}

function readStatusMb(pid: number, line: RegExp): number | undefined {
  const match = line.exec(tryRead(`/proc/${pid}/status`) ?? '');
  return match ? Number(match[1]) / 1024 : undefined;
}

/** How often a process has waited for a page of memory from the disk (its major faults); 0 once it is gone. */
export function readDiskFaults(pid: number): number {
  const stat = tryRead(`/proc/${pid}/stat`) ?? '';
  return Number(fieldsOf(stat)[9] ?? 0);
}

/** Of `/proc/<pid>/stat`, from the state on. The name of the program, which may hold anything, is in parentheses. */
function fieldsOf(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Of this process and its descendants, with those of them that have ended. */
function readOwnTicks(): number {
  const processes = new Map<number, { parent: number; ticks: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = tryRead(`/proc/${name}/stat`);
    if (stat === undefined) continue;
    const fields = fieldsOf(stat);
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    processes.set(Number(name), { parent: Number(fields[1]), ticks });
  }
  let sum = 0;
  for (const [pid, { ticks }] of processes) {
    let ancestor: number | undefined = pid;
    while (ancestor !== undefined && ancestor !== process.pid) ancestor = processes.get(ancestor)?.parent;
    if (ancestor !== undefined) sum += ticks;
  }
  return sum;
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
