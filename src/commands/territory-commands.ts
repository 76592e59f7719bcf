import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { labelOf } from '#domain/code-lists.ts';
import { checkSpreadsheet } from '#profiles/territories/check-spreadsheet.ts';
import { exportProfessionals } from '#profiles/territories/export-professionals.ts';
import { parseTerritories } from '#profiles/territories/parse-territories.ts';
import { readBoard, takeSnapshots } from '#profiles/territories/read-board.ts';
import { recordAudit } from '#store/audit.ts';
import { listTerritories, putTerritories } from '#store/territories.ts';

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
  const { territory, professionals, withoutMailbox, professions, progress } = await readBoard(store.db, id);
  io.out(`${territory.name}: ${professionals} professionals, ${withoutMailbox} without mailbox\n`);
  for (const it of professions) {
    const label = labelOf('profession', it.code) ?? it.code;
    io.out(`${label}\t${it.professionals}\t${it.withoutMailbox} without mailbox\n`);
  }
  for (const it of progress) io.out(`${it.day}\t${it.professionals}\t${it.withoutMailbox} without mailbox\n`);
  return 0;
}

/** @returns 2 when something is wrong or doubtful */
export async function territoriesCheckCommand(
  { store }: Services,
  id: string,
  file: string,
  io: CommandIo,
): Promise<number> {
  await readBoard(store.db, id);
  const check = await checkSpreadsheet(store.db, id, await readFile(resolve(io.cwd, file)));
  for (const { line, column, detail } of check.faults)
    io.out(`ligne ${line}${column === null ? '' : `, « ${column} »`} : ${detail}\n`);
  for (const { line, candidates } of check.doubtful) {
    const names = candidates.map((it) => `${it.name} (${it.rpps ?? 'sans RPPS'}, ${it.commune})`);
    io.out(`ligne ${line} : donnez le RPPS de l’un de ${names.join(', ')}\n`);
  }
  io.out(
    `${check.matched.length} people matched, ${check.doubtful.length} lines doubtful, ${check.faults.length} faults\n`,
  );
  return check.faults.length + check.doubtful.length > 0 ? 2 : 0;
}

export async function territoriesExportCommand({ store }: Services, id: string, io: CommandIo) {
  await readBoard(store.db, id);
  io.out(await exportProfessionals(store.db, id));
  return 0;
}
