import { setTimeout as delay } from 'node:timers/promises';

import type { Profile, ProfileField } from '#domain/profile.ts';

import type { SignedIn } from './signed-in-editor.ts';

/** One of several people who edit the same page, over and over. */
export interface ContendingEditor extends SignedIn {
  name: string;
  /** Of the page. */
  rpps: string;
}

/** What an editor was told, and what came of it. */
export interface EditRecord {
  rpps: string;
  editor: string;
  field: ProfileField;
  /** What the field was to say, like no other edit. */
  value: unknown;
  /** The version that the editor saw. */
  baseVersion: number;
  /** Of the page that the edit made; undefined when no answer came, so that it may have been done or not. */
  version: number | undefined;
}

export interface EditorsLog {
  edits: EditRecord[];
  reads: { rpps: string; version: number; profile: Profile }[];
  /** Edits refused because somebody else had changed the same. */
  conflicts: number;
  /** What is neither an answer of the service nor a connection that broke. */
  oddities: string[];
}

/** Between two edits, on average. */
const PAUSE_MS = 200;
const TIMEOUT_MS = 15_000;
const RETRY_MS = 100;

/** Reads the page, changes one field of it, and so on, until the signal is aborted; the log is written as answers come. */
export async function editOverAndOver(
  url: string,
  editor: ContendingEditor,
  log: EditorsLog,
  signal: AbortSignal,
): Promise<void> {
  const address = `${url}/v1/practitioners/${editor.rpps}/profile`;
  for (let count = 0; !signal.aborted; count += 1) {
    await delay(Math.random() * 2 * PAUSE_MS);
    const seen = await read(address, editor, log);
    if (seen === undefined) await delay(RETRY_MS);
    else await edit(url, address, editor, count, seen.version, log);
  }
}

async function read(
  address: string,
  { rpps }: ContendingEditor,
  log: EditorsLog,
): Promise<{ version: number } | undefined> {
  const answer = await ask(address, {});
  if (answer === undefined || answer.status === 503) return undefined;
  if (answer.status !== 200) {
    log.oddities.push(`a read was answered ${answer.status}: ${answer.text}`);
    return undefined;
  }
  const { version, profile } = JSON.parse(answer.text) as { version: number; profile: Profile };
  log.reads.push({ rpps, version, profile });
  return { version };
}

async function edit(
  url: string,
  address: string,
  editor: ContendingEditor,
  count: number,
  baseVersion: number,
  log: EditorsLog,
): Promise<void> {
  const { field, value } = toEdit(editor.name, count);
  const record = { rpps: editor.rpps, editor: editor.name, field, value, baseVersion };
  const answer = await ask(address, {
    method: 'PATCH',
    headers: {
      cookie: editor.cookie,
      'x-csrf-token': editor.csrfToken,
      origin: url,
      'if-match': `"${baseVersion}"`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ [field]: value }),
  });
  if (answer === undefined || answer.status === 503) log.edits.push({ ...record, version: undefined });
  else if (answer.status === 200) {
    log.edits.push({ ...record, version: (JSON.parse(answer.text) as { version: number }).version });
  } else if (answer.status === 412) log.conflicts += 1;
  else log.oddities.push(`an edit was answered ${answer.status}: ${answer.text}`);
}

/** Some fields of a page, so that edits now merge and now contend. */
function toEdit(name: string, count: number): Pick<EditRecord, 'field' | 'value'> {
  const text = `${name} ${count}`;
  const edits: Pick<EditRecord, 'field' | 'value'>[] = [
    { field: 'remarks', value: text },
    { field: 'ownWords', value: [text] },
    { field: 'equipment', value: [text] },
    { field: 'sending', value: [{ what: text, where: 'secrétariat' }] },
  ];
  return edits[Math.floor(Math.random() * edits.length)]!;
}

/** @returns undefined when no answer came, or not the whole of it */
async function ask(
  address: string,
  init: RequestInit,
): Promise<{ status: number; text: string } | undefined> {
  try {
    const answer = await fetch(address, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return undefined;
  }
}
