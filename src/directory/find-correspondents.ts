import { CORRESPONDENT_KINDS, type Correspondent, type CorrespondentKind } from '#domain/correspondent.ts';
import { distanceOf } from '#domain/distance-of.ts';
import { AppError } from '#domain/errors.ts';
import type { Position } from '#domain/geography/communes-within.ts';
import { listNamesakes } from '#domain/geography/list-namesakes.ts';
import { awayOn, dayInFrance } from '#domain/away.ts';
import type { CorrespondentQuestion, FacetCounts, Total, VisitedPlace } from '#domain/question.ts';
import { listActiveDays, mailboxStatusAt } from '#domain/mailbox-status.ts';
import type { Understanding, UnderstoodPart, UnderstoodPlace } from '#domain/understanding.ts';
import { refusePatientAddress } from '#domain/refuse-patient-address.ts';
import {
  answerQuestion,
  answerQuestionByKind,
  type Answer,
  type TriedStage,
} from '#search/answer-question.ts';

import type { Directory } from './directory.ts';
import { withEngine } from './engine-breaker.ts';
import { findPlainly, type PlainAnswer } from './find-plainly.ts';
import { findTerritoryWithin } from './find-territory-place.ts';
import { resolveNear, resolveVisited, resolveWhere } from './resolve-where.ts';
import { showCorrespondents } from './show-correspondents.ts';
import { suggestWider } from './suggest-wider.ts';

export interface FoundCorrespondents {
  results: Correspondent[];
  total: Total;
  /** Where the next page begins; undefined after the last. */
  nextOffset: number | undefined;
  understood: Understanding;
  /** What distances are counted from; undefined when no place was asked for. */
  centre: Position | undefined;
  facets: FacetCounts | undefined;
  tried: TriedStage[] | undefined;
  /** Where they are asked to come; undefined when nowhere. */
  visits: VisitedPlace | undefined;
  /** The search engine is away: the store alone answered, plainly. */
  isDegraded: boolean;
}

/**
 * The correspondents that answer a question, best first.
 * @throws AppError `place-unknown`, `patient-address-refused`, `search-unavailable`
 */
export async function findCorrespondents(
  directory: Directory,
  question: CorrespondentQuestion,
  signal?: AbortSignal,
): Promise<FoundCorrespondents> {
  const asked = await withTerritoryApart(directory, withPositionApart(withSetMembers(directory, question)));
  const places = await resolvePlaces(directory, asked, signal);
  return withEngine(
    directory.engine,
    async () => {
      const answer = await answerQuestion(directory.engine, asked, places.filters, signal);
      const found = await toFound(directory, question, places, answer);
      if (answer.total.value > 0) return found;
      const tryInstead = await suggestWider(question, answer.parts, (wider) =>
        countFound(directory, wider, signal),
      );
      return { ...found, understood: { ...found.understood, tryInstead } };
    },
    async () => {
      // One more than the page, so that it is known whether another follows.
      const plain = await findPlainlyOrRefuse(directory, asked, places, asked.offset + asked.limit + 1);
      return toPlainlyFound(directory, question, places, plain);
    },
  );
}

async function countFound(
  directory: Directory,
  question: CorrespondentQuestion,
  signal: AbortSignal | undefined,
): Promise<number> {
  const asked = await withTerritoryApart(directory, withPositionApart(withSetMembers(directory, question)));
  // Without a place nothing can be sorted or bounded by distance.
  const hasPlace = asked.where !== undefined || asked.near !== undefined;
  const bounded = hasPlace ? asked : { ...asked, within: undefined, sort: undefined };
  const places = await resolvePlaces(directory, bounded, signal);
  const { total } = await answerQuestion(directory.engine, bounded, places.filters, signal);
  return total.value;
}

