import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { sql } from 'drizzle-orm';

import { PRESETS } from '#demo/presets.ts';
import { writeOfficialFiles } from '#demo/write-official-files.ts';
import { insertDelegation } from '#store/delegations.ts';
import { findProfile, listProfileChanges } from '#store/profiles.ts';
import { rowOf, rowsOf, type Database, type Store } from '#store/store.ts';

import { listViolations, type KeptPage } from './check-histories.ts';
import { editOverAndOver, type ContendingEditor, type EditorsLog } from './contending-editor.ts';
import { digestCorrespondents, Mirror } from './kill-directory-state.ts';
import { startProgram } from './kill-program.ts';
import { openServers, type Servers } from './kill-servers.ts';
import { within } from './kill-trial.ts';
import { describeMachine, pinToCores } from './machine.ts';
import { seconds, writeReport } from './report.ts';
import { SIGN_IN, signIn } from './signed-in-editor.ts';

/**
 * Many people edit few pages at once while the server is killed (`kill -9`) and started again. Each editor keeps what was acknowledged;
 * afterwards the histories, the pages, the audit, the index and the change feed are compared with that. Exit code 1 when something
 * was lost or mixed.
 */
const { values } = parseArgs({
  options: {
    editors: { type: 'string', default: '50' },
    pages: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '60' },
    kills: { type: 'string', default: '5' },
    people: { type: 'string', default: '2000' },
    cores: { type: 'string', default: '2' },
  },
});
const PAGES = Number(values.pages);
const SECONDS = Number(values.seconds);
const KILLS = Number(values.kills);

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(name, () => stopping.abort(new Error(name)));
const folder = await mkdtemp(join(tmpdir(), 'correspondants-edit-kills-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const cores = pinToCores(Number(values.cores));
await using servers = await openServers(folder, 'edit_kills', stopping.signal, SIGN_IN);
await fill(servers);
const editors = await chooseEditors(servers.store.db);
const log: EditorsLog = { edits: [], reads: [], conflicts: 0, oddities: [] };
const ending = new AbortController();
const editing = editors.map((it) => editOverAndOver(servers.url, it, log, ending.signal));
const killedAtMs = await killAtRandomMoments(servers);
ending.abort();
await Promise.all(editing);
const endedAtMs = performance.now();
await servers.untilIndexed();
const convergedMs = performance.now() - endedAtMs;
const violations = [
  ...listViolations(await readPages(servers.store.db), log),
  ...(await checkAudit(servers.store.db)),
  ...(await compareIndex(servers)),
  ...(await compareFeed(servers)),
];
for (const it of violations.slice(0, 50)) process.stdout.write(`VIOLATION: ${it}\n`);
const acknowledged = log.edits.filter((it) => it.version !== undefined).length;
writeReport(
  'edit-kills',
  [
    { what: 'editors, pages, time', measured: `${editors.length}, ${PAGES}, ${SECONDS} s` },
    { what: 'kills of the server', measured: killedAtMs.map((ms) => seconds(ms)).join(', ') },
    {
      what: 'edits acknowledged, refused as conflicts, without an answer',
      measured: `${acknowledged}, ${log.conflicts}, ${log.edits.length - acknowledged}`,
    },
    { what: 'pages read meanwhile', measured: String(log.reads.length) },
    { what: 'after the last edit, until the index has all', measured: seconds(convergedMs) },
    {
      what: 'updates lost or mixed, and other differences',
      measured: String(violations.length),
      target: '0',
      isMet: violations.length === 0 && acknowledged > 0,
    },
  ],
  { machine: describeMachine(cores), violations },
);

async function fill({ env, untilIndexed }: Servers): Promise<void> {
  const { paths } = await writeOfficialFiles({
    ...PRESETS.demo,
    practitioners: Number(values.people),
    personalMailboxes: Number(values.people),
    serviceMailboxes: 100,
    directory: join(folder, 'files'),
  });
  const files = { '--rpps': paths.activity, '--mssante': paths.mailboxes, '--finess': paths.finess };
  await using program = startProgram('cli', ['import', ...Object.entries(files).flat()], env);
  const exitCode = await within('the import ends', stopping.signal, program.exited);
  if (exitCode !== 0) throw new Error(`the import ended with ${exitCode}: ${program.output()}`);
  await untilIndexed();
}

/** Of each page its owner, and people whom the owner named as delegates. */
async function chooseEditors(db: Database): Promise<ContendingEditor[]> {
  const count = Number(values.editors);
  const people = await rowsOf<{ id: string; rpps: string }>(
    db,
    sql`select id, substr(id, 2) as rpps from practitioner where is_active and id like '8%' order by id limit ${count}`,
  );
  const chosen: ContendingEditor[] = [];
  for (const [index, { rpps }] of people.entries()) {
    const name = `Éditrice ${index}`;
    const page = people[index % PAGES]!;
    if (index >= PAGES)
      await insertDelegation(db, page.id, { id: crypto.randomUUID(), delegate: rpps, name, until: null });
    chosen.push({ name, rpps: page.rpps, ...(await signIn(db, { rpps, name })) });
  }
  return chosen;
}

/** One in each of as many equal parts of the time. @returns when, since the start */
async function killAtRandomMoments({ server }: Servers): Promise<number[]> {
  const startedAtMs = performance.now();
  const partMs = (SECONDS * 1000) / KILLS;
  const killedAt: number[] = [];
  for (let part = 0; part < KILLS; part += 1) {
    // The last seconds of a part are for the server to come back and work.
    const dueMs = part * partMs + Math.random() * Math.max(0, partMs - 4000);
    await delay(dueMs - (performance.now() - startedAtMs), undefined, { signal: stopping.signal });
    await server.kill();
    killedAt.push(performance.now() - startedAtMs);
    await server.restart();
  }
  await delay(SECONDS * 1000 - (performance.now() - startedAtMs), undefined, { signal: stopping.signal });
  return killedAt;
}

async function readPages(db: Database): Promise<KeptPage[]> {
  const pages: KeptPage[] = [];
  for (const rpps of new Set(editors.map((it) => it.rpps))) {
    const { version, profile } = (await findProfile(db, `8${rpps}`))!;
    const changes = await listProfileChanges(db, `8${rpps}`, { limit: 1_000_000 });
    pages.push({ rpps, version, profile, history: changes.toReversed() });
  }
  return pages;
}

/** Each change has its event, and each event its change. */
async function checkAudit(db: Database): Promise<string[]> {
  const { changes, events } = await rowOf<{ changes: number; events: number }>(
    db,
    sql`select (select count(*) from profile_change)::int as changes,
      (select count(distinct (target_id, details ->> 'version')) from audit_event
        where operation = 'edit-profile' and outcome = 'done')::int as events`,
  );
  return changes === events ? [] : [`${changes} changes have ${events} events in the audit`];
}

async function compareIndex({ env }: Servers): Promise<string[]> {
  await using compare = startProgram('cli', ['index', 'compare'], env);
  const exitCode = await within('index compare ends', stopping.signal, compare.exited);
  return exitCode === 0 ? [] : [`index compare ended with ${exitCode}: ${compare.output()}`];
}

async function compareFeed({ url, store }: { url: string; store: Store }): Promise<string[]> {
  const mirror = new Mirror();
  await mirror.pull(url, stopping.signal);
  return mirror.digest() === (await digestCorrespondents(store))
    ? []
    : ['the change feed does not lead to the directory as it is'];
}
