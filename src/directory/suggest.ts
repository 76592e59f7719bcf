import type { Correspondent } from '#domain/correspondent.ts';
import { foldText } from '#domain/fold.ts';
import { findPlaces } from '#domain/geography/find-places.ts';
import { listTerms } from '#domain/vocabulary.ts';
import { refusePatientAddress } from '#domain/refuse-patient-address.ts';
import { answerQuestion } from '#search/answer-question.ts';
import { readText } from '#search/read-text.ts';

import type { Directory } from './directory.ts';
import { withEngine } from './engine-breaker.ts';
import { resolveNear } from './resolve-where.ts';
import { showCorrespondents } from './show-correspondents.ts';

export const SUGGESTION_KINDS = [
  'profession',
  'savoirFaire',
  'structure',
  'place',
  'person',
  'service',
  'expert',
  'team',
] as const;
type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

/** One line of a type-ahead box, and the search that choosing it makes. */
export interface Suggestion {
  kind: SuggestionKind;
  label: string;
  /** What tells it from its namesakes: what a person does and where; null when there is nothing to tell. */
  detail: string | null;
  /** The correspondent's; null for what is no correspondent. */
  id: string | null;
  /** The search: what becomes of the two boxes. */
  q: string | null;
  where: string | null;
}

export interface SuggestionQuestion {
  /** 1 to 200 characters. */
  text: string;
  /** As in a search. */
  near: string | undefined;
  /** 1 to 20. */
  limit: number;
}

const TERMS_MAX = 3;
const PLACES_MAX = 3;
const OTHERS_BESIDE_NAMES_MAX = 2;
/** Fewer letters are the beginning of too many places. */
const PLACE_LETTERS_MIN = 3;

/**
 * What somebody may be about to type. What people do comes first when the text begins so, then places that begin so, at most
 * three of each; people and services, as a search finds them, have all the room that is left, and come first when the text is
 * rather a name (several words, none of them what people do).
 * @throws AppError `patient-address-refused`, `place-unknown`
 */
export async function suggest(
  directory: Directory,
  { text, near, limit }: SuggestionQuestion,
  signal?: AbortSignal,
): Promise<Suggestion[]> {
  refusePatientAddress([text, near]);
  const typed = foldText(text);
  if (typed === '') return [];
  const reading = readText(text, true)[0];
  const position = near === undefined ? undefined : resolveNear(near).position;
  const terms = suggestTerms(typed);
  const places = suggestPlaces(typed, reading?.terms.length ? reading : undefined);
  const { results } = await withEngine(
    directory.engine,
    (): Promise<{ results: Correspondent[] }> =>
      answerQuestion(
        directory.engine,
        { ...EVERYTHING, text, near, limit },
        { where: undefined, whereElse: undefined, whereWords: undefined, near: position },
        signal,
      ),
    async () => NOBODY,
  );
  const correspondents = (await showCorrespondents(directory, results)).map(toSuggestion);
  const others = [...terms, ...places];
  const isName = typed.includes(' ') && (reading?.terms.length ?? 0) === 0;
  if (!isName) return [...others, ...correspondents].slice(0, limit);
  const room = Math.max(1, limit - Math.min(others.length, OTHERS_BESIDE_NAMES_MAX));
  return [...correspondents.slice(0, room), ...others].slice(0, limit);
}

/** While the engine is away only what people do and places are suggested. */
const NOBODY: { results: Correspondent[] } = { results: [] };

const EVERYTHING = {
  where: undefined,
  kinds: undefined,
  professionCodes: undefined,
  savoirFaireCodes: undefined,
  departementCodes: undefined,
  communeCodes: undefined,
  rpps: undefined,
  mailbox: undefined,
  finess: undefined,
  organizationIds: undefined,
  ways: undefined,
  actCodes: undefined,
  present: undefined,
  presentOn: undefined,
  comesTo: undefined,
  visits: undefined,
  hasMailbox: undefined,
  channels: undefined,
  mailboxStatus: undefined,
  openedOn: undefined,
  within: undefined,
  sort: undefined,
  facets: undefined,
  explain: false,
  offset: 0,
} as const;

function suggestTerms(typed: string): Suggestion[] {
  return listTerms(typed, TERMS_MAX * 2)
    .filter(({ meaning }) => meaning.kind !== 'filter' && meaning.kind !== 'title')
    .slice(0, TERMS_MAX)
    .map(({ term, meaning }) => ({
      kind: meaning.kind === 'profession' || meaning.kind === 'savoirFaire' ? meaning.kind : 'structure',
      label: meaning.label,
      detail: foldText(meaning.label) === term ? null : term,
      id: null,
      q: meaning.label,
      where: null,
    }));
}

/** Of the whole text; after what people do, of the words that follow it. */
function suggestPlaces(
  typed: string,
  reading: ReturnType<typeof readText>[number] | undefined,
): Suggestion[] {
  const said = reading?.parts.filter((part) => part.as === 'term').map((part) => part.text) ?? [];
  const sought = reading
    ? reading.parts.filter((part) => part.as !== 'term').map((part) => part.text)
    : [typed];
  const place = sought.join(' ');
  if (place.length < PLACE_LETTERS_MIN) return [];
  return findPlaces(place, PLACES_MAX).map(({ label }) => ({
    kind: 'place',
    label: said.length > 0 ? `${said.join(' ')}, ${label}` : label,
    detail: null,
    id: null,
    q: said.length > 0 ? said.join(' ') : null,
    where: label,
  }));
}

function toSuggestion(it: Correspondent): Suggestion {
  const [place] = it.places;
  const does = it.profession?.label ?? place?.organization?.name ?? null;
  const detail = [does, place?.commune?.name].filter((part) => part != null && part !== it.name).join(', ');
  return {
    kind: it.kind === 'professional' ? 'person' : it.kind,
    label: it.name,
    detail: detail === '' ? null : detail,
    id: it.id,
    q: it.name,
    where: null,
  };
}