/** The same question for each kind that it allows, one page of each, kinds in their usual order. */
export async function findCorrespondentsByKind(
  directory: Directory,
  question: CorrespondentQuestion,
  signal?: AbortSignal,
): Promise<({ kind: CorrespondentKind } & FoundCorrespondents)[]> {
  const asked = await withTerritoryApart(directory, withPositionApart(withSetMembers(directory, question)));
  const places = await resolvePlaces(directory, asked, signal);
  return withEngine(
    directory.engine,
    async () => {
      const answers = await answerQuestionByKind(directory.engine, asked, places.filters, signal);
      return Promise.all(
        answers.map(async ({ kind, ...answer }) => ({
          kind,
          ...(await toFound(directory, question, places, answer)),
        })),
      );
    },
    async () => {
      const plain = await findPlainlyOrRefuse(directory, asked, places, Number.POSITIVE_INFINITY);
      const kinds = CORRESPONDENT_KINDS.filter((kind) => question.kinds?.includes(kind) ?? true);
      return Promise.all(
        kinds.map(async (kind) => {
          const correspondents = plain.correspondents.filter((it) => it.kind === kind);
          return {
            kind,
            ...(await toPlainlyFound(directory, question, places, { ...plain, correspondents })),
          };
        }),
      );
    },
  );
}

/** @throws AppError `search-unavailable` for what the store alone cannot answer, and does not pretend to */
async function findPlainlyOrRefuse(
  directory: Directory,
  question: CorrespondentQuestion,
  { filters }: ResolvedPlaces,
  wanted: number,
): Promise<PlainAnswer> {
  const refused = [
    question.facets && 'facets',
    question.sort && 'sort=distance',
    question.explain && 'explain',
  ].filter(Boolean);
  if (refused.length > 0) {
    throw new AppError(
      'search-unavailable',
      `The search engine is away; without it there is no ${refused.join(', ')}. The same search without answers plainly.`,
      {},
    );
  }
  return findPlainly(directory, question, filters, wanted);
}

async function toPlainlyFound(
  directory: Directory,
  question: CorrespondentQuestion,
  { where, near, filters }: ResolvedPlaces,
  { correspondents, isCut, parts }: PlainAnswer,
): Promise<FoundCorrespondents> {
  const { offset, limit } = question;
  const end = offset + limit;
  return {
    results: (await showCorrespondents(directory, correspondents.slice(offset, end))).filter((it) =>
      stillAnswers(it, question, directory.now()),
    ),
    total: { value: correspondents.length, exact: !isCut },
    nextOffset: end < correspondents.length ? end : undefined,
    understood: {
      parts,
      where,
      near,
      preferred: [],
      widened: [],
      widenedToKm: null,
      alternatives: listAlternatives(question, parts, where, filters.near),
      tryInstead: null,
    },
    centre: filters.near ?? filters.whereCentre,
    facets: undefined,
    tried: undefined,
    visits: question.comesTo === undefined ? undefined : resolveVisited(question.comesTo),
    isDegraded: true,
  };
}

const POSITION = /(?<![\d.,])-?\d{1,2}\.\d+\s*[,;]\s*-?\d{1,3}\.\d+(?![\d.,])/;

/** Coordinates within a text are the place, when none is asked for apart: "kiné 45.04,3.88". */
function withPositionApart(question: CorrespondentQuestion): CorrespondentQuestion {
  const match =
    question.where === undefined && question.text !== undefined ? POSITION.exec(question.text) : null;
  if (!match) return question;
  const text = question.text!.replace(match[0], ' ').trim();
  return { ...question, text: text === '' ? undefined : text, where: match[0] };
}

/** What depends on the day, and where people are asked to come. */
function withSetMembers({ now }: Directory, question: CorrespondentQuestion): CorrespondentQuestion {
  refusePatientAddress([question.comesTo]);
  return {
    ...question,
    openedOn: question.mailboxStatus && listActiveDays(question.walkBegan ?? now()),
    presentOn: question.present && dayInFrance(question.walkBegan ?? now()),
    visits: question.comesTo === undefined ? undefined : resolveVisited(question.comesTo),
  };
}

