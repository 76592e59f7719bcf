import { expect, test } from 'vitest';

import { FORM_MODELS } from '#domain/form-models.ts';
import { RequestFormSchema } from '#domain/request-form.ts';

import { isSameForm, toQuestionRows, toRequestForm } from '../../src/web/declared/question-rows.ts';

test.each(
  FORM_MODELS.filter((it) => it.code !== 'appui-coordination').map((it) => [it.code, it.form] as const),
)('the model %s is changed question by question, and asks the same when nothing is changed', (_, form) => {
  const rows = toQuestionRows(form);
  expect(rows).toBeDefined();
  const made = toRequestForm(form.title, form.description ?? '', rows!);
  expect(RequestFormSchema.parse(made)).toEqual(made);
  const titles = ({ properties = {} }: { properties?: object }): unknown[] =>
    Object.values(properties).map((it: { title: string; properties?: object }) => [it.title, titles(it)]);
  expect(titles(made)).toEqual(titles(form));
  expect(isSameForm(made, form)).toBe(true);
  expect(isSameForm(toRequestForm('Autre', '', rows!), form)).toBe(false);
});

test('questions of one name are two questions, and one without a letter is one too', () => {
  const row = { kind: 'text', choices: '', required: '1', group: '' };
  const form = toRequestForm('Demande', '', [
    { ...row, title: 'Âge' },
    { ...row, title: 'Âge' },
    { ...row, title: '???' },
    { ...row, title: '1er jour' },
  ]);
  expect(RequestFormSchema.parse(form)).toEqual(form);
  expect(Object.keys(form.properties)).toHaveLength(4);
  expect(form.required).toHaveLength(4);
});

test('a form that the page could not make again is not taken apart', () => {
  const whole = FORM_MODELS.find((it) => it.code === 'appui-coordination')!;
  expect(toQuestionRows(whole.form)).toBeUndefined();
  const item = { type: 'object' as const, properties: { a: { title: 'A', type: 'string' as const } } };
  const list = { title: 'Liste', type: 'array' as const, items: item };
  expect(toQuestionRows({ type: 'object', title: 'F', properties: { list } })).toBeUndefined();
});
