import { z } from '@hono/zod-openapi';

import { CORRESPONDENT_KINDS } from '#domain/correspondent.ts';
import { findAct } from '#domain/acts.ts';
import { WAYS_OF_PRACTISING, WAY_LABELS, type WayOfPractising } from '#domain/practising.ts';
import { FACETS } from '#domain/question.ts';
import { findCommune, findDepartement } from '#domain/geography.ts';
import { parseFiness, parseMailboxAddress, parseRpps } from '#domain/identifiers.ts';
import { MAILBOX_CHANNELS } from '#domain/mailbox-channels.ts';

import { queryObject } from './request-faults.ts';

const text = (max: number) =>
  z
    .string({ error: 'It is given several times: give it once, several values parted by commas.' })
    .max(max, `It may hold ${max} characters at most.`);

/** Values parted by commas, each turned into what it stands for; a value that stands for nothing is a fault of its own. */
function listOf<T>(parse: (value: string) => T | undefined, expected: string) {
  return text(2000).transform((value, context): T[] => {
    const parsed: T[] = [];
    for (const part of value.split(',').map((it) => it.trim())) {
      const one = part === '' ? undefined : parse(part);
      if (one === undefined) {
        context.issues.push({
          code: 'custom',
          input: value,
          message: `"${part.slice(0, 80)}" is not ${expected}.`,
        });
      } else {
        parsed.push(one);
      }
    }
    return [...new Set(parsed)];
  });
}

function parsedBy<T>(parse: (value: string) => T | undefined, expected: string) {
  return text(400).transform((value, context): T => {
    const parsed = parse(value);
    if (parsed === undefined)
      context.issues.push({ code: 'custom', input: value, message: `It is not ${expected}.` });
    return parsed as T;
  });
}

const parseKind = (value: string) => CORRESPONDENT_KINDS.find((kind) => kind === value);
const parseFacet = (value: string) => FACETS.find((facet) => facet === value);
const parseCode = (value: string) => (/^[\w.-]{1,40}$/.test(value) ? value : undefined);

const parseOrganization = (value: string) => (/^[\w.:-]{1,100}$/.test(value) ? value : undefined);

function onlyTrue(description: string) {
  return z
    .enum(['true'], {
      error: 'It can only be "true": what nobody has said cannot be told from a no.',
    })
    .optional()
    .openapi({ type: 'boolean', description });
}

function waysParameters() {
  const entries = WAYS_OF_PRACTISING.map((way) => [way, onlyTrue(`Known yes: ${WAY_LABELS[way]}.`)]);
  return Object.fromEntries(entries) as Record<WayOfPractising, ReturnType<typeof onlyTrue>>;
}

