import { parseAreaText, toAreaText } from '#domain/area-text.ts';
import type { DeclarationContent, DeclaredKind } from '#domain/declaration.ts';
import type { Expertise } from '#domain/expertise.ts';
import { FORM_MODELS } from '#domain/form-models.ts';
import { toHoursLine } from '#domain/hours-line.ts';
import { parseHours } from '#domain/parse-hours.ts';
import type { AvailableTime } from '#domain/profile.ts';
import type { RequestForm } from '#domain/request-form.ts';
import type { ResourceTeam } from '#domain/resource-team.ts';
import type { UrgentNumber } from '#domain/urgent-numbers.ts';

import { isSameForm, QUESTION_FIELDS, toQuestionRows, toRequestForm } from './question-rows.ts';
import { linesOf, rowsOf, textOf, withRows, type TypedValues } from './typed-values.ts';

/** Something wrong with a field, in words for people. */
export interface FieldFault {
  field: string;
  text: string;
}

/** What the form cannot change by itself. */
export interface FormContext {
  territories: readonly { id: string; name: string }[];
  /** As it stands; undefined for a new one. */
  form: RequestForm | undefined;
}

/** What is typed, as a declaration would say it; parts that are wrong are left out and told in `faults`. */
export interface ParsedDeclaration {
  content: Record<string, unknown>;
  faults: FieldFault[];
}

export const URGENT_FIELDS = ['case', 'phone', 'hours'] as const;
export const CLOSED_FIELDS = ['start', 'end', 'description'] as const;

/** @param kind says which fields there are */
export function parseDeclaredForm(
  kind: DeclaredKind,
  values: TypedValues,
  context: FormContext,
): ParsedDeclaration {
  const faults: FieldFault[] = [];
  const shared = {
    area: readArea(values, context, faults),
    urgentNumbers: readUrgent(values, faults),
    mailbox: textOf(values, 'mailbox') || undefined,
    form: readForm(values, context),
  };
  const said =
    kind === 'expert'
      ? {
          title: textOf(values, 'title'),
          domain: textOf(values, 'domain'),
          savoirFaireCodes: values['savoirFaireCodes'],
          answers: linesOf(values, 'answers'),
          doesNotAnswer: linesOf(values, 'doesNotAnswer'),
          population: textOf(values, 'population') || undefined,
          usualDelay: readDelay(values, faults),
        }
      : {
          name: textOf(values, 'name'),
          type: textOf(values, 'type'),
          missions: linesOf(values, 'missions'),
          public: textOf(values, 'public') || undefined,
          hours: readHours(textOf(values, 'hours'), 'hours', faults),
          notAvailable: readClosed(values),
        };
  const content = Object.entries({ ...said, ...shared }).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return { content: Object.fromEntries(content), faults };
}

function readArea(values: TypedValues, { territories }: FormContext, faults: FieldFault[]) {
  const { area, unknown } = parseAreaText(textOf(values, 'area'), territories);
  for (const { words, nearest } of unknown) {
    const near = nearest.length === 0 ? '' : ` Peut-être\u00a0: ${nearest.join(', ')}.`;
    faults.push({ field: 'area', text: `«\u00a0${words}\u00a0» n’est pas un lieu connu.${near}` });
  }
  return area;
}

function readHours(text: string, field: string, faults: FieldFault[]): AvailableTime[] | undefined {
  if (text === '') return undefined;
  const parsed = parseHours(text);
  if ('times' in parsed) return parsed.times;
  faults.push({
    field,
    text: `«\u00a0${parsed.fault.words}\u00a0» n’est pas compris. Écrivez par exemple\u00a0: lun-ven 9h-12h 14h-18h, sam 9h-12h.`,
  });
  return undefined;
}

