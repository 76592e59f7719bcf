import { compareIndex, type CompareReport, type Differences } from '#search/compare-index.ts';
import { followChangeLog } from '#search/follow-change-log.ts';
import type { IndexerEvent } from '#search/indexer-event.ts';
import { rebuildIndex } from '#search/rebuild-index.ts';

import type { Services } from '../services.ts';
import type { CommandIo } from './command-io.ts';

/** Follows the change log until interrupted. */
export async function indexFollowCommand({ engine, log }: Services, io: CommandIo): Promise<number> {
  await followChangeLog({
    engine: engine!,
    log,
    signal: io.signal,
    onEvent: (event) => io.err(`${describeEvent(event)}\n`),
  });
  return 0;
}

export async function indexRebuildCommand({ engine, log }: Services, io: CommandIo): Promise<number> {
  const report = await rebuildIndex({
    engine: engine!,
    log,
    signal: io.signal,
    force: true,
    onEvent: (event) => {
      const text = describeEvent(event);
      io.err(io.isTerminal && event.type === 'rebuild-progress' ? `\r\u001b[K${text}` : `${text}\n`);
    },
  });
  if (report === undefined) {
    io.out('Another process is rebuilding this index: nothing was done here.\n');
    return 2;
  }
  io.out(
    `Rebuilt: ${report.documents.toLocaleString('en')} documents in ${(report.durationMs / 1000).toFixed(1)} s.\n`,
  );
  return 0;
}

/** @returns the exit code: 0 when index and store agree, or were made to; 2 when they differ */
export async function indexCompareCommand(
  { engine, log }: Services,
  repair: boolean,
  io: CommandIo,
): Promise<number> {
  const report = await compareIndex({ engine: engine!, log, repair, signal: io.signal });
  io.out(formatComparison(report));
  const count = report.missing.count + report.extra.count + report.different.count;
  return count - report.repaired > 0 ? 2 : 0;
}

function formatComparison(report: CompareReport): string {
  const lines = [
    `${report.stored.toLocaleString('en')} in the directory, ${report.indexed.toLocaleString('en')} in the index.`,
    formatDifferences('Missing in the index', report.missing),
    formatDifferences('Left over in the index', report.extra),
    formatDifferences('Different', report.different),
  ];
  if (report.isTruncated) lines.push('There are more: repair and compare again, or rebuild the index.');
  if (report.lag > 0) lines.push(`${report.lag} changes were still waiting for the indexer.`);
  if (report.repaired > 0) lines.push(`Repaired: ${report.repaired}.`);
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}

function formatDifferences(title: string, { count, examples }: Differences): string {
  return count === 0 ? `${title}: none.` : `${title}: ${count} (${examples.join(', ')}).`;
}

function describeEvent(event: IndexerEvent): string {
  switch (event.type) {
    case 'changes-indexed':
      return `${event.sent} sent, ${event.deleted} deleted in ${Math.round(event.durationMs)} ms`;
    case 'rebuild-started':
      return `building an index of ${event.documentsTotal.toLocaleString('en')} documents (${event.reason})`;
    case 'rebuild-progress':
      return `${event.documentsSent.toLocaleString('en')} of ${event.documentsTotal.toLocaleString('en')} sent`;
    case 'rebuild-catching-up':
      return 'waiting for the engine, and for changes made meanwhile';
    case 'rebuild-finished':
      return `index of ${event.documents.toLocaleString('en')} documents in place`;
    case 'busy-elsewhere':
      return 'another process writes to this index';
    case 'indexing-failed':
      return `failed, trying again in ${event.retryInMs} ms: ${event.error instanceof Error ? event.error.message : ''}`;
  }
}
