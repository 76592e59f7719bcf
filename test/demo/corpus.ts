import { readFile } from 'node:fs/promises';

/** A line of a delimited file, by column name. */
export type Row = Readonly<Record<string, string>>;

export interface DelimitedFile {
  header: string;
  /** Lines with as many cells as the header. */
  rows: Row[];
  /** The others, as they are. */
  badLines: string[];
}

/** Reads a file as the publisher lays it out: no quoting, one line a record. */
export async function readDelimited(path: string, separator = '|'): Promise<DelimitedFile> {
  const [header = '', ...lines] = (await readFile(path, 'utf8')).split('\n');
  if (lines.pop() !== '') throw new Error('no line end at the end of the file');
  const columns = header.split(separator);
  const rows: Row[] = [];
  const badLines: string[] = [];
  for (const line of lines) {
    const cells = line.split(separator);
    if (cells.length === columns.length)
      rows.push(Object.fromEntries(columns.map((column, rank) => [column, cells[rank]!])));
    else badLines.push(line);
  }
  return { header, rows, badLines };
}

export function groupBy(rows: readonly Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row[column]!);
    if (group) group.push(row);
    else groups.set(row[column]!, [row]);
  }
  return groups;
}
