import { sql } from 'drizzle-orm';

import type { DeclaredKind } from '#domain/declaration.ts';

import { rowsOf, type Database } from './store.ts';
import { toUtc } from './utc-text.ts';

/** Of one declaration, by one person. `key` is empty for one that is not declared yet. */
export interface DeclarationDraftKey {
  kind: DeclaredKind;
  key: string;
  editor: string;
}

export interface DeclarationDraft {
  /** As typed, field by field. */
  values: Record<string, string[]>;
  /** Of the declaration that it was begun from; 0 for a new one. */
  baseVersion: number;
  /** RFC 3339, UTC. */
  savedAt: string;
}

export async function findDeclarationDraft(
  db: Database,
  { kind, key, editor }: DeclarationDraftKey,
): Promise<DeclarationDraft | undefined> {
  const [row] = await rowsOf<{ content: string; baseVersion: number; savedAt: string }>(
    db,
    sql`select content, base_version as "baseVersion",
      ${toUtc(sql`saved_at`)} as "savedAt"
      from declaration_draft where kind = ${kind} and key = ${key} and editor = ${editor}`,
  );
  if (row === undefined) return undefined;
  const { content, baseVersion, savedAt } = row;
  return { values: JSON.parse(content) as DeclarationDraft['values'], baseVersion, savedAt };
}

/** In the place of what was. */
export async function saveDeclarationDraft(
  db: Database,
  { kind, key, editor }: DeclarationDraftKey,
  { values, baseVersion }: Pick<DeclarationDraft, 'values' | 'baseVersion'>,
): Promise<void> {
  await rowsOf(
    db,
    sql`insert into declaration_draft (kind, key, editor, base_version, content)
      values (${kind}, ${key}, ${editor}, ${baseVersion}, ${JSON.stringify(values)})
      on conflict (kind, key, editor) do update set base_version = excluded.base_version,
        content = excluded.content, saved_at = now()`,
  );
}

/** There is none afterwards. */
export async function deleteDeclarationDraft(
  db: Database,
  { kind, key, editor }: DeclarationDraftKey,
): Promise<void> {
  await rowsOf(
    db,
    sql`delete from declaration_draft where kind = ${kind} and key = ${key} and editor = ${editor}`,
  );
}
