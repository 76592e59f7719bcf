import { foldText } from '#domain/fold.ts';
import type { FormField, RequestForm } from '#domain/request-form.ts';

import type { TypedRow } from './typed-values.ts';

/** The questions that people make in the page, and what each is in JSON Schema. */
const KINDS = {
  text: { label: 'Un texte court', schema: { type: 'string', maxLength: 300 } },
  long: { label: 'Un texte long', schema: { type: 'string', format: 'multiline', maxLength: 4000 } },
  boolean: { label: 'Oui ou non', schema: { type: 'boolean' } },
  integer: { label: 'Un nombre', schema: { type: 'integer' } },
  date: { label: 'Une date', schema: { type: 'string', format: 'date' } },
  one: { label: 'Une réponse à choisir', schema: { type: 'string' } },
  several: { label: 'Plusieurs réponses à choisir', schema: { type: 'array', uniqueItems: true } },
} as const satisfies Record<string, { label: string; schema: Omit<FormField, 'title'> }>;

type QuestionKind = keyof typeof KINDS;

export const QUESTION_KINDS = Object.entries(KINDS).map(([value, { label }]) => ({ value, label }));

/** A row in which one of these is filled in is a question. */
export const QUESTION_FIELDS = ['title', 'choices'] as const;

/** A form of questions, of which those of one heading that follow each other are together. */
export function toRequestForm(title: string, description: string, rows: readonly TypedRow[]): RequestForm {
  const form: RequestForm = {
    type: 'object',
    title,
    ...(description !== '' && { description }),
    properties: {},
  };
  for (const row of rows) {
    const heading = row['group'] ?? '';
    const group = heading === '' ? form : openGroup(form, heading);
    const key = keepKey(row['key'], group.properties!) ?? toKey(row['title'] ?? '', group.properties!);
    group.properties![key] = toField(row);
    if (row['required'] !== undefined && row['required'] !== '') (group.required ??= []).push(key);
  }
  return form;
}

function openGroup(form: RequestForm, heading: string): Pick<FormField, 'properties' | 'required'> {
  const known = Object.values(form.properties).find((it) => it.type === 'object' && it.title === heading);
  if (known) return known;
  const group: FormField = { type: 'object', title: heading, properties: {} };
  form.properties[toKey(heading, form.properties)] = group;
  return group;
}

function toField(row: TypedRow): FormField {
  const title = row['title'] ?? '';
  const kind: QuestionKind = Object.hasOwn(KINDS, row['kind'] ?? '') ? (row['kind'] as QuestionKind) : 'text';
  const choices = (row['choices'] ?? '').split('\n').flatMap((it) => it.trim() || []);
  if (kind === 'one') return { title, type: 'string', enum: choices };
  if (kind === 'several') return { title, ...KINDS.several.schema, items: { type: 'string', enum: choices } };
  return { title, ...KINDS[kind].schema };
}

/** What the question is already called for machines, so that new words for people change nothing for them. */
function keepKey(key: string | undefined, taken: object): string | undefined {
  return key !== undefined && /^[a-zA-Z]\w{0,59}$/.test(key) && !Object.hasOwn(taken, key) ? key : undefined;
}

/** Letters and digits, begun by a letter, distinct among these. */
function toKey(title: string, taken: object): string {
  const stem = foldText(title)
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 40)
    .replace(/^(?=\d)|^$/, 'q');
  let key = stem;
  for (let count = 2; Object.hasOwn(taken, key); count += 1) key = `${stem}_${count}`;
  return key;
}

/** The rows that make a form; undefined where it holds what the page cannot make. */
export function toQuestionRows(form: RequestForm): TypedRow[] | undefined {
  const rows: TypedRow[] = [];
  for (const [name, field] of Object.entries(form.properties)) {
    const inside = field.type === 'object' ? Object.entries(field.properties ?? {}) : undefined;
    for (const [key, question] of inside ?? [[name, field] as const]) {
      const kind = kindOf(question);
      if (kind === undefined) return undefined;
      const required = inside ? field.required?.includes(key) : form.required?.includes(name);
      rows.push({
        key,
        title: question.title,
        kind,
        choices: (question.enum ?? question.items?.enum ?? []).join('\n'),
        required: required ? '1' : '',
        group: inside ? field.title : '',
      });
    }
  }
  return rows;
}

function kindOf({ type, format, enum: choices, items }: FormField): QuestionKind | undefined {
  if (type === 'array') return items?.enum ? 'several' : undefined;
  if (type === 'boolean') return 'boolean';
  if (type === 'integer' || type === 'number') return 'integer';
  if (type === 'object' || format === 'time') return undefined;
  if (choices) return 'one';
  if (format === 'date') return 'date';
  return format === 'multiline' ? 'long' : 'text';
}

/** Whether two forms ask the same, as far as the page shows it. */
export function isSameForm(a: RequestForm, b: RequestForm): boolean {
  const [one, other] = [a, b].map((it) => [it.title, it.description ?? '', toQuestionRows(it)]);
  return JSON.stringify(one) === JSON.stringify(other);
}
