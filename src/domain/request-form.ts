import { Validator, type Schema } from '@cfworker/json-schema';
import { z } from 'zod';

import FORM_SCHEMA from './request-form.schema.json' with { type: 'json' };

/**
 * What a messaging client asks before it writes to an expert or a team: a JSON Schema (draft 2020-12), of which
 * `request-form.schema.json` says what may be used, with French labels in `title`, in the order in which it is asked. Answers go by
 * the client's own means: nothing here takes them.
 */
export interface RequestForm {
  type: 'object';
  title: string;
  description?: string;
  properties: Record<string, FormField>;
  required?: string[];
}

/** One question; of type `object` a group of them, of type `array` a list of equal ones or of ticked choices. */
export interface FormField {
  title: string;
  description?: string;
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  format?: 'date' | 'time' | 'multiline';
  enum?: string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  items?: FormItem;
  properties?: Record<string, FormField>;
  required?: string[];
}

type FormItem = Omit<FormField, 'title'> & { title?: string };

const FORM_BYTES_MAX = 64 * 1024;
const FORM_FIELDS_MAX = 60;
const DEPTH_MAX = 3;
const FAULTS_MAX = 10;

/** Whatever would send somewhere: schemes, hosts, and members that other makers of forms read as a destination. */
const ADDRESS = /\b(?:https?|ftp|mailto|javascript|data|file|tel):|:\/\/|\bwww\.|\/\/\w/i;
const DESTINATIONS: ReadonlySet<string> = new Set(
  '$id $ref $dynamicRef $anchor action url uri href link links submit submission submitUrl endpoint target webhook method'.split(
    ' ',
  ),
);

let validator: Validator | undefined;

/** One of ours; every fault says where it is. Members that were not asked for are refused, destinations with the reason. */
export const RequestFormSchema = z.unknown().transform((given, context): RequestForm => {
  const form = withoutDialect(given);
  for (const { path, message } of listFaults(form))
    context.issues.push({ code: 'custom', input: undefined, path, message });
  return form as RequestForm;
});

/** As `JSON.stringify` writes it, which leaves whole pairs as they are. */
const HALF_A_PAIR = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/;

/** Said by many makers of schemas, and the only one there is here. */
const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

function withoutDialect(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || !('$schema' in given)) return given;
  const { $schema, ...form } = given;
  return $schema === DIALECT ? form : given;
}

interface Fault {
  path: string[];
  message: string;
}

function listFaults(value: unknown): Fault[] {
  const text = JSON.stringify(value) ?? '';
  if (new TextEncoder().encode(text).length > FORM_BYTES_MAX)
    return [{ path: [], message: `A form holds ${FORM_BYTES_MAX} bytes at most.` }];
  // The validator writes paths as addresses, which half of a surrogate pair cannot be in.
  if (HALF_A_PAIR.test(text)) return [{ path: [], message: 'It holds half of a surrogate pair.' }];
  const sending = listDestinations(value, []);
  if (sending.length > 0) return sending.slice(0, FAULTS_MAX);
  validator ??= new Validator(FORM_SCHEMA as Schema, '2020-12', false);
  const { valid, errors } = validator.validate(value);
  if (!valid) return toFaults(errors);
  const form = value as RequestForm;
  const faults = [...listOutOfBounds(form), ...listUnknownRequired(form)];
  if (faults.length > 0) return faults.slice(0, FAULTS_MAX);
  return isUsable(form) ? [] : [{ path: [], message: 'It is not a JSON Schema that can be used.' }];
}

/** The innermost faults, which say what is wrong; those around them only say that something is. */
function toFaults(errors: { instanceLocation: string; keyword: string; error: string }[]): Fault[] {
  const deepest = errors.filter(
    (it) => !errors.some((other) => other.instanceLocation.startsWith(`${it.instanceLocation}/`)),
  );
  const chosen = deepest.filter((it) => !['$ref', 'properties'].includes(it.keyword));
  return (chosen.length > 0 ? chosen : deepest).slice(0, FAULTS_MAX).map(({ instanceLocation, error }) => ({
    path: instanceLocation.split('/').slice(1).map(unescapePointer),
    message: error.startsWith('False boolean schema') ? 'This is not taken in a form.' : error,
  }));
}

function unescapePointer(part: string): string {
  return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
}

function listDestinations(value: unknown, path: string[]): Fault[] {
  if (typeof value === 'string') {
    if (!ADDRESS.test(value)) return [];
    return [
      { path, message: 'A form sends nothing anywhere: it holds no address. The messaging client sends.' },
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => {
    const there = [...path, name.slice(0, 80)];
    if (DESTINATIONS.has(name) || ADDRESS.test(name))
      return [{ path: there, message: 'A form sends nothing anywhere: the messaging client does.' }];
    return there.length > 20 ? [] : listDestinations(inside, there);
  });
}

interface Group {
  properties?: Record<string, FormField>;
  required?: string[];
  items?: FormItem;
}

function listOutOfBounds(form: RequestForm): Fault[] {
  const { fields, depth } = measure(form, 1);
  const faults: Fault[] = [];
  if (fields > FORM_FIELDS_MAX)
    faults.push({ path: [], message: `It has ${fields} fields: ${FORM_FIELDS_MAX} at most.` });
  if (depth > DEPTH_MAX)
    faults.push({ path: [], message: `It is ${depth} deep, itself counted: ${DEPTH_MAX} at most.` });
  return faults;
}

function measure({ properties = {}, items }: Group, depth: number): { fields: number; depth: number } {
  const inside = Object.values(properties).map((part) => measure(part, depth + 1));
  if (items?.properties) inside.push(measure(items, depth));
  return {
    fields: Object.keys(properties).length + inside.reduce((sum, it) => sum + it.fields, 0),
    depth: Math.max(depth, ...inside.map((it) => it.depth)),
  };
}

function listUnknownRequired(group: Group, path: string[] = []): Fault[] {
  const { properties = {}, required = [], items } = group;
  const unknown = required.filter((name) => !Object.hasOwn(properties, name));
  return [
    ...unknown.map((name) => ({ path: [...path, 'required'], message: `There is no field "${name}".` })),
    ...Object.entries(properties).flatMap(([name, field]) =>
      listUnknownRequired(field, [...path, 'properties', name]),
    ),
    ...(items ? listUnknownRequired(items, [...path, 'items']) : []),
  ];
}

/** As a messaging client will use it: answers can be checked against it. */
function isUsable(form: RequestForm): boolean {
  try {
    new Validator(form as unknown as Schema, '2020-12').validate({});
    return true;
  } catch {
    return false;
  }
}
