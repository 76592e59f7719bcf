import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { CpuUse } from './machine.ts';

const FOLDER = fileURLToPath(new URL('report/', import.meta.url));

/** One line of a report. `target` and `isMet` are absent where nothing was promised. */
export interface Measure {
  what: string;
  measured: string;
  target?: string;
  isMet?: boolean;
  /** Of the cores meanwhile. Where the share of others is above some per cent, measure again. */
  cpu?: CpuUse;
}

/** Prints the measures as a table and writes all facts to `load/report/<name>-<instant>.json`. */
export function writeReport(name: string, measures: readonly Measure[], facts: object): void {
  const rows = measures.map(({ what, measured, target = '', isMet, cpu }) => [
    what,
    measured,
    target,
    isMet === undefined ? '' : isMet ? 'yes' : 'NO',
    cpu === undefined ? '' : seconds(cpu.ownMs),
    cpu === undefined ? '' : `${(cpu.othersShare * 100).toFixed(0)} %`,
  ]);
  process.stdout.write(`\n${toTable(['what', 'measured', 'target', 'met', 'own CPU', 'others'], rows)}\n`);
  mkdirSync(FOLDER, { recursive: true });
  const instant = new Date().toISOString().replace(/[:.]/g, '-');
  const path = `${FOLDER}${name}-${instant}.json`;
  writeFileSync(
    path,
    `${JSON.stringify({ name, at: new Date().toISOString(), measures, ...facts }, null, 1)}\n`,
  );
  process.stdout.write(`${path}\n`);
  if (measures.some((it) => it.isMet === false)) process.exitCode = 1;
}

export function toTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const toLine = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [toLine(header), toLine(widths.map((width) => '-'.repeat(width))), ...rows.map(toLine)].join('\n');
}

/** Of the values as measured, without interpolation: the smallest that the share `rank` (0 to 1) of them does not exceed. */
export function percentile(values: readonly number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)] ?? Number.NaN;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

export function milliseconds(ms: number): string {
  return `${ms.toFixed(2)} ms`;
}
