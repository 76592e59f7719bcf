import { labelOf } from '#domain/code-lists.ts';
import type { UnlistedCode } from '#domain/source.ts';

/** Adds a code that our lists do not know to what a line reports, with the file's own label (the code, without one). */
export function noteUnlisted(
  noted: UnlistedCode[] | undefined,
  list: UnlistedCode['list'],
  code: string | null,
  label: string | null,
): UnlistedCode[] | undefined {
  if (code === null || labelOf(list, code) !== undefined) return noted;
  return [...(noted ?? []), { list, code, label: label ?? code }];
}
