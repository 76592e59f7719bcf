import type { FormField, RequestForm } from '#domain/request-form.ts';

/** A question of a request form as people read it; of a group, its questions are inside. */
export interface Question {
  title: string;
  description: string | undefined;
  /** "texte", "oui ou non", "une réponse : visage, tronc". */
  answer: string;
  isRequired: boolean;
  inside: Question[];
}

type Answered = Omit<FormField, 'title'>;

/** The questions of a form, in the order in which they are asked. */
export function listQuestions({
  properties = {},
  required = [],
}: Pick<RequestForm, 'properties' | 'required'>): Question[] {
  return Object.entries(properties).map(([name, field]) => ({
    title: field.title,
    description: field.description,
    answer: toAnswerWords(field),
    isRequired: required.includes(name),
    inside: toGroup(field),
  }));
}

function toGroup({ properties, required, items }: Answered): Question[] {
  const group = properties
    ? { properties, required }
    : { properties: items?.properties, required: items?.required };
  if (group.properties === undefined) return [];
  return listQuestions({
    properties: group.properties,
    ...(group.required && { required: group.required }),
  });
}

function toAnswerWords({ type, format, enum: choices, items }: Answered): string {
  if (choices) return `une réponse\u00a0: ${choices.join(', ')}`;
  if (type === 'array')
    return items?.enum ? `une ou plusieurs réponses\u00a0: ${items.enum.join(', ')}` : 'une liste';
  if (type === 'boolean') return 'oui ou non';
  if (type === 'integer' || type === 'number') return 'un nombre';
  if (format === 'date') return 'une date';
  if (format === 'time') return 'une heure';
  return type === 'object' ? '' : 'un texte';
}

/** Most programs that open `mailto:` addresses take about so much. */
const TEXT_MAX = 1500;

/** The questions as lines to fill in, for a message; those that are one too many are left out. */
export function toOutlineText(form: RequestForm): string {
  const lines: string[] = [];
  const write = (questions: readonly Question[], mark: string) => {
    for (const { title, isRequired, inside } of questions) {
      lines.push(`${mark}${title}${isRequired ? ' *' : ''}\u00a0:`);
      write(inside, '- ');
    }
  };
  write(listQuestions(form), '');
  while (encodeURIComponent(lines.join('\n')).length > TEXT_MAX) lines.pop();
  return lines.join('\n');
}
