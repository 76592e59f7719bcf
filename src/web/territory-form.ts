import type { LineAmendment } from '#profiles/territories/amend-import.ts';

type Form = Record<string, string | File | (string | File)[]>;

/** What the page of an import sends: `cell.LINE.HEADER`, `who.LINE`, `skip.LINE`; `line` names those that can be left out. */
export function toAmendments(form: Form): LineAmendment[] {
  const amendments = new Map<number, LineAmendment>();
  const of = (text: string): LineAmendment => {
    const line = Number(text);
    const amendment = amendments.get(line) ?? { line };
    amendments.set(line, amendment);
    return amendment;
  };
  for (const line of listTexts(form['line'])) if (/^\d{1,6}$/.test(line)) of(line).skip = false;
  for (const [name, value] of Object.entries(form)) {
    const [, kind, line, column] = /^(cell|who|skip)\.(\d{1,6})(?:\.(.{1,60}))?$/s.exec(name) ?? [];
    if (line === undefined || typeof value !== 'string') continue;
    if (kind === 'skip') of(line).skip = true;
    else if (kind === 'who') of(line).rpps = value;
    else if (column !== undefined) (of(line).cells ??= {})[column] = value.replaceAll('\r\n', '\n');
  }
  return [...amendments.values()];
}

/** The texts of a field that may be there once, several times or not. */
export function listTexts(value: Form[string] | undefined): string[] {
  return [value ?? []].flat().filter((it) => typeof it === 'string');
}
