import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';

import { labelOf } from '#domain/code-lists.ts';
import { findCommune } from '#domain/geography.ts';
import type { DayNumbers } from '#domain/territory.ts';
import { IMPORT_LINE_STATES, stateOfLine } from '#domain/territory-import.ts';
import { confirmImport } from '#profiles/territories/confirm-import.ts';
import { exportProfessionals } from '#profiles/territories/export-professionals.ts';
import { getImport } from '#profiles/territories/get-import.ts';
import { makeImport, previewSpreadsheet } from '#profiles/territories/make-import.ts';
import { readImport, type ReadLine } from '#profiles/territories/read-import.ts';
import { undoImport } from '#profiles/territories/undo-import.ts';
import { parseTerritories } from '#profiles/territories/parse-territories.ts';
import { readBoard, takeSnapshots } from '#profiles/territories/read-board.ts';
import { recordAudit } from '#store/audit.ts';
import { describePeople, listTerritories, putTerritories } from '#store/territories.ts';

import type { Services } from '../services.ts';
import { OPERATOR, type CommandIo } from './command-io.ts';

export async function territoriesAddCommand({ store }: Services, file: string, io: CommandIo) {
  const territories = parseTerritories(await readFile(resolve(io.cwd, file), 'utf8'));
  await putTerritories(store.db, territories);
  const details = { ids: territories.map((it) => it.id) };
  await recordAudit(store.db, { ...OPERATOR, operation: 'put-territories', outcome: 'done', details });
  await takeSnapshots(store.db, new Date());
  io.out(`${territories.length} added or replaced.\n`);
  return 0;
}

export async function territoriesListCommand({ store }: Services, io: CommandIo) {
  for (const { id, name, communeCount } of await listTerritories(store.db))
    io.out(`${id}\t${name}\t${communeCount} communes\n`);
  return 0;
}

export async function territoriesBoardCommand({ store }: Services, id: string, io: CommandIo) {
  const board = await readBoard(store.db, id);
  const { territory, professions, communes, progress, errorReports, invitations } = board;
  io.out(`${territory.name}\t${describeNumbers(board)}\n`);
  io.out(
    `${errorReports} error reports, ${invitations.invited} people invited, ${invitations.answered} answered\n`,
  );
  for (const it of professions)
    io.out(`${labelOf('profession', it.code) ?? it.code}\t${describeNumbers(it)}\n`);
  for (const it of communes) io.out(`${findCommune(it.code)?.name ?? it.code}\t${describeNumbers(it)}\n`);
  for (const it of progress) io.out(`${it.day}\t${describeNumbers(it)}\n`);
  return 0;
}

function describeNumbers(
  it: Pick<DayNumbers, 'professionals' | 'withoutMailbox' | 'completePages' | 'partialPages' | 'emptyPages'>,
): string {
  return `${it.professionals} professionals: ${it.completePages ?? '?'} pages complete, ${it.partialPages ?? '?'} partial, ${it.emptyPages ?? '?'} empty; ${it.withoutMailbox} without mailbox`;
}

/**
 * Tells what a spreadsheet would do, and keeps nothing.
 * @returns 2 when something is wrong or doubtful
 */
export async function territoriesCheckCommand(
  { store }: Services,
  id: string,
  file: string,
  io: CommandIo,
): Promise<number> {
  const { lines } = await previewSpreadsheet(store.db, id, await readFile(resolve(io.cwd, file)));
  const people = await describePeople(store.db, [...new Set(lines.flatMap((it) => it.candidates))]);
  const states = lines.map(stateOfLine);
  for (const [index, { line, faults, candidates }] of lines.entries()) {
    const named = candidates.flatMap((it) => people.get(it) ?? []);
    if (states[index] !== 'same' && states[index] !== 'change')
      tellLine(io, { line, faults, candidates: named });
  }
  return tellCounts(
    io,
    Object.fromEntries(IMPORT_LINE_STATES.map((it) => [it, states.filter((state) => state === it).length])),
  );
}

/**
 * Keeps a spreadsheet as a preview.
 * @returns 2 when something is wrong or doubtful
 */
export async function territoriesImportCommand(
  { store }: Services,
  id: string,
  file: string,
  io: CommandIo,
): Promise<number> {
  const bytes = await readFile(resolve(io.cwd, file));
  const made = await makeImport(store.db, id, { name: basename(file), bytes }, OPERATOR);
  const { lines } = await readImport(store.db, id, made.id, { states: ['fault', 'doubtful'], limit: 1000 });
  for (const line of lines) tellLine(io, line);
  io.out(`Import ${made.id}: nothing is applied until "territories confirm ${id} ${made.id}".\n`);
  return tellCounts(io, made.counts);
}

export async function territoriesConfirmCommand(
  { store }: Services,
  id: string,
  importId: string,
  skipsUnresolved: boolean,
  io: CommandIo,
): Promise<number> {
  const { version } = await getImport(store.db, id, importId);
  const options = { version, skipsUnresolved, audit: OPERATOR };
  const confirmed = await confirmImport(store.db, id, importId, options, (done, total) =>
    io.err(`${done} of ${total} pages\n`),
  );
  io.out(`Confirmed: ${confirmed.people} pages changed.\n`);
  return 0;
}

/** @returns 2 when something was left as somebody has changed it since */
export async function territoriesUndoCommand(
  { store }: Services,
  id: string,
  importId: string,
  io: CommandIo,
): Promise<number> {
  const { leftByUndo, people } = await undoImport(store.db, id, importId, { audit: OPERATOR });
  for (const { practitionerId, field } of leftByUndo)
    io.out(`${practitionerId}: ${field} was changed since, and is left as it is\n`);
  io.out(`Undone: ${people} pages, ${leftByUndo.length} fields left.\n`);
  return leftByUndo.length > 0 ? 2 : 0;
}

function tellLine(
  io: CommandIo,
  {
    line,
    faults,
    candidates,
  }: Pick<ReadLine, 'line' | 'faults'> & { candidates: readonly { name: string; rpps: string | null }[] },
) {
  for (const { column, detail } of faults)
    io.out(`ligne ${line}${column === null ? '' : `, « ${column} »`} : ${detail}\n`);
  if (faults.length > 0 || candidates.length === 0) return;
  const names = candidates.map((it) => `${it.name} (${it.rpps ?? 'sans RPPS'})`);
  io.out(`ligne ${line} : donnez le RPPS de l’un de ${names.join(', ')}\n`);
}

function tellCounts(io: CommandIo, counts: Record<string, number>): number {
  io.out(
    `${Object.entries(counts)
      .map(([state, count]) => `${count} ${state}`)
      .join(', ')}\n`,
  );
  return counts['fault']! + counts['doubtful']! > 0 ? 2 : 0;
}

export async function territoriesExportCommand({ store }: Services, id: string, io: CommandIo) {
  io.out(await exportProfessionals(store.db, id));
  return 0;
}
