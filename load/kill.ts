import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { PRESETS } from '#demo/presets.ts';
import { writeOfficialFiles } from '#demo/write-official-files.ts';
import { openPostgresStore } from '#store/postgres-store.ts';

import { findPostgresBinaries, startPostgresServer } from '../test/support/postgres-server.ts';
import { digestCorrespondents, digestTables } from './kill-directory-state.ts';
import { killOnServers } from './kill-on-servers.ts';
import { killFirstImports } from './kill-first-import.ts';
import { killEmbedded } from './kill-embedded.ts';
import { startProgram } from './kill-program.ts';
import { formatTrial, within, type Expected, type Proof, type SetId, type Trial } from './kill-trial.ts';
import { seconds, toTable } from './report.ts';

/**
 * `kill -9` of the importer, of Meilisearch, of Postgres and of the server at random moments of an import and of an indexing:
 * after the restart the directory is as before or as after, the next import leads where it should, the change feed tells all
 * of it, and `index compare` finds no difference. Exit code 1 when once it was not so. Linux.
 */
const { values } = parseArgs({
  options: {
    /** Moments for each kind of work and each victim. */
    rounds: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** How many practitioners the files have. Ten rounds of 8,000 took 13 minutes on four busy cores. */
    people: { type: 'string', default: '8000' },
    /** Names of lanes, parted by commas. */
    only: { type: 'string', default: 'first,import,indexing,embedded' },
  },
});

/** Of the people differ between the two sets, so that writing and indexing take a while too. */
const DIFFERING_SHARE = 0.3;

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => stopping.abort(new Error(name)));
}

const folder = await mkdtemp(join(tmpdir(), 'correspondants-kill-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const trials: Trial[] = [];
const startedAtMs = performance.now();
try {
  process.exitCode = await run();
} catch (error) {
  if (!stopping.signal.aborted) throw error;
  process.stderr.write('Interrupted.\n');
  process.exitCode = 130;
}

async function run(): Promise<number> {
  const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
  process.stdout.write(`seed ${seed}, ${rounds} rounds, ${values.people} people\n`);
  const proof = await prepare(rounds, seed);
  process.stdout.write(`prepared in ${seconds(performance.now() - startedAtMs)}\n`);
  const lanes: Record<string, () => Promise<void>> = {
    first: () => killFirstImports(proof),
    import: () => killOnServers(proof, 'import'),
    indexing: () => killOnServers(proof, 'indexing'),
    embedded: () => killEmbedded(proof),
  };
  const chosen = Object.keys(lanes).filter((name) => values.only.split(',').includes(name));
  const outcomes = await Promise.allSettled(chosen.map((name) => lanes[name]!()));
  stopping.signal.throwIfAborted();
  process.stdout.write(`\n${summarize(trials)}\n`);
  let isSound = trials.every((it) => it.violations.length === 0);
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome.status === 'fulfilled') continue;
    isSound = false;
    console.error(`${chosen[i]} could not go on:`, outcome.reason);
  }
  const minutes = ((performance.now() - startedAtMs) / 60_000).toFixed(1);
  const violations = trials.reduce((sum, it) => sum + it.violations.length, 0);
  process.stdout.write(
    `${trials.length} kills in ${minutes} minutes, seed ${seed}: ${violations} violations\n`,
  );
  return isSound ? 0 : 1;
}

/** Makes both sets, and sees where they lead when nobody is killed. */
async function prepare(rounds: number, seed: number): Promise<Proof> {
  const common = {
    ...PRESETS.demo,
    practitioners: Number(values.people),
    serviceMailboxes: Math.round(Number(values.people) * 0.15),
    personalMailboxes: Math.round(Number(values.people) * 0.6),
    seed,
  };
  const write = async (set: SetId, publishedAt: string, differ?: number) =>
    writeOfficialFiles({
      ...common,
      directory: join(folder, set),
      publishedAt: new Date(publishedAt),
      ...(differ === undefined ? {} : { differ }),
    });
  const a = (await write('a', '2026-11-20T05:00:00Z')).paths;
  const b = (await write('b', '2026-11-21T05:00:00Z', DIFFERING_SHARE)).paths;
  const toArguments = (paths: typeof a) =>
    Object.entries({
      '--rpps': paths.activity,
      '--savoir-faire': paths.savoirFaire,
      '--diplomes': paths.qualifications,
      '--mssante': paths.mailboxes,
    }).flat();
  const sets = { a: toArguments(a), b: toArguments(b) };
  const everything = ['--postcodes', a.postcodes, '--finess', a.finess, ...sets.a];
  return {
    folder,
    seed,
    rounds,
    signal: stopping.signal,
    everything,
    sets,
    publishedOn: { a: '2026-11-20', b: '2026-11-21' },
    expected: await findExpected(everything, sets),
    report: (trial) => {
      trials.push(trial);
      process.stdout.write(`${formatTrial(trial)}\n`);
    },
  };
}

/** The rows of those who left stay as history, so the sets alternate between two states only from the second one on. */
async function findExpected(
  everything: readonly string[],
  sets: Record<SetId, readonly string[]>,
): Promise<Proof['expected']> {
  const binaries = await findPostgresBinaries();
  if (binaries === undefined) throw new Error('no Postgres server is installed');
  await using postgres = await startPostgresServer(binaries);
  await using store = openPostgresStore({ url: postgres.url, poolMax: 2 });
  const importSet = async (argv: readonly string[]): Promise<Expected> => {
    await using program = startProgram('cli', ['import', '--accept-changes', ...argv], {
      DATABASE_URL: postgres.url,
    });
    const exitCode = await within('the import ends', stopping.signal, program.exited);
    if (exitCode !== 0) throw new Error(`a calm import ended with ${exitCode}: ${program.output()}`);
    return {
      tables: (await digestTables(store)).content,
      correspondents: await digestCorrespondents(store),
    };
  };
  const first = await importSet(everything);
  const b = await importSet(sets.b);
  const a = await importSet(sets.a);
  if (a.tables === b.tables || a.correspondents === b.correspondents)
    throw new Error('the two sets do not differ');
  return { first, a, b };
}

function summarize(trials: readonly Trial[]): string {
  const groups = Map.groupBy(trials, (it) => `${it.flavour}|${it.work}|${it.victim}`);
  const rows = [...groups].map(([key, group]) => {
    const moments = group.map((it) => it.momentMs);
    const converged = group.map((it) => it.convergedMs).filter((ms) => !Number.isNaN(ms));
    return [
      ...key.split('|'),
      String(group.length),
      `${Math.round(Math.min(...moments))} to ${Math.round(Math.max(...moments))}`,
      String(group.filter((it) => it.found === 'before').length),
      String(group.filter((it) => it.found === 'after').length),
      converged.length === 0 ? '' : (Math.max(...converged) / 1000).toFixed(1),
      String(group.reduce((sum, it) => sum + it.violations.length, 0)),
    ];
  });
  return toTable(
    [
      'flavour',
      'work',
      'killed',
      'times',
      'moments, ms',
      'found before',
      'found after',
      'converged in s, max',
      'violations',
    ],
    rows,
  );
}
