import { setTimeout as delay } from 'node:timers/promises';

import { sql } from 'drizzle-orm';

import { openPostgresStore } from '#store/postgres-store.ts';
import { rowOf, type Store } from '#store/store.ts';

import {
  findPostgresBinaries,
  startPostgresServer,
  type PostgresServer,
} from '../test/support/postgres-server.ts';
import { digestTables, listDifferences } from './kill-directory-state.ts';
import { startProgram, type Program } from './kill-program.ts';
import { createDatabase, isImportLocked, listLeftovers } from './kill-servers.ts';
import { attempt, drawMoments, Durations, until, within, type Proof, type Trial } from './kill-trial.ts';

const VICTIMS = ['importer', 'postgres'] as const;

/** Into an empty database, which has no tables yet, each time: an import there takes other ways than later ones. */
export async function killFirstImports(proof: Proof): Promise<void> {
  const binaries = await findPostgresBinaries();
  if (binaries === undefined) throw new Error('no Postgres server is installed');
  await using postgres = await startPostgresServer(binaries, ['autovacuum_naptime=1s']);
  const durations = new Durations();
  const moments = VICTIMS.map((victim) => drawMoments(proof.seed, `first import ${victim}`, proof.rounds));
  const calm = await createDatabase(postgres.url, 'calm');
  await importFirst(proof, calm, durations);
  for (let round = 0; round < proof.rounds; round += 1) {
    for (const [i, victim] of VICTIMS.entries()) {
      const url = await createDatabase(postgres.url, `first_${victim}_${round}`);
      const start = { flavour: 'servers', work: 'first import', victim, detail: '' } as const;
      const trial = await attempt(start, proof.signal, async (trial) => {
        await using importer = startImport(proof, url);
        const startedAtMs = performance.now();
        await delay(moments[i]![round]! * durations.of('first import'), undefined, { signal: proof.signal });
        trial.momentMs = performance.now() - startedAtMs;
        if (victim === 'importer') await importer.kill();
        else await killAndRestart(postgres);
        await check(trial, proof, importer, url, durations);
      });
      proof.report(trial);
      await dropDatabase(postgres.url, url);
    }
  }
}

async function check(
  trial: Trial,
  proof: Proof,
  importer: Program,
  url: string,
  durations: Durations,
): Promise<void> {
  const { signal } = proof;
  const expected = proof.expected.first.tables;
  const exitCode = await within('the importer ends', signal, importer.exited);
  await using store = openPostgresStore({ url, poolMax: 2 });
  await until('the lock of imports is free', signal, async () => !(await isImportLocked(store)));
  if (await isEmpty(store)) trial.found = 'before';
  else {
    const { content } = await digestTables(store);
    if (content === expected) trial.found = 'after';
    else trial.violations.push(`neither empty nor as after: ${listDifferences(content, expected)} differ`);
  }
  if (exitCode === 0 && trial.found !== 'after') {
    trial.violations.push('an import that said it was done is not there');
  }
  if (exitCode !== 0 && /^\s+at /m.test(importer.output())) {
    trial.violations.push(`the importer did not end with one sentence: ${importer.output().slice(-1500)}`);
  }
  await importFirst(proof, url, trial.found === 'after' ? undefined : durations);
  const { content } = await digestTables(store);
  if (content !== expected) {
    trial.violations.push(
      `the next import did not lead to the expected state: ${listDifferences(content, expected)}`,
    );
  }
  await until('nothing is left over', signal, async () => {
    const leftovers = await listLeftovers(store);
    if (leftovers.length > 0) throw new Error(leftovers.join(', '));
    return true;
  });
}

/** Without tables, or without a row in them. */
async function isEmpty(store: Store): Promise<boolean> {
  const { isMigrated } = await rowOf<{ isMigrated: boolean }>(
    store.db,
    sql`select to_regclass('public.change_log') is not null as "isMigrated"`,
  );
  if (!isMigrated) return true;
  const { content } = await digestTables(store);
  return content.split('\n').every((line) => line.startsWith('indexes ') || line.split(' ')[1] === '0');
}

function startImport(proof: Proof, url: string): Program {
  return startProgram('cli', ['import', ...proof.everything], { DATABASE_URL: url });
}

async function importFirst(proof: Proof, url: string, durations: Durations | undefined): Promise<void> {
  const startedAtMs = performance.now();
  await using program = startImport(proof, url);
  const exitCode = await within('the import ends', proof.signal, program.exited);
  if (exitCode !== 0) throw new Error(`the import ended with ${exitCode}: ${program.output()}`);
  durations?.saw('first import', performance.now() - startedAtMs);
}

async function killAndRestart(postgres: PostgresServer): Promise<void> {
  await postgres.kill();
  await postgres.restart();
}

async function dropDatabase(serverUrl: string, url: string): Promise<void> {
  await using admin = openPostgresStore({ url: serverUrl, poolMax: 1 });
  const name = new URL(url).pathname.slice(1);
  await admin.db.execute(sql`drop database ${sql.identifier(name)} with (force)`);
}