/** The query of a search. Every member is optional; together they narrow. */
export const SearchQuerySchema = queryObject({
  q: text(10_000)
    .optional()
    .openapi({ description: 'What is sought: names, professions, places, in any order.', example: 'martin' }),
  where: text(200).optional().openapi({
    description:
      'A place: commune, postcode, INSEE code, département, region, EPCI, establishment, FINESS, or latitude,longitude.',
    example: 'le puy',
  }),
  near: text(200).optional().openapi({
    description:
      'Where the caller is: a commune, a postcode or latitude,longitude. Nearer results come first.',
    example: '43000',
  }),
  kind: listOf(parseKind, `one of ${CORRESPONDENT_KINDS.join(', ')}`)
    .optional()
    .openapi({ type: 'string', description: `Any of ${CORRESPONDENT_KINDS.join(', ')}, parted by commas.` }),
  profession: listOf(parseCode, 'a profession code such as 10 or 70')
    .optional()
    .openapi({ type: 'string', description: 'Codes of TRE_G15, parted by commas.', example: '70' }),
  savoirFaire: listOf(parseCode, 'a savoir-faire code such as SM26')
    .optional()
    .openapi({ type: 'string', description: 'Codes of TRE_R38, R39…, parted by commas.', example: 'SM26' }),
  departement: listOf(
    (value) => findDepartement(value.toUpperCase())?.code,
    'a département code such as 43 or 2A',
  )
    .optional()
    .openapi({ type: 'string', description: 'Département codes, parted by commas.', example: '43' }),
  commune: listOf((value) => findCommune(value.toUpperCase())?.code, 'an INSEE commune code such as 43157')
    .optional()
    .openapi({
      type: 'string',
      description: 'INSEE codes (former ones too), parted by commas.',
      example: '43157',
    }),
  rpps: parsedBy(parseRpps, 'an RPPS number: 11 digits').optional().openapi({
    type: 'string',
    description: '11 digits, or the national identifier: 8 and the RPPS number.',
  }),
  mailbox: parsedBy(parseMailboxAddress, 'a mailbox address')
    .optional()
    .openapi({ type: 'string', description: 'A whole mailbox address.' }),
  finess: parsedBy(parseFiness, 'a FINESS number: 9 characters').optional().openapi({
    type: 'string',
    description: 'Of the site or of the legal entity.',
  }),
  organization: listOf(parseOrganization, 'an id of an organization').optional().openapi({
    type: 'string',
    description: 'Ids of places of practice, as answers give them, parted by commas.',
  }),
  ...waysParameters(),
  act: listOf((value) => findAct(value)?.code, 'the code of an act (see /v1/profile-model)')
    .optional()
    .openapi({ type: 'string', description: 'Codes of acts, parted by commas.', example: 'echographie' }),
  present: onlyTrue('Those who are not away today.'),
  comesTo: text(200).optional().openapi({
    description:
      'A commune or a postcode: those who go to homes there. Whoever gives no area is found around their place of practice, and marked as less certain.',
    example: 'Brioude',
  }),
  hasMailbox: z
    .enum(['true', 'false'], { error: 'It is true or false.' })
    .transform((value) => value === 'true')
    .optional()
    .openapi({ type: 'boolean', description: 'Whether at least one secure mailbox is known.' }),
  within: wholeNumber(1, 200).optional().openapi({
    type: 'integer',
    minimum: 1,
    maximum: 200,
    description:
      'Kilometres around the place of `where`, of `near` or of `q`: practising in a commune whose centre is so near.',
  }),
  sort: z.enum(['distance'], { error: 'It can only be "distance".' }).optional().openapi({
    description: 'The nearest to the place of `near`, `where` or `q` first; at most the 500 nearest.',
  }),
  facets: listOf(parseFacet, `one of ${FACETS.join(', ')}`)
    .optional()
    .openapi({
      type: 'string',
      description: `What to count among all results: any of ${FACETS.join(', ')}, parted by commas.`,
      example: 'kind,profession',
    }),
  mailboxStatus: z.enum(['active'], { error: 'It can only be "active".' }).optional().openapi({
    description: 'Those of whom a mailbox was opened during the last 30 days, as its operator reports.',
  }),
  channel: listOf(
    (value) => MAILBOX_CHANNELS.find((it) => it === value),
    `one of ${MAILBOX_CHANNELS.join(', ')}`,
  )
    .optional()
    .openapi({
      type: 'string',
      description: `What a mailbox can receive beside mail, parted by commas: ${MAILBOX_CHANNELS.join(', ')}.`,
    }),
  explain: z.enum(['true'], { error: 'It can only be "true".' }).optional().openapi({
    type: 'boolean',
    description: 'Tells what was searched, and for each result where each part of the text was found.',
  }),
  limit: wholeNumber(1, 50).optional().openapi({ type: 'integer', minimum: 1, maximum: 50, default: 10 }),
  cursor: text(200)
    .optional()
    .openapi({ description: 'The `next` of the page before, with the same other parameters.' }),
  groupBy: z.enum(['kind'], { error: 'It can only be "kind".' }).optional(),
});

export function wholeNumber(min: number, max: number) {
  return text(12).transform((value, context): number => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= min && number <= max)) {
      context.issues.push({
        code: 'custom',
        input: value,
        message: `It is a whole number from ${min} to ${max}.`,
      });
    }
    return number;
  });
}

export type SearchQuery = z.infer<typeof SearchQuerySchema>;
