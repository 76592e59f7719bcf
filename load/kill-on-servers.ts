import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { sql } from 'drizzle-orm';

import { nextIndexOf } from '#search/live-index.ts';
import { rowOf } from '#store/store.ts';

import { digestTables, listDifferences, Mirror } from './kill-directory-state.ts';
import { startProgram, type Program } from './kill-program.ts';
import {
  isImportLocked,
  killPostgres,
  listLeftovers,
  openServers,
  POSTGRES_DEATHS,
  type Servers,
} from './kill-servers.ts';
import {
  attempt,
  draw,
  drawMoments,
  Durations,
  otherSet,
  until,
  within,
  type Proof,
  type SetId,
  type Trial,
  type Work,
} from './kill-trial.ts';

type Victim = 'importer' | 'rebuilder' | 'meilisearch' | 'postgres' | 'server';

/** Who does the indexing, and why: the operator's command, or the server by itself. */
type Indexing = 'rebuild' | 'index lost' | 'index unknown';

const VICTIMS: Record<Exclude<Work, 'first import'>, readonly Victim[]> = {
  import: ['importer', 'meilisearch', 'postgres', 'server'],
  indexing: ['importer', 'rebuilder', 'meilisearch', 'postgres', 'server'],
};

/** All trials of one kind of work, one after the other, on one Postgres, one Meilisearch and one server that live through all. */
export async function killOnServers(proof: Proof, work: keyof typeof VICTIMS): Promise<void> {
  const folder = join(proof.folder, `servers-${work}`);
  await mkdir(folder, { recursive: true });
  await using servers = await openServers(folder, `kill_${work}`, proof.signal);
  const lane = new Lane(proof, work, servers);
  await lane.fill();
  const moments = VICTIMS[work].map((victim) => drawMoments(proof.seed, `${work} ${victim}`, proof.rounds));
  for (let round = 0; round < proof.rounds; round += 1) {
    for (const [i, victim] of VICTIMS[work].entries()) await lane.try(victim, round, moments[i]![round]!);
  }
}

class Lane {
  readonly #proof: Proof;
  readonly #work: Work;
  readonly #servers: Servers;
  readonly #durations = new Durations();
  #mirror = new Mirror();
  /** What the directory holds. */
  #set: SetId = 'a';
  #exact = '';
  #lastXid = '';

  constructor(proof: Proof, work: Work, servers: Servers) {
    this.#proof = proof;
    this.#work = work;
    this.#servers = servers;
  }

