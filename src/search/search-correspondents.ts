import type { Correspondent, CorrespondentKind } from '#domain/correspondent.ts';
import { AppError } from '#domain/errors.ts';
import type { Total } from '#domain/question.ts';
import { fromDocument } from './correspondent-document.ts';
import { EngineRefusal } from './engine-connection.ts';
import type { EngineAnswer, EngineQuery, SearchEngine } from './engine.ts';
import { RESULTS_MAX } from './search-request.ts';

export interface SearchAnswer {
  results: Correspondent[];
  total: Total;
}

/**
 * Best first; equals by `order` (see `CorrespondentDocument`), the same from one page to the next as long as the index
 * does not change.
 * @throws AppError `search-unavailable`
 */
export async function searchCorrespondents(
  engine: SearchEngine,
  request: EngineQuery,
  signal?: AbortSignal,
): Promise<SearchAnswer> {
  return toSearchAnswer(await asUnavailable(engine.search(engine.indexName, request, signal)));
}

/**
 * All kinds in one call to the engine.
 * @throws AppError `search-unavailable`
 */
export async function searchCorrespondentsByKind(
  engine: SearchEngine,
  requests: { kind: CorrespondentKind; request: EngineQuery }[],
  signal?: AbortSignal,
): Promise<({ kind: CorrespondentKind } & SearchAnswer)[]> {
  if (requests.length === 0) return [];
  const queries = requests.map(({ request }) => request);
  const answers = await asUnavailable(engine.multiSearch(engine.indexName, queries, signal));
  return requests.map(({ kind }, index) => ({ kind, ...toSearchAnswer(answers[index]!) }));
}

/** The index lets one more than `RESULTS_MAX` be counted, which tells "exactly so many" from "more". */
function toSearchAnswer({ hits, estimatedTotalHits }: EngineAnswer): SearchAnswer {
  return {
    results: hits.map(fromDocument),
    total: { value: Math.min(estimatedTotalHits, RESULTS_MAX), exact: estimatedTotalHits <= RESULTS_MAX },
  };
}

/** Requests are built from typed values, so what the engine refuses is the state of the index: absent, or of another version. */
async function asUnavailable<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error;
    throw new AppError('search-unavailable', 'The search index is not ready.', {}, { cause: error });
  }
}
