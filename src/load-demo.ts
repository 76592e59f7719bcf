import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { OPERATOR, type CommandIo } from './commands/command-io.ts';
import { showProgress } from './commands/show-progress.ts';
import { DeclarationInventor } from './demo/demo-declarations.ts';
import { MailboxInventor } from './demo/demo-mailboxes.ts';
import { inventPage } from './demo/demo-pages.ts';
import { DEMO_TERRITORY } from './demo/demo-people.ts';
import { PRESETS } from './demo/presets.ts';
import { writeOfficialFiles } from './demo/write-official-files.ts';
import type { Services } from './services.ts';
import { runImport } from '#ingest/run-import.ts';
import type { Actor } from '#domain/actor.ts';
import { declare } from '#profiles/declarations/declare.ts';
import { declareMailboxChannels } from '#profiles/mailbox-activity/declare-mailbox-channels.ts';
import { reportMailboxActivity } from '#profiles/mailbox-activity/report-mailbox-activity.ts';
import { isStoreEmpty } from '#store/is-store-empty.ts';
import { saveProfiles, type ProfileEdit } from '#store/profiles.ts';
import { putTerritories } from '#store/territories.ts';

const PREFIX = 'demo-';

/**
 * Fills an empty directory with invented people at real places: writes files in the official formats and imports them as any
 * other. Does nothing to a directory that holds anybody.
 * @returns whether it was done
 */
export async function loadDemo(services: Services, io: CommandIo): Promise<boolean> {
  const { store } = services;
  if (!(await isStoreEmpty(store.db))) return false;
  io.out('The directory is empty: making a demonstration of Auvergne-Rhône-Alpes with invented people.\n');
  const directory = await makeDirectory(services);
  const { progress, end } = showProgress(io);
  try {
    const { paths } = await writeOfficialFiles({ ...PRESETS.demo, directory });
    io.signal.throwIfAborted();
    await runImport(store, {
      files: [
        { source: 'postcodes', path: paths.postcodes },
        { source: 'finess', path: paths.finess },
        { source: 'rpps', path: paths.activity },
        { source: 'savoir-faire', path: paths.savoirFaire },
        { source: 'diplomes', path: paths.qualifications },
        { source: 'mssante', path: paths.mailboxes },
      ],
      acceptChanges: false,
      shareMax: 0.05,
      readsSameFile: false,
      host: hostname(),
      pid: process.pid,
      onProgress: progress,
      signal: io.signal,
    });
    await writePages(services, io.signal);
    return true;
  } finally {
    end();
    await rm(directory, { recursive: true, force: true });
  }
}

const PAGES_AT_ONCE = 500;

/** Pages of some of the people, what experts and teams declare, and what operators report: written as anybody writes them. */
async function writePages({ store, log }: Services, signal: AbortSignal): Promise<void> {
  const now = new Date();
  const by = { kind: 'application', name: 'Démonstration' } as const;
  const inventor = new DeclarationInventor();
  const mailboxes = new MailboxInventor(now);
  let index = 0;
  let edits: ProfileEdit[] = [];
  const save = async () => {
    const pages = edits;
    edits = [];
    await store.db.transaction((tx) => saveProfiles(tx, pages));
  };
  for await (const batch of log.walkCorrespondents(1000)) {
    signal.throwIfAborted();
    for (const it of batch) {
      index += 1;
      inventor.meet(it);
      mailboxes.meet(it);
      const profile = it.rpps === null ? undefined : inventPage(it, index, now);
      if (profile) edits.push({ practitionerId: `8${it.rpps}`, expectedVersion: 0, profile, by });
    }
    if (edits.length >= PAGES_AT_ONCE) await save();
  }
  await save();
  await putTerritories(store.db, [DEMO_TERRITORY]);
  const { mailDomains, openings, channels } = mailboxes.invent();
  const operator: Actor = {
    kind: 'application',
    keyId: 'demo',
    name: by.name,
    scopes: mailDomains.map((domain) => `mailbox-activity:${domain}` as const),
  };
  await reportMailboxActivity(store.db, operator, openings, now);
  await declareMailboxChannels(store.db, operator, channels);
  for (const { kind, owner, content } of inventor.invent()) {
    signal.throwIfAborted();
    await declare(store.db, kind, { owner, content }, OPERATOR);
  }
}

/** Removes what a start that was killed left in a folder that is ours alone. */
async function makeDirectory({ config: { dataDir }, heldDataDir }: Services): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (heldDataDir !== undefined) {
    const left = (await readdir(heldDataDir)).filter((name) => name.startsWith(PREFIX));
    for (const name of left) await rm(join(heldDataDir, name), { recursive: true, force: true });
  }
  return mkdtemp(join(dataDir, PREFIX));
}
