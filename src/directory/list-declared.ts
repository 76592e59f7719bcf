import { toDeclaredId } from '#domain/correspondent-id.ts';
import type { Declaration, DeclaredKind } from '#domain/declaration.ts';
import { listDeclarations } from '#store/declarations.ts';

import type { Directory } from './directory.ts';
import { showCorrespondents } from './show-correspondents.ts';

/**
 * The declared expertises, or teams, that may be shown, by key, after a key.
 * @param limit how many are looked at: those that may not be shown make a page shorter
 * @returns `next`: the key to go on after; null after the last
 */
export async function listDeclared<K extends DeclaredKind>(
  directory: Directory,
  kind: K,
  { after, limit }: { after: string; limit: number },
): Promise<{ declarations: Declaration<K>[]; next: string | null }> {
  const page = await listDeclarations(directory.store.db, kind, { after, limit: limit + 1 });
  const read = page.slice(0, limit);
  const idOf = ({ key }: Declaration) => toDeclaredId(kind, key);
  const loaded = await directory.log.loadCorrespondents(read.map(idOf));
  const shown = new Set((await showCorrespondents(directory, loaded)).map((it) => it.id));
  return {
    declarations: read.filter((it) => shown.has(idOf(it))),
    next: page.length > limit ? read.at(-1)!.key : null,
  };
}