function readUrgent(values: TypedValues, faults: FieldFault[]): Partial<UrgentNumber>[] {
  return rowsOf(values, 'urgent', URGENT_FIELDS).map((row, index) => {
    const availableTime = readHours(row['hours'] ?? '', `urgent.${index}.hours`, faults);
    return { case: row['case'] ?? '', phone: row['phone'] ?? '', ...(availableTime && { availableTime }) };
  });
}

function readClosed(values: TypedValues) {
  return rowsOf(values, 'closed', CLOSED_FIELDS).map(({ start = '', end = '', description = '' }) => ({
    description: description || 'Fermé',
    during: { start, end: end || start },
  }));
}

function readDelay(values: TypedValues, faults: FieldFault[]): Expertise['usualDelay'] {
  const typed = textOf(values, 'delay.value');
  if (typed === '') return undefined;
  if (/^\d{1,3}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= 365)
    return { value: Number(typed), unit: textOf(values, 'delay.unit') === 'hours' ? 'hours' : 'days' };
  faults.push({ field: 'delay.value', text: 'Écrivez un nombre entier, de 1 à 365.' });
  return undefined;
}

function readForm(values: TypedValues, { form }: FormContext): RequestForm | undefined {
  const mode = textOf(values, 'formMode');
  if (mode === 'keep') return form;
  if (mode === 'model') return FORM_MODELS.find((it) => it.code === textOf(values, 'model'))?.form;
  if (mode !== 'own') return undefined;
  const rows = rowsOf(values, 'q', QUESTION_FIELDS);
  const made = toRequestForm(
    textOf(values, 'form.title') || 'Demande',
    textOf(values, 'form.description'),
    rows,
  );
  // What the page does not show of a form (bounds of a number) stays as long as nothing is changed.
  return [form, ...FORM_MODELS.map((it) => it.form)].find((it) => it && isSameForm(it, made)) ?? made;
}

/** What a declaration says, as its form shows it. */
export function toTypedValues<K extends DeclaredKind>(
  kind: K,
  content: DeclarationContent[K],
  { territories }: FormContext,
): TypedValues {
  const { area, urgentNumbers = [], mailbox = '', form } = content;
  const values: TypedValues = {
    ...(kind === 'expert' ? ofExpertise(content as Expertise) : ofTeam(content as ResourceTeam)),
    area: [toAreaText(area, territories)],
    mailbox: [mailbox],
    ...toFormValues(form),
  };
  const urgent = urgentNumbers.map((it) => ({
    case: it.case,
    phone: it.phone,
    hours: toHoursLine(it.availableTime ?? []),
  }));
  return withRows(values, 'urgent', urgent);
}

/** A request form, as the page shows it: question by question, or kept as it is. */
export function toFormValues(form: RequestForm | undefined): TypedValues {
  if (form === undefined) return { formMode: ['none'] };
  const rows = toQuestionRows(form);
  if (rows === undefined) return { formMode: ['keep'] };
  const values = {
    formMode: ['own'],
    'form.title': [form.title],
    'form.description': [form.description ?? ''],
  };
  return withRows(values, 'q', rows);
}

function ofExpertise(it: Expertise): TypedValues {
  return {
    title: [it.title],
    domain: [it.domain],
    savoirFaireCodes: it.savoirFaireCodes ?? [],
    answers: [it.answers.join('\n')],
    doesNotAnswer: [(it.doesNotAnswer ?? []).join('\n')],
    population: [it.population ?? ''],
    'delay.value': [it.usualDelay === undefined ? '' : String(it.usualDelay.value)],
    'delay.unit': [it.usualDelay?.unit ?? 'days'],
  };
}

function ofTeam(it: ResourceTeam): TypedValues {
  const values = {
    name: [it.name],
    type: [it.type],
    missions: [it.missions.join('\n')],
    public: [it.public ?? ''],
    hours: [toHoursLine(it.hours ?? [])],
  };
  const closed = (it.notAvailable ?? []).map(({ description, during }) => ({ ...during, description }));
  return withRows(values, 'closed', closed);
}
