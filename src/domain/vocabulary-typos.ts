import { listTypedForms } from './vocabulary-forms.ts';
import { termRoot } from './vocabulary-index.ts';
import type { TermNode } from './vocabulary-index.ts';

/** Shorter words have too many neighbours that are names. */
const LENGTH_MIN = 6;

interface Form {
  form: string;
  stem: string;
}

let formsByShape: Map<string, Form[]> | undefined;

/**
 * Stems of the vocabulary's words, of 6 letters or more, of which `word` is one edit away: a letter missing, added, wrong, or
 * two swapped. The first letter is taken as right.
 */
export function listNearStems(word: string): string[] {
  if (word.length < LENGTH_MIN) return [];
  formsByShape ??= groupForms();
  const near: string[] = [];
  for (let length = word.length - 1; length <= word.length + 1; length += 1)
    for (const { form, stem } of formsByShape.get(shapeOf(word, length)) ?? [])
      if (isOneEditAway(word, form) && !near.includes(stem)) near.push(stem);
  return near;
}

function groupForms(): Map<string, Form[]> {
  const stems = [...listStems(termRoot(), new Set())].filter((stem) => stem.length >= LENGTH_MIN);
  const forms = stems.flatMap((stem) => listTypedForms(stem).map((form) => ({ form, stem })));
  return Map.groupBy(forms, ({ form }) => shapeOf(form, form.length));
}

function shapeOf(word: string, length: number): string {
  return word.charAt(0) + length;
}

function listStems(node: TermNode, stems: Set<string>): Set<string> {
  for (const [stem, child] of node.children) {
    stems.add(stem);
    listStems(child, stems);
  }
  return stems;
}

function isOneEditAway(a: string, b: string): boolean {
  const lengthMin = Math.min(a.length, b.length);
  let start = 0;
  while (start < lengthMin && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  let end = 0;
  const endMax = lengthMin - start;
  while (end < endMax && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end += 1;
  const left = a.length - start - end;
  const right = b.length - start - end;
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}
