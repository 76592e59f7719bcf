import { createHash } from 'node:crypto';

import { sql } from 'drizzle-orm';

import { toCorrespondentView } from '#http/correspondent-view.ts';
import { openCorrespondentLog } from '#store/correspondent-log.ts';
import { FED_TABLES, type FedTable } from '#store/fed-tables.ts';
import { rowOf, type Store } from '#store/store.ts';

/** Of all that the directory keeps. */
export interface TableDigests {
  /** What the files say, without what differs from run to run (instants, numbers of runs and transactions). */
  content: string;
  /** Every column of every row. */
  exact: string;
}

const OTHER_CONTENT = [
  { name: 'change_log', columns: ['kind', 'key', 'is_deleted'] },
  { name: 'code_label', columns: ['list', 'code', 'label'] },
  {
    name: 'source_state',
    columns: ['source', 'file_name', 'sha256', 'published_at', 'lines', 'accepted', 'rejected'],
  },
];

/** To be called while nothing is being imported. */
export async function digestTables({ db }: Pick<Store, 'db'>): Promise<TableDigests> {
  const content: string[] = [];
  const exact: string[] = [];
  const fed = Object.values(FED_TABLES).map((table) => ({
    name: table.name,
    columns: contentColumns(table),
  }));
  for (const { name, columns } of [...fed, ...OTHER_CONTENT]) {
    const list = sql.join(
      columns.map((column) => sql.identifier(column)),
      sql`, `,
    );
    const row = await rowOf<{ count: number; content: string; exact: string }>(
      db,
      sql`select count(*)::int as count, coalesce(sum(hashtextextended(row(${list})::text, 0)::numeric), 0)::text as content,
        coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as exact from ${sql.identifier(name)} t`,
    );
    content.push(`${name} ${row.count} ${row.content}`);
    exact.push(`${name} ${row.count} ${row.exact}`);
  }
  // A first import drops indexes and makes them again.
  const { indexes } = await rowOf<{ indexes: string }>(
    db,
    sql`select count(*) || ' ' || md5(string_agg(indexdef, ';' order by indexdef)) as indexes
      from pg_indexes where schemaname = 'public'`,
  );
  content.push(`indexes ${indexes}`);
  exact.push(`indexes ${indexes}`);
  return { content: content.join('\n'), exact: exact.join('\n') };
}

/** La Poste's file has no date: its rows are stated when they are read. */
function contentColumns(table: FedTable): string[] {
  const columns = [...new Set([...table.key, ...table.values, 'is_active'])];
  if (table.hasSource) columns.push('source');
  if (table.name !== 'postcode') columns.push('stated_at');
  return columns;
}

/** Which tables two digests do not agree on. */
export function listDifferences(one: string, other: string): string {
  const lines = new Set(other.split('\n'));
  return one
    .split('\n')
    .filter((line) => !lines.has(line))
    .map((line) => line.split(' ')[0]!)
    .join(', ');
}

/** Of every correspondent as the API shows it, from a walk of the tables. */
export async function digestCorrespondents(store: Store): Promise<string> {
  const shown = new Map<string, string>();
  for await (const batch of openCorrespondentLog(store).walkCorrespondents(2000)) {
    for (const it of batch) shown.set(it.id, hash(JSON.stringify(toCorrespondentView(it, new Date()))));
  }
  return digestShown(shown);
}

/** A directory elsewhere, kept by nothing but the public change feed. */
export class Mirror {
  readonly #shown = new Map<string, string>();
  #cursor: string | undefined;

  /** Applies all changes since the last call. */
  async pull(url: string, signal: AbortSignal): Promise<void> {
    const since = this.#cursor === undefined ? '' : `?since=${this.#cursor}`;
    const response = await fetch(`${url}/v1/changes${since}`, {
      headers: { accept: 'application/x-ndjson' },
      signal,
    });
    if (!response.ok) throw new Error(`the change feed answered ${response.status}`);
    for (const line of (await response.text()).split('\n')) {
      if (line === '') continue;
      const change = JSON.parse(line) as { id: string; correspondent: unknown; cursor: string };
      if (change.correspondent === null) this.#shown.delete(change.id);
      else this.#shown.set(change.id, hash(JSON.stringify(change.correspondent)));
      this.#cursor = change.cursor;
    }
  }

  digest(): string {
    return digestShown(this.#shown);
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function digestShown(shown: ReadonlyMap<string, string>): string {
  const lines = [...shown].map(([id, content]) => `${id} ${content}`).toSorted();
  return `${shown.size} ${hash(lines.join('\n'))}`;
}