/** So is the name of a territory: "kiné cpts du velay". */
async function withTerritoryApart(
  directory: Directory,
  question: CorrespondentQuestion,
): Promise<CorrespondentQuestion> {
  if (question.where !== undefined || question.text === undefined) return question;
  refusePatientAddress([question.text]);
  const found = await findTerritoryWithin(directory, question.text);
  if (found === undefined) return question;
  return { ...question, text: found.rest === '' ? undefined : found.rest, where: found.where };
}

/** Of the place of the question's own parameter, or else of the one in its text. */
function listAlternatives(
  question: CorrespondentQuestion,
  parts: readonly UnderstoodPart[],
  where: UnderstoodPlace | null,
  near: Position | undefined,
): UnderstoodPlace[] {
  const part = parts.find((it) => it.as === 'place');
  const [typed, place] = where ? [question.where, where] : [part?.text, part?.place];
  if (typed === undefined || place?.kind !== 'commune') return [];
  return listNamesakes(typed, { ...place, kind: 'commune' }, near).map(({ kind, code, label }) => ({
    kind,
    code,
    label,
  }));
}

/** A walk keeps the days of its beginning, so that its pages follow each other; whoever does not answer any more is left out. */
function stillAnswers(
  it: Correspondent,
  { mailboxStatus, present }: CorrespondentQuestion,
  now: Date,
): boolean {
  if (present && awayOn(it.profile?.awayPeriods, dayInFrance(now)) !== undefined) return false;
  return (
    mailboxStatus === undefined ||
    it.mailboxes.some(({ lastOpenedOn }) => mailboxStatusAt(lastOpenedOn, now) === mailboxStatus)
  );
}

/** In whole kilometres, upwards; null when nobody has a position. */
function farthestKm(shown: readonly Correspondent[], centre: Position | undefined): number | null {
  const meters = shown.flatMap((it) => (centre && distanceOf(it, centre)) ?? []);
  return meters.length === 0 ? null : Math.ceil(Math.max(...meters) / 1000);
}

type ResolvedPlaces = Awaited<ReturnType<typeof resolvePlaces>>;

async function resolvePlaces(
  directory: Directory,
  question: CorrespondentQuestion,
  signal: AbortSignal | undefined,
) {
  refusePatientAddress([question.text, question.where, question.near, question.mailbox, question.comesTo]);
  const near = question.near === undefined ? undefined : resolveNear(question.near);
  const where =
    question.where === undefined
      ? undefined
      : await resolveWhere(directory, question.where, near?.position, signal);
  return {
    where: where?.place ?? null,
    near: near?.place ?? null,
    filters: {
      where: where?.filter,
      whereElse: where?.others,
      whereWords: where?.words,
      near: near?.position,
      whereCentre: where?.centre,
    },
  };
}

async function toFound(
  directory: Directory,
  question: CorrespondentQuestion,
  { where, near, filters }: ResolvedPlaces,
  { results, total, parts, preferred, widened, centre, facets, tried }: Answer,
): Promise<FoundCorrespondents> {
  const { offset, limit } = question;
  const end = offset + limit;
  const shown = (await showCorrespondents(directory, results)).filter((it) =>
    stillAnswers(it, question, directory.now()),
  );
  return {
    results: shown,
    total,
    nextOffset: end < total.value ? end : undefined,
    understood: {
      parts,
      where,
      near,
      preferred,
      widened,
      widenedToKm: widened.includes('other-places') ? farthestKm(shown, centre) : null,
      alternatives: listAlternatives(question, parts, where, filters.near),
      tryInstead: null,
    },
    centre,
    facets,
    tried,
    visits: question.comesTo === undefined ? undefined : resolveVisited(question.comesTo),
    isDegraded: false,
  };
}
