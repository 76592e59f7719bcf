import type { ImportReport, SourceReport } from '#domain/import-report.ts';

const REJECTIONS_SHOWN = 10;

/** A run's report as text: what each source gave, what it changed, what was refused and why. */
export function formatReport(report: ImportReport): string {
  const { created, changed, removed } = report.correspondents;
  const lines = [
    `Import run ${report.runId}: ${report.state} in ${seconds(report.durationMs)}.`,
    ...report.sources.flatMap(formatSource),
    `Correspondents: ${n(created)} created, ${n(changed)} changed, ${n(removed)} removed.`,
  ];
  if (report.rejections.length > 0) {
    lines.push('Rejected lines (the first ones; all reasons are counted above):');
    for (const it of report.rejections.slice(0, REJECTIONS_SHOWN)) {
      const column = it.column === null ? '' : `, column "${it.column}"`;
      lines.push(`  ${it.file}:${it.line}${column}: ${it.reason}. ${it.detail}`);
    }
  }
  if (report.breaches.length > 0) {
    lines.push('Stopped before anything was changed:');
    for (const it of report.breaches) {
      lines.push(
        `  ${it.source}: ${percent(it.share)} ${it.measure}, the limit is ${percent(it.thresholdMax)}`,
      );
    }
    lines.push('Check the file; if it is right, run the same command again with --accept-changes.');
  }
  return `${lines.join('\n')}\n`;
}

function formatSource(source: SourceReport): string[] {
  const date = source.publishedAt === null ? 'without a date' : `of ${source.publishedAt}`;
  if (source.isSameFile) {
    return [
      `${source.source}: ${source.fileName}, ${date}: the very file of the last import, nothing to do.`,
    ];
  }
  const causes = Object.entries(source.rejectedBy).map(([reason, count]) => `${reason} ${n(count)}`);
  return [
    `${source.source}: ${source.fileName}, ${date}, read in ${seconds(source.durationMs)}`,
    `  ${n(source.lines)} lines: ${n(source.accepted)} accepted, ${n(source.ignored)} ignored, ${n(source.rejected)} rejected${causes.length > 0 ? ` (${causes.join(', ')})` : ''}`,
    ...Object.entries(source.entities).map(
      ([table, it]) =>
        `  ${table}: ${n(it.created)} created, ${n(it.changed)} changed, ${n(it.deactivated)} deactivated, ${n(it.unchanged)} unchanged`,
    ),
  ];
}

function n(count: number): string {
  return count.toLocaleString('en');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