  /** To the state from which the sets alternate; sees how long each work takes. */
  async fill(): Promise<void> {
    await this.#mustRun(['import', ...this.#proof.everything]);
    await this.#mustRun(['import', '--accept-changes', ...this.#proof.sets.b]);
    await this.#timed('import', ['import', '--accept-changes', ...this.#proof.sets.a]);
    await this.#servers.untilIndexed();
    await this.#timed('indexing', ['index', 'rebuild']);
    await this.#servers.untilIndexed();
    await this.#mirror.pull(this.#servers.url, this.#proof.signal);
    const digests = await digestTables(this.#servers.store);
    this.#exact = digests.exact;
    this.#lastXid = await this.#readLastXid();
    if (digests.content !== this.#proof.expected.a.tables) throw new Error('two calm directories differ');
  }

  async try(victim: Victim, round: number, share: number): Promise<void> {
    const { seed, signal, report } = this.#proof;
    const death =
      POSTGRES_DEATHS[Math.floor(draw(seed, this.#work, 'death', round) * POSTGRES_DEATHS.length)]!;
    const indexing = toIndexing(victim, round);
    const details = [
      ...(this.#work === 'indexing' ? [indexing] : []),
      ...(victim === 'postgres' ? [death] : []),
    ];
    const start = { flavour: 'servers', work: this.#work, victim, detail: details.join(', ') } as const;
    const trial = await attempt(start, signal, async (trial) => {
      const killing = new Killing(this.#servers, victim, death, signal);
      const atMs = share * this.#durations.of(this.#work);
      if (this.#work === 'import') await this.#killDuringImport(trial, killing, atMs);
      else await this.#killDuringIndexing(trial, killing, atMs, indexing);
    });
    if (trial.violations.length > 0)
      trial.violations.push(`the server said: ${this.#servers.serverOutput().slice(-3000)}`);
    report(trial);
    if (trial.violations.length > 0) await this.#recover();
  }

  async #killDuringImport(trial: Trial, killing: Killing, atMs: number): Promise<void> {
    await using importer = this.#start([
      'import',
      '--accept-changes',
      ...this.#proof.sets[otherSet(this.#set)],
    ]);
    trial.momentMs = await killing.after(atMs, importer, importer);
    await this.#checkInterruptedImport(trial, killing, importer);
    await this.#converge(trial, performance.now());
  }

  async #killDuringIndexing(trial: Trial, killing: Killing, atMs: number, indexing: Indexing): Promise<void> {
    const other = this.#proof.sets[otherSet(this.#set)];
    await using importer =
      killing.victim === 'importer' ? this.#start(['import', '--accept-changes', ...other]) : undefined;
    await using rebuilder = indexing === 'rebuild' ? this.#start(['index', 'rebuild']) : undefined;
    if (indexing === 'index lost') await this.#loseIndex();
    if (indexing === 'index unknown') await this.#servers.store.db.execute(sql`delete from index_cursor`);
    trial.momentMs = await killing.after(atMs, importer, rebuilder);
    if (rebuilder) await this.#checkInterruptedRebuild(trial, killing, rebuilder);
    if (importer) await this.#checkInterruptedImport(trial, killing, importer);
    else await this.#find(trial);
    await this.#converge(trial, importer ? performance.now() : killing.revivedAtMs);
  }

  /** As when the engine's disk was replaced. */
  async #loseIndex(): Promise<void> {
    const { engine } = this.#servers;
    const task = await engine.deleteIndex(engine.indexName);
    await until(
      'the index is deleted',
      this.#proof.signal,
      async () => (await engine.getTask(task)).status === 'succeeded',
    );
  }

  async #checkInterruptedImport(trial: Trial, killing: Killing, importer: Program): Promise<void> {
    const { signal, sets } = this.#proof;
    const { victim } = killing;
    const lastXid = this.#lastXid;
    const exitCode = await within('the importer ends', signal, importer.exited);
    const wasDone = exitCode === 0;
    const killedAtMs = performance.now();
    await until(
      'the lock of imports is free',
      signal,
      async () => !(await isImportLocked(this.#servers.store)),
    );
    const lockedMs = performance.now() - killedAtMs;
    if (lockedMs > 2000) trial.detail += ` (lock held ${Math.round(lockedMs)} ms longer)`;
    await this.#find(trial);
    if (wasDone && trial.found === 'before')
      trial.violations.push('an import that said it was done is not there');
    if (!wasDone && (victim === 'meilisearch' || victim === 'server')) {
      trial.violations.push(
        `the importer failed although it needs no ${victim}: ${importer.output().slice(-500)}`,
      );
    }
    if (!wasDone && victim === 'postgres' && !isOneSentence(importer)) {
      trial.violations.push(`the importer did not end with one sentence: ${importer.output().slice(-1500)}`);
    }
    const target = otherSet(this.#set);
    await this.#timed(trial.found === 'after' ? 'import of the same files' : 'import', [
      'import',
      '--accept-changes',
      ...sets[target],
    ]);
    const state = await digestTables(this.#servers.store);
    const expected = this.#proof.expected[target].tables;
    if (state.content !== expected) {
      trial.violations.push(
        `the next import did not lead to the expected state: ${listDifferences(state.content, expected)}`,
      );
    }
    await this.#checkOneTransaction(trial, lastXid);
    this.#set = target;
    this.#exact = state.exact;
    this.#lastXid = await this.#readLastXid();
  }

  async #readLastXid(): Promise<string> {
    const { store } = this.#servers;
    const { xid } = await rowOf<{ xid: string }>(store.db, sql`select max(xid)::text as xid from change_log`);
    return xid;
  }

  /** All that the imports of one trial wrote to the log, the one that was done wrote at once. */
  async #checkOneTransaction(trial: Trial, lastXid: string): Promise<void> {
    const { count } = await rowOf<{ count: number }>(
      this.#servers.store.db,
      sql`select count(distinct xid)::int as count from change_log where xid > ${lastXid}::text::xid8`,
    );
    if (count !== 1) trial.violations.push(`the change log shows ${count} imports instead of one`);
  }

  async #checkInterruptedRebuild(trial: Trial, { victim }: Killing, rebuilder: Program): Promise<void> {
    const exitCode = await within('the rebuild ends', this.#proof.signal, rebuilder.exited);
    if (exitCode === 0 || victim === 'rebuilder') return;
    if (victim === 'server' || victim === 'importer') {
      trial.violations.push(
        `the rebuild failed although it needs no ${victim}: ${rebuilder.output().slice(-500)}`,
      );
    } else if (!isOneSentence(rebuilder)) {
      trial.violations.push(`the rebuild did not end with one sentence: ${rebuilder.output().slice(-1500)}`);
    }
  }

  /** Before, bit for bit, or after. */
  async #find(trial: Trial): Promise<void> {
    const state = await digestTables(this.#servers.store);
    const expected = this.#proof.expected[otherSet(this.#set)].tables;
    if (state.exact === this.#exact) trial.found = 'before';
    else if (state.content === expected) trial.found = 'after';
    else {
      trial.violations.push(
        `the directory is neither as before (${listDifferences(state.exact, this.#exact)} differ) nor as after (${listDifferences(state.content, expected)} differ)`,
      );
    }
  }

  /** The server by itself, with nobody's help; then what is compared, and what is left over. */
  async #converge(trial: Trial, sinceMs: number): Promise<void> {
    const { signal, expected } = this.#proof;
    await this.#servers.untilIndexed();
    trial.convergedMs = performance.now() - sinceMs;
    await this.#compare(trial);
    await this.#mirror.pull(this.#servers.url, signal);
    if (this.#mirror.digest() !== expected[this.#set].correspondents) {
      trial.violations.push('the change feed, followed from before, does not lead to the directory as it is');
    }
    await this.#checkNextIndex(trial);
    let leftovers: string[] = [];
    await until('nothing is left over', signal, async () => {
      leftovers = await listLeftovers(this.#servers.store);
      return leftovers.length === 0;
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      trial.violations.push(`left over: ${leftovers.join(', ')} (${String(error)})`);
    });
  }

  async #compare(trial: Trial): Promise<void> {
    await using compare = this.#start(['index', 'compare']);
    const exitCode = await within('index compare ends', this.#proof.signal, compare.exited);
    if (exitCode !== 0) trial.violations.push(`index compare ended with ${exitCode}: ${compare.output()}`);
  }

  /** What a killed rebuild left behind is removed by the next one. */
  async #checkNextIndex(trial: Trial): Promise<void> {
    const { engine } = this.#servers;
    if (!(await engine.findIndex(nextIndexOf(engine)))) return;
    await this.#timed('indexing', ['index', 'rebuild']);
    if (await engine.findIndex(nextIndexOf(engine)))
      trial.violations.push('a rebuild left the index of the one before');
    await this.#servers.untilIndexed();
    await this.#compare(trial);
  }

  #start(argv: readonly string[]): Program {
    return startProgram('cli', argv, this.#servers.env);
  }

  async #timed(work: string, argv: readonly string[]): Promise<void> {
    const startedAtMs = performance.now();
    await this.#mustRun(argv);
    this.#durations.saw(work, performance.now() - startedAtMs);
  }

  async #mustRun(argv: readonly string[]): Promise<void> {
    await using program = this.#start(argv);
    const exitCode = await within(`${argv[0]} ends`, this.#proof.signal, program.exited);
    if (exitCode !== 0)
      throw new Error(`${argv.slice(0, 2).join(' ')} ended with ${exitCode}: ${program.output()}`);
  }

  /** After a violation, so that the next trial shows something of its own: whatever it takes. */
  async #recover(): Promise<void> {
    const { signal, sets } = this.#proof;
    await until(
      'the lock of imports is free',
      signal,
      async () => !(await isImportLocked(this.#servers.store)),
    );
    await this.#servers.server.kill();
    await this.#servers.server.restart();
    for (const set of ['b', 'a'] as const)
      await this.#mustRun(['import', '--force', '--accept-changes', ...sets[set]]);
    this.#set = 'a';
    await this.#servers.untilIndexed();
    await this.#timed('indexing', ['index', 'rebuild']);
    await this.#servers.untilIndexed();
    this.#mirror = new Mirror();
    await this.#mirror.pull(this.#servers.url, signal);
    this.#exact = (await digestTables(this.#servers.store)).exact;
    this.#lastXid = await this.#readLastXid();
  }
}

function toIndexing(victim: Victim, round: number): Indexing {
  if (victim === 'rebuilder' || victim === 'importer') return 'rebuild';
  const ways = ['index lost', 'index unknown', 'rebuild'] as const;
  // A command that rebuilds does not need the server.
  return ways[round % (victim === 'server' ? 2 : 3)]!;
}

/** Expected to go wrong, so told in a sentence, not with a stack. */
function isOneSentence(program: Program): boolean {
  return !/^\s+at /m.test(program.output());
}

class Killing {
  readonly victim: Victim;
  /** When what was killed had been started again. */
  revivedAtMs = Number.NaN;
  readonly #servers: Servers;
  readonly #death: (typeof POSTGRES_DEATHS)[number];
  readonly #signal: AbortSignal;

  constructor(
    servers: Servers,
    victim: Victim,
    death: (typeof POSTGRES_DEATHS)[number],
    signal: AbortSignal,
  ) {
    this.#servers = servers;
    this.victim = victim;
    this.#death = death;
    this.#signal = signal;
  }

  /** Kills at that moment, and starts again what was killed. @returns the moment as it came */
  async after(atMs: number, importer: Program | undefined, rebuilder: Program | undefined): Promise<number> {
    const startedAtMs = performance.now();
    await delay(atMs, undefined, { signal: this.#signal });
    const { victim } = this;
    const momentMs = performance.now() - startedAtMs;
    if (victim === 'importer') await importer!.kill();
    else if (victim === 'rebuilder') await rebuilder!.kill();
    else if (victim === 'postgres') {
      await killPostgres(this.#servers, this.#death, this.#signal);
    } else {
      await this.#servers[victim].kill();
      await this.#servers[victim].restart();
    }
    this.revivedAtMs = performance.now();
    return momentMs;
  }
}
