import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { engineUrl, findFreePort } from '#embedded/engine-process.ts';
import { listProcessesWithWord } from '#embedded/process-identity.ts';
import { nextIndexOf } from '#search/live-index.ts';
import { openSearchEngine, type SearchEngine } from '#search/engine.ts';

import { Mirror } from './kill-directory-state.ts';
import { startProgram, type Program } from './kill-program.ts';
import { untilIndexed } from './kill-servers.ts';
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

const ALTERNATING = new Set(['rpps', 'savoir-faire', 'diplomes', 'mssante']);

/** PGlite and the bundled engine, inside what `npm start` starts; commands are forwarded to it. */
export async function killEmbedded(proof: Proof): Promise<void> {
  const dataDir = join(proof.folder, 'embedded');
  const env = { DATA_DIR: dataDir, DEMO: 'off', PORT: String(await findFreePort()) };
  await using lane = new EmbeddedLane(proof, dataDir, env);
  await lane.fill();
  const works: Work[] = ['import', 'indexing'];
  const moments = works.map((work) => drawMoments(proof.seed, `embedded ${work}`, proof.rounds));
  for (let round = 0; round < proof.rounds; round += 1) {
    for (const [i, work] of works.entries()) await lane.try(work, round, moments[i]![round]!);
  }
}

class EmbeddedLane {
  readonly #proof: Proof;
  readonly #dataDir: string;
  readonly #env: Record<string, string>;
  readonly #url: string;
  readonly #durations = new Durations();
  #server: Program;
  #mirror = new Mirror();
  #set: SetId = 'a';

  constructor(proof: Proof, dataDir: string, env: Record<string, string>) {
    this.#proof = proof;
    this.#dataDir = dataDir;
    this.#env = env;
    this.#url = `http://127.0.0.1:${env['PORT']}`;
    this.#server = startProgram('server', [], env);
  }

  async fill(): Promise<void> {
    await this.#untilIndexed();
    await this.#mustRun(['import', ...this.#proof.everything]);
    await this.#timedImport('b');
    await this.#timedImport('a');
    await this.#untilIndexed();
    await this.#mirror.pull(this.#url, this.#proof.signal);
    const startedAtMs = performance.now();
    await this.#loseIndex();
    await this.#untilIndexed();
    this.#durations.saw('indexing', performance.now() - startedAtMs);
  }

