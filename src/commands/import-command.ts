import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';

import { SOURCE_IDS, type SourceId } from '#domain/source.ts';
import { runImport, type ImportFile } from '#ingest/run-import.ts';
import { downloadSource } from '#sources/download-source.ts';
import { recordAudit } from '#store/audit.ts';
import { listSourceStates, markSourceChecked } from '#store/import-runs.ts';
import { importEnded } from '#telemetry/events.ts';

import type { Services } from '../services.ts';
import { OPERATOR, type CommandIo } from './command-io.ts';
import { showProgress } from './show-progress.ts';
import { formatReport } from './show-report.ts';

export interface ImportCommandOptions {
  postcodes?: string;
  finess?: string;
  rpps?: string;
  savoirFaire?: string;
  diplomes?: string;
  mssante?: string;
  /** True: all of them; or their names, parted by commas. */
  download?: boolean | string;
  /** Address of a mirror that serves each source under its name. */
  mirror?: string;
  acceptChanges?: boolean;
  threshold: number;
  force?: boolean;
}

/** @returns the exit code: 0 done, 2 refused by a threshold */
export async function importCommand(
  services: Services,
  options: ImportCommandOptions,
  io: CommandIo,
): Promise<number> {
  const files = [...listGivenFiles(options, io.cwd), ...(await downloadFiles(services, options, io))];
  if (files.length === 0) {
    io.out('There is nothing new to import.\n');
    return 0;
  }
  const { progress, end } = showProgress(io);
  try {
    const report = await runImport(services.store, {
      files,
      acceptChanges: options.acceptChanges ?? false,
      shareMax: options.threshold,
      readsSameFile: options.force ?? false,
      host: hostname(),
      pid: process.pid,
      onProgress: progress,
      signal: io.signal,
    });
    end();
    io.out(formatReport(report));
    const details = { runId: report.runId, state: report.state, sources: files.map((it) => it.source) };
    await recordAudit(services.store.db, { ...OPERATOR, operation: 'import', outcome: 'done', details });
    importEnded({
      ...report.correspondents,
      runId: report.runId,
      state: report.state,
      durationMs: report.durationMs,
    });
    return report.state === 'succeeded' ? 0 : 2;
  } finally {
    end();
  }
}

const OPTION_OF: Record<SourceId, keyof ImportCommandOptions> = {
  postcodes: 'postcodes',
  finess: 'finess',
  rpps: 'rpps',
  'savoir-faire': 'savoirFaire',
  diplomes: 'diplomes',
  mssante: 'mssante',
};

/** The files named in the options, paths resolved against `cwd`; empty for none. */
export function listGivenFiles(options: ImportCommandOptions, cwd: string): ImportFile[] {
  return SOURCE_IDS.flatMap((source) => {
    const path = options[OPTION_OF[source]];
    return typeof path === 'string' ? [{ source, path: resolve(cwd, path) }] : [];
  });
}

async function downloadFiles(
  { store, config }: Services,
  { download, mirror }: ImportCommandOptions,
  io: CommandIo,
): Promise<ImportFile[]> {
  if (download === undefined || download === false) return [];
  const wanted = download === true ? SOURCE_IDS : SOURCE_IDS.filter((id) => download.split(',').includes(id));
  const directory = join(config.dataDir, 'downloads');
  await mkdir(directory, { recursive: true });
  const states = new Map((await listSourceStates(store.db)).map((state) => [state.source, state]));
  const files: ImportFile[] = [];
  for (const source of wanted) {
    io.err(`downloading ${source}\n`);
    const downloaded = await downloadSource(source, {
      directory,
      ...(mirror === undefined ? {} : { url: `${mirror.replace(/\/+$/, '')}/${source}` }),
      previous: states.get(source) ?? null,
      signal: io.signal,
    });
    if (downloaded.status === 'downloaded') {
      files.push({ source, ...downloaded });
      continue;
    }
    await markSourceChecked(store.db, source);
    io.out(`${source}: nothing new at its address.\n`);
  }
  return files;
}
