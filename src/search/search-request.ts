import { CORRESPONDENT_KINDS, type CorrespondentKind } from '#domain/correspondent.ts';
import { parseFiness, parseMailboxAddress, parseRpps } from '#domain/identifiers.ts';
import type { CorrespondentQuestion } from '#domain/question.ts';
import { VIEW_ATTRIBUTES } from './correspondent-document.ts';
import type { EngineQuery } from './engine.ts';
import { allOf, type Filter, isIn, equals } from './filter.ts';
import { toPlaceFilter, type PlaceFilter } from './place-filter.ts';
import { toQueryText } from './query-text.ts';

/** The deepest result that can be reached; beyond it a total is "at least". */
export const RESULTS_MAX = 10_000;

/** `place` stands for `question.where`, which is not read here. */
export function toSearchRequest(question: CorrespondentQuestion, place?: PlaceFilter): EngineQuery {
  const { q, filter: textFilter } = understandText(question.text);
  const filter = allOf([textFilter, ...toFilters(question), place && toPlaceFilter(place)]);
  return {
    q,
    ...(filter && { filter }),
    offset: Math.min(question.offset, RESULTS_MAX),
    limit: Math.max(0, Math.min(question.limit, RESULTS_MAX - question.offset)),
    matchingStrategy: 'frequency',
    attributesToRetrieve: VIEW_ATTRIBUTES,
  };
}

/** One request for each kind asked (all of them by default), in the order of `CORRESPONDENT_KINDS`. */
export function toSearchRequestsByKind(
  question: CorrespondentQuestion,
  place?: PlaceFilter,
): { kind: CorrespondentKind; request: EngineQuery }[] {
  const kinds = CORRESPONDENT_KINDS.filter((kind) => question.kinds?.includes(kind) ?? true);
  return kinds.map((kind) => ({ kind, request: toSearchRequest({ ...question, kinds: [kind] }, place) }));
}

export function toFilters(question: CorrespondentQuestion): (Filter | undefined)[] {
  const { hasMailbox } = question;
  return [
    isInWhenAsked('kind', question.kinds),
    isInWhenAsked('professionCodes', question.professionCodes),
    isInWhenAsked('savoirFaireCodes', question.savoirFaireCodes),
    isInWhenAsked('departementCodes', question.departementCodes),
    isInWhenAsked('communeCodes', question.communeCodes),
    isInWhenAsked('rpps', asList(question.rpps)),
    isInWhenAsked('mailboxes', asList(question.mailbox)),
    isInWhenAsked('finess', asList(question.finess)),
    hasMailbox === undefined ? undefined : equals('hasMailbox', hasMailbox),
  ];
}

function isInWhenAsked(attribute: string, values: readonly string[] | undefined): Filter | undefined {
  return values && isIn(attribute, values);
}

function asList(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value];
}

/** A text without any letter or digit asks for something that nobody is called. */
function understandText(text: string | undefined): { q: string; filter?: Filter } {
  if (text === undefined) return { q: '' };
  const identifier = toIdentifierFilter(text);
  if (identifier) return { q: '', filter: identifier };
  const q = toQueryText(text);
  return q === '' ? { q, filter: isIn('kind', []) } : { q };
}

/**
 * A text that is as a whole an RPPS, a FINESS or an address asks for that one: these numbers are not among the engine's
 * words (see `index-settings.ts`).
 */
export function toIdentifierFilter(text: string): Filter | undefined {
  const rpps = parseRpps(text);
  if (rpps !== undefined) return isIn('rpps', [rpps]);
  const finess = parseFiness(text);
  if (finess !== undefined) return isIn('finess', [finess]);
  const address = parseMailboxAddress(text);
  return address === undefined ? undefined : isIn('mailboxes', [address]);
}
