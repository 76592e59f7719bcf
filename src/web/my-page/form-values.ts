import { isSame } from '#domain/profile-changes.ts';

/** What a form sends: each field with its values, in their order. Absent fields are those of which nothing was sent. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

/** Something wrong in a form: in which field, and what would be right, for people. */
export interface FormFault {
  field: string;
  text: string;
}

const TEXT_LENGTH_MAX = 20_000;
const VALUES_MAX = 500;

/** What a browser sent, line ends as one character. Files and fields of no form of ours are left out. */
export function readFormValues(
  body: Readonly<Record<string, unknown>>,
  isOurs: (name: string) => boolean,
): FormValues {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      if (!isOurs(name)) return [];
      const texts = [value].flat().filter((it) => typeof it === 'string');
      return [
        [name, texts.slice(0, VALUES_MAX).map((it) => it.slice(0, TEXT_LENGTH_MAX).replaceAll('\r\n', '\n'))],
      ];
    }),
  );
}

/** The first value; empty when there is none. */
export function textOf(values: FormValues, name: string): string {
  return values[name]?.[0] ?? '';
}

export function listOf(values: FormValues, name: string): readonly string[] {
  return values[name] ?? [];
}

/** The lines of a text that hold something. */
export function linesOf(values: FormValues, name: string): string[] {
  return textOf(values, name)
    .split('\n')
    .map((it) => it.trim())
    .filter((it) => it !== '');
}

/** How many rows of a repeated group there are to the last that holds something: `sending.0.what`, `sending.1.what`… */
export function countRows(values: FormValues, group: string): number {
  const numbers = Object.entries(values).flatMap(([name, texts]) => {
    if (texts.every((it) => it.trim() === '')) return [];
    const found = name.startsWith(`${group}.`) ? /^\d{1,3}/.exec(name.slice(group.length + 1)) : null;
    return found ? [Number(found[0]) + 1] : [];
  });
  return Math.max(0, ...numbers);
}

/** What was chosen, in the order of what was said before, then as chosen: an order alone is no change. */
export function inOrderOf(before: readonly string[] | undefined, chosen: readonly string[]): string[] {
  const kept = (before ?? []).filter((it) => chosen.includes(it));
  const ordered = [...kept, ...chosen.filter((it) => !kept.includes(it))];
  return isSame(kept, before) && ordered.length === kept.length ? kept : ordered;
}
