import { AppError } from '#domain/errors.ts';
import type { SourceId } from '#domain/source.ts';

/** Position of each wanted column in a row. */
export type ColumnIndexes<Key extends string> = Readonly<Record<Key, number>>;

/** Key in code → the publisher's name, exact. */
export type ColumnNames<Key extends string = string> = Readonly<Record<Key, string>>;

/**
 * Finds each wanted column by its name, whatever the order; other columns are left alone. Blanks around a name, its case,
 * the shape of its apostrophes and the composition of its accents do not count: the publisher's own files vary in these.
 * Of two columns of one name the first is read.
 * @throws AppError `source-file-invalid` naming every missing column, each with the nearest one present
 */
export function matchColumns<Key extends string>(
  names: ColumnNames<Key>,
  header: readonly string[],
  where: { source: SourceId; file: string },
): ColumnIndexes<Key> {
  const positions = new Map<string, number>();
  header.forEach((name, index) => {
    const key = comparable(name);
    if (!positions.has(key)) positions.set(key, index);
  });
  const entries = Object.entries<string>(names);
  const missing = entries.filter(([, name]) => !positions.has(comparable(name))).map(([, name]) => name);
  if (missing.length > 0) throw missingColumns(missing, header, where);
  return Object.fromEntries(
    entries.map(([key, name]) => [key, positions.get(comparable(name))]),
  ) as ColumnIndexes<Key>;
}

function comparable(name: string): string {
  return name.normalize('NFC').replaceAll('’', "'").trim().toLowerCase();
}

function missingColumns(
  missing: string[],
  header: readonly string[],
  { source, file }: { source: SourceId; file: string },
): AppError {
  const present = header.map((name) => name.trim()).filter((name) => name !== '');
  const listed = missing.map((name) => {
    const nearest = nearestName(name, present);
    return nearest === undefined ? `"${name}"` : `"${name}" (nearest present: "${nearest}")`;
  });
  return new AppError(
    'source-file-invalid',
    `${file} is not the ${source} file that was expected: ${missing.length} column(s) missing: ${listed.join(', ')}`,
    { source, file, missing },
  );
}

/** Undefined when nothing present resembles it: more than half of its letters would have to change. */
function nearestName(name: string, present: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let distanceMin = Math.floor(name.length / 2) + 1;
  for (const candidate of present) {
    const distance = editDistance(comparable(name), comparable(candidate.slice(0, 100)));
    if (distance < distanceMin) {
      distanceMin = distance;
      nearest = candidate.slice(0, 100);
    }
  }
  return nearest;
}

/** Levenshtein's. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const substitution = previous[column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[right.length]!;
}
