import type { Cell } from './store.ts';

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/**
 * One row in the text format of COPY, its line end included. Equal rows give equal lines.
 * @see https://www.postgresql.org/docs/current/sql-copy.html "Text Format"
 */
export function toCopyLine(row: readonly Cell[]): string {
  // Joined, not added up: one flat text, where additions would leave a tree of parts to the garbage collector.
  return `${row.map(toCopyCell).join('\t')}\n`;
}

function toCopyCell(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'string') {
    return SPECIAL.test(cell) ? cell.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char]!) : cell;
  }
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  return String(cell);
}
