import type { Correspondent, CorrespondentKind } from '#domain/correspondent.ts';
import { AppError } from '#domain/errors.ts';
import { findCommune } from '#domain/geography.ts';
import type { PlaceMatch } from '#domain/geography/place-match.ts';
import { looksLikePatientAddress } from '#domain/identifiers.ts';
import type { CorrespondentQuestion, Total } from '#domain/question.ts';
import { searchCorrespondents, searchCorrespondentsByKind } from '#search/search-correspondents.ts';
import { toSearchRequest, toSearchRequestsByKind, type PlaceFilter } from '#search/search-request.ts';

import type { Directory } from './directory.ts';
import { resolveWhere } from './resolve-where.ts';
import { showCorrespondents } from './show-correspondents.ts';

export interface FoundCorrespondents {
  results: Correspondent[];
  total: Total;
  /** Where the next page begins; undefined after the last. */
  nextOffset: number | undefined;
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
  const place = checkQuestion(question);
  const page = await searchCorrespondents(directory.engine, toSearchRequest(question, place), signal);
  return toFound(directory, question, page);
}

/** The same question for each kind that it allows, one page of each, kinds in their usual order. */
export async function findCorrespondentsByKind(
  directory: Directory,
  question: CorrespondentQuestion,
  signal?: AbortSignal,
): Promise<({ kind: CorrespondentKind } & FoundCorrespondents)[]> {
  const place = checkQuestion(question);
  const requests = toSearchRequestsByKind(question, place);
  const pages = await searchCorrespondentsByKind(directory.engine, requests, signal);
  return Promise.all(
    pages.map(async ({ kind, ...page }) => ({ kind, ...(await toFound(directory, question, page)) })),
  );
}

async function toFound(
  directory: Directory,
  { offset, limit }: CorrespondentQuestion,
  page: { results: Correspondent[]; total: Total },
): Promise<FoundCorrespondents> {
  const results = await showCorrespondents(directory, page.results);
  const end = offset + limit;
  return { results, total: page.total, nextOffset: end < page.total.value ? end : undefined };
}

function checkQuestion({ text, where, mailbox }: CorrespondentQuestion): PlaceFilter | undefined {
  if ([text, where, mailbox].some((it) => it !== undefined && looksLikePatientAddress(it))) {
    throw new AppError(
      'patient-address-refused',
      'This holds the address of a patient: it is in no directory, and is neither kept nor logged here.',
      {},
    );
  }
  return where === undefined ? undefined : toPlaceFilter(resolveWhere(where));
}

/** A postcode is matched as such, and through the communes that have no other (their CEDEX addresses bear another code). */
function toPlaceFilter(place: PlaceMatch): PlaceFilter {
  if (place.communeCodes === null) return { departementCodes: [...place.departementCodes] };
  if (place.kind !== 'postcode') return { communeCodes: [...place.communeCodes] };
  const wholly = place.communeCodes.filter((code) => findCommune(code)?.postcodes.length === 1);
  return { postcodes: [place.code], communeCodes: wholly };
}
