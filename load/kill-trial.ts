import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { seconds } from './report.ts';

/** The two sets of official files between which the directory goes to and fro. */
export type SetId = 'a' | 'b';
export type Work = 'first import' | 'import' | 'indexing';

export interface Trial {
  flavour: 'servers' | 'embedded';
  work: Work;
  victim: string;
  /** How it was done, when there are several ways. */
  detail: string;
  /** When the victim was killed, since the work was begun. */
  momentMs: number;
  /** What the directory was found to be after the kill. */
  found: 'before' | 'after' | 'neither';
  /** From the restart of the victim, or the end of the import that followed it, until the index had everything. */
  convergedMs: number;
  /** The whole trial, checks included. */
  durationMs: number;
  /** What was not as it must be. */
  violations: string[];
}

/** What the directory is when it holds a set: digests, taken of a directory that nobody disturbed. */
export interface Expected {
  tables: string;
  correspondents: string;
}

/** What all trials share. */
export interface Proof {
  folder: string;
  seed: number;
  rounds: number;
  signal: AbortSignal;
  /** Arguments of `cli import`: everything, for the first import, and what differs between the sets. */
  everything: readonly string[];
  sets: Record<SetId, readonly string[]>;
  /** "2026-11-20": what the sources of the sets are dated. */
  publishedOn: Record<SetId, string>;
  /** `first`: of the first set, before the second one was ever seen. */
  expected: Record<SetId | 'first', Expected>;
  report: (trial: Trial) => void;
}

export const otherSet = (set: SetId): SetId => (set === 'a' ? 'b' : 'a');

/** In [0, 1), the same for the same words. */
export function draw(seed: number, ...words: (string | number)[]): number {
  const digest = createHash('sha256')
    .update([seed, ...words].join('/'))
    .digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/**
 * The share of a work's duration at which each round kills: a random moment of each tenth (for ten rounds), in random order,
 * so that the moments lie over the whole work.
 */
export function drawMoments(seed: number, name: string, rounds: number): number[] {
  const shares = Array.from({ length: rounds }, (_, i) => (i + draw(seed, name, 'moment', i)) / rounds);
  return shares
    .map((share, i) => ({ share, rank: draw(seed, name, 'order', i) }))
    .toSorted((x, y) => x.rank - y.rank)
    .map(({ share }) => share);
}

/** How long a work takes when nobody is killed, as last seen: the machine may have other things to do. */
export class Durations {
  readonly #lastMs = new Map<string, number>();

  saw(work: string, durationMs: number): void {
    this.#lastMs.set(work, durationMs);
  }

  of(work: string): number {
    const durationMs = this.#lastMs.get(work);
    if (durationMs === undefined) throw new Error(`nobody saw how long ${work} takes`);
    return durationMs;
  }
}

const POLL_MS = 100;
/** Generous: a machine that is busy with other things must not fail the proof. */
export const LIMIT_MS = 120_000;

/** @throws Error when it is not so within {@link LIMIT_MS}; the signal's reason */
export async function until(
  what: string,
  signal: AbortSignal,
  isSo: () => Promise<boolean> | boolean,
): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  let lastError: unknown;
  for (;;) {
    signal.throwIfAborted();
    try {
      if (await isSo()) return;
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      lastError = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`not within ${LIMIT_MS / 1000} s: ${what}`, { cause: lastError });
    }
    await delay(POLL_MS, undefined, { signal });
  }
}

/** Waiting on is of no use. */
export class Hopeless extends Error {}

/** A promise that must settle soon. */
export async function within<T>(what: string, signal: AbortSignal, work: Promise<T>): Promise<T> {
  let isSettled = false;
  const settled = work.finally(() => (isSettled = true));
  settled.catch(() => undefined);
  await until(what, signal, () => isSettled);
  return settled;
}

/** Runs one trial; what it throws is a violation too. */
export async function attempt(
  start: Pick<Trial, 'flavour' | 'work' | 'victim' | 'detail'>,
  signal: AbortSignal,
  run: (trial: Trial) => Promise<void>,
): Promise<Trial> {
  const trial: Trial = {
    ...start,
    momentMs: 0,
    found: 'neither',
    convergedMs: Number.NaN,
    durationMs: 0,
    violations: [],
  };
  const startedAtMs = performance.now();
  try {
    await run(trial);
  } catch (error) {
    signal.throwIfAborted();
    trial.violations.push(error instanceof Error ? `${error.message}${causeOf(error)}` : String(error));
  }
  trial.durationMs = performance.now() - startedAtMs;
  return trial;
}

function causeOf(error: Error): string {
  return error.cause instanceof Error ? ` (${error.cause.message}${causeOf(error.cause)})` : '';
}

export function formatTrial(trial: Trial): string {
  const { flavour, work, victim, detail, momentMs, found, convergedMs, durationMs, violations } = trial;
  const how = detail === '' ? '' : ` (${detail})`;
  const line = `${flavour}: ${work}, ${victim}${how} killed at ${Math.round(momentMs)} ms: found ${found}, ${Number.isNaN(convergedMs) ? '' : `converged in ${seconds(convergedMs)}, `}all checked in ${seconds(durationMs)}`;
  return [line, ...violations.map((it) => `  VIOLATION: ${it}`)].join('\n');
}