  async try(work: Work, round: number, share: number): Promise<void> {
    const { seed, signal, report } = this.#proof;
    const isEngineKilled = draw(seed, 'embedded', work, 'engine', round) < 0.5;
    const start = {
      flavour: 'embedded',
      work,
      victim: 'server',
      detail: isEngineKilled ? 'and its engine' : '',
    } as const;
    const trial = await attempt(start, signal, async (trial) => {
      const importer =
        work === 'import'
          ? startProgram(
              'cli',
              ['import', '--accept-changes', ...this.#proof.sets[otherSet(this.#set)]],
              this.#env,
            )
          : undefined;
      if (work === 'indexing') await this.#loseIndex();
      const startedAtMs = performance.now();
      await delay(share * this.#durations.of(work), undefined, { signal });
      trial.momentMs = performance.now() - startedAtMs;
      await Promise.all([this.#server.kill(), isEngineKilled ? this.#killEngine() : undefined]);
      const exitCode = importer && (await within('the importer ends', signal, importer.exited));
      await this.#restart(trial);
      await this.#find(trial);
      if (importer) await this.#checkImport(trial, importer, exitCode ?? null);
      await this.#check(trial);
    });
    if (trial.violations.length > 0)
      trial.violations.push(`the server said: ${this.#server.output().slice(-3000)}`);
    report(trial);
    if (trial.violations.length > 0) await this.#recover();
  }

  async #restart(trial: Trial): Promise<void> {
    const startedAtMs = performance.now();
    this.#server = startProgram('server', [], this.#env);
    await this.#untilIndexed();
    trial.convergedMs = performance.now() - startedAtMs;
  }

  /** By what it shows, and by what it says of its sources. */
  async #find(trial: Trial): Promise<void> {
    const { signal, expected, publishedOn } = this.#proof;
    await this.#mirror.pull(this.#url, signal);
    const other = otherSet(this.#set);
    const digest = this.#mirror.digest();
    const dates = await this.#readDates();
    const isAll = (set: SetId) => dates.every((it) => it === publishedOn[set]);
    if (digest === expected[this.#set].correspondents && isAll(this.#set)) trial.found = 'before';
    else if (digest === expected[other].correspondents && isAll(other)) trial.found = 'after';
    else
      trial.violations.push(
        `the directory is neither as before nor as after: sources of ${dates.join(', ')}`,
      );
  }

  /** Of the sources that the sets hold. */
  async #readDates(): Promise<string[]> {
    const response = await fetch(`${this.#url}/v1/sources`);
    const { sources } = (await response.json()) as {
      sources: { source: string; publishedAt: string | null }[];
    };
    return sources
      .filter((it) => ALTERNATING.has(it.source))
      .map((it) => it.publishedAt?.slice(0, 10) ?? 'never');
  }

  async #checkImport(trial: Trial, importer: Program, exitCode: number | null): Promise<void> {
    if (exitCode === 0 && trial.found === 'before') {
      trial.violations.push('an import that said it was done is not there');
    }
    if (exitCode !== 0 && /^\s+at /m.test(importer.output())) {
      trial.violations.push(`the importer did not end with one sentence: ${importer.output().slice(-1500)}`);
    }
    const target = otherSet(this.#set);
    if (trial.found === 'after')
      await this.#mustRun(['import', '--accept-changes', ...this.#proof.sets[target]]);
    else await this.#timedImport(target);
    this.#set = target;
    await this.#mirror.pull(this.#url, this.#proof.signal);
    if (this.#mirror.digest() !== this.#proof.expected[target].correspondents) {
      trial.violations.push('the next import did not lead to the expected state');
    }
    const startedAtMs = performance.now();
    await this.#untilIndexed();
    trial.convergedMs += performance.now() - startedAtMs;
  }

  async #check(trial: Trial): Promise<void> {
    await this.#compare(trial);
    const engine = await this.#openEngine();
    if (await engine.findIndex(nextIndexOf(engine))) {
      await this.#mustRun(['index', 'rebuild']);
      if (await engine.findIndex(nextIndexOf(engine))) {
        trial.violations.push('a rebuild left the index of the one before');
      }
      await this.#compare(trial);
    }
    const whole = new Mirror();
    await whole.pull(this.#url, this.#proof.signal);
    if (whole.digest() !== this.#mirror.digest()) {
      trial.violations.push('the change feed from the start and from before lead to two directories');
    }
    const engines = await this.#listEngines();
    if (engines.length !== 1) trial.violations.push(`${engines.length} engines are running on one folder`);
  }

  async #compare(trial: Trial): Promise<void> {
    await using compare = startProgram('cli', ['index', 'compare'], this.#env);
    const exitCode = await within('index compare ends', this.#proof.signal, compare.exited);
    if (exitCode !== 0) trial.violations.push(`index compare ended with ${exitCode}: ${compare.output()}`);
  }

  #listEngines() {
    return listProcessesWithWord(join(this.#dataDir, 'meilisearch'));
  }

  async #killEngine(): Promise<void> {
    for (const { pid } of await this.#listEngines()) process.kill(pid, 'SIGKILL');
  }

  async #openEngine(): Promise<SearchEngine> {
    const [process] = await this.#listEngines();
    const address = process?.words[process.words.indexOf('--http-addr') + 1];
    return openSearchEngine({
      url: engineUrl(Number(address?.split(':').at(-1))),
      key: (await readFile(join(this.#dataDir, 'meilisearch.key'), 'utf8')).trim(),
      indexName: 'correspondents',
      timeoutMs: 10_000,
    });
  }

  /** So that the server has its first indexing before it again. */
  async #loseIndex(): Promise<void> {
    const engine = await this.#openEngine();
    const task = await engine.deleteIndex(engine.indexName);
    await until(
      'the index is deleted',
      this.#proof.signal,
      async () => (await engine.getTask(task)).status === 'succeeded',
    );
  }

  #untilIndexed(): Promise<void> {
    return untilIndexed(this.#url, () => this.#server, this.#proof.signal);
  }

  async #timedImport(set: SetId): Promise<void> {
    const startedAtMs = performance.now();
    await this.#mustRun(['import', '--accept-changes', ...this.#proof.sets[set]]);
    this.#durations.saw('import', performance.now() - startedAtMs);
  }

  async #mustRun(argv: readonly string[]): Promise<void> {
    await using program = startProgram('cli', argv, this.#env);
    const exitCode = await within(`${argv[0]} ends`, this.#proof.signal, program.exited);
    if (exitCode !== 0)
      throw new Error(`${argv.slice(0, 2).join(' ')} ended with ${exitCode}: ${program.output()}`);
  }

  async #recover(): Promise<void> {
    await this.#server.kill();
    this.#server = startProgram('server', [], this.#env);
    await this.#untilIndexed();
    for (const set of ['b', 'a'] as const) {
      await this.#mustRun(['import', '--force', '--accept-changes', ...this.#proof.sets[set]]);
    }
    this.#set = 'a';
    await this.#mustRun(['index', 'rebuild']);
    await this.#untilIndexed();
    this.#mirror = new Mirror();
    await this.#mirror.pull(this.#url, this.#proof.signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
    await this.#killEngine();
  }
}
