/** What a form holds: each field with its values, in their order. */
export type TypedValues = Record<string, string[]>;

const TEXT_LENGTH_MAX = 20_000;
const VALUES_MAX = 100;
const FIELD_NAME =
  /^(?:request|owner|title|name|domain|type|savoirFaireCodes|answers|doesNotAnswer|missions|population|public|area|delay\.(?:value|unit)|hours|mailbox|formMode|model|form\.(?:title|description)|(?:urgent|closed|q)\.\d{1,2}\.[a-z]{1,12})$/;

/** What a browser sent: the fields of a declaration alone, line ends as one character. */
export function readTypedValues(body: Readonly<Record<string, unknown>>): TypedValues {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      if (!FIELD_NAME.test(name)) return [];
      const texts = [value].flat().filter((it) => typeof it === 'string');
      const kept = texts
        .slice(0, VALUES_MAX)
        .map((it) => it.slice(0, TEXT_LENGTH_MAX).replaceAll('\r\n', '\n'));
      return [[name, kept]];
    }),
  );
}

/** The first value, without blanks around; empty when there is none. */
export function textOf(values: TypedValues, name: string): string {
  return values[name]?.[0]?.trim() ?? '';
}

/** The lines that hold something. */
export function linesOf(values: TypedValues, name: string): string[] {
  return textOf(values, name)
    .split('\n')
    .map((it) => it.trim())
    .filter((it) => it !== '');
}

/** A row of a repeated group: its fields without the group's name. */
export type TypedRow = Record<string, string>;

/** The rows of a group in which something was typed in one of these fields, in order. */
export function rowsOf(values: TypedValues, group: string, telling: readonly string[]): TypedRow[] {
  const rows = new Map<number, TypedRow>();
  for (const name of Object.keys(values)) {
    const [, found, field] = name.startsWith(`${group}.`) ? (/\.(\d{1,2})\.(\w+)$/.exec(name) ?? []) : [];
    if (found === undefined || field === undefined) continue;
    const row = rows.get(Number(found)) ?? {};
    rows.set(Number(found), { ...row, [field]: textOf(values, name) });
  }
  return [...rows]
    .toSorted(([a], [b]) => a - b)
    .map(([, row]) => row)
    .filter((row) => telling.some((field) => (row[field] ?? '') !== ''));
}

/** The same values with these rows in the place of those of the group. */
export function withRows(values: TypedValues, group: string, rows: readonly TypedRow[]): TypedValues {
  const others = Object.entries(values).filter(
    ([name]) => !name.startsWith(`${group}.`) || !/\.\d/.test(name),
  );
  const written = rows.flatMap((row, index) =>
    Object.entries(row).map(([field, text]): [string, string[]] => [`${group}.${index}.${field}`, [text]]),
  );
  return Object.fromEntries([...others, ...written]);
}
