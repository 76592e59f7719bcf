import type { JudgedQuery } from './judged-query.ts';
import type { RelevanceDirectory } from './relevance-directory.ts';

export interface JudgedAnswer {
  query: JudgedQuery;
  /** Ids, best first. */
  found: readonly FoundCorrespondent[];
  /** Of the first accepted one, from 1; undefined when there is none among the first {@link ANSWERS_MAX}. */
  rank: number | undefined;
  isSuccess: boolean;
  /** Why there is no answer: the code of the problem. */
  refusal: string | undefined;
}

interface FoundCorrespondent {
  id: string;
  text: string;
}

/** Answers to the query, best first. */
export type Asked = (
  query: JudgedQuery,
) => Promise<{ found: FoundCorrespondent[]; refusal?: string | undefined }>;

const ANSWERS_MAX = 10;
const AT_ONCE = 4;

/** In the order of the queries; a few are asked at once. */
export async function askJudgedQueries(
  queries: readonly JudgedQuery[],
  asked: Asked,
): Promise<JudgedAnswer[]> {
  const answers: JudgedAnswer[] = [];
  const waiting = queries.entries();
  const work = async () => {
    for (const [index, query] of waiting) {
      const { found, refusal } = await asked(query);
      const position = found.findIndex(({ id }) => query.accepted.has(id));
      const rank = position === -1 ? undefined : position + 1;
      answers[index] = { query, found, rank, refusal, isSuccess: rank !== undefined && rank <= query.atRank };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers;
}

interface Result {
  id: string;
  name: string;
  profession?: { label: string };
  savoirFaire: { label: string }[];
  places: { organization: { name: string | null } | null; commune: { name: string } | null }[];
}

/** Through `GET /v1/correspondents`. A refused query (a parameter that is not known yet) has no answers. */
export function askThroughApi(directory: RelevanceDirectory): Asked {
  return async ({ parameters }) => {
    const search = new URLSearchParams({ ...parameters, limit: String(ANSWERS_MAX) });
    const response = await directory.ask(`/v1/correspondents?${search.toString()}`);
    const body = (await response.json()) as {
      results?: Result[];
      code?: string;
      errors?: { pointer: string }[];
    };
    if (!response.ok) {
      const pointers = body.errors?.map(({ pointer }) => pointer).join(', ');
      return {
        found: [],
        refusal: [body.code ?? `status ${response.status}`, pointers].filter(Boolean).join(': '),
      };
    }
    return { found: body.results!.map((it) => ({ id: it.id, text: describe(it) })) };
  };
}

/** A plain search of the same index: what was typed, then the place, with the engine's default strategy. */
export function askPlainEngine({ engine }: RelevanceDirectory): Asked {
  return async ({ parameters: { q, where, near, kind } }) => {
    const { hits } = await engine.search(engine.indexName, {
      q: [q, where ?? near].filter(Boolean).join(' '),
      ...(kind === undefined ? {} : { filter: `kind = ${kind}` }),
      offset: 0,
      limit: ANSWERS_MAX,
      matchingStrategy: 'last',
      attributesToRetrieve: ['id'],
    });
    return { found: hits.map(({ id }) => ({ id, text: id })) };
  };
}

function describe({ name, profession, savoirFaire, places }: Result): string {
  const towns = [...new Set(places.map(({ commune }) => commune?.name ?? '?'))];
  const organization = places[0]?.organization?.name;
  const parts = [name, profession?.label, savoirFaire[0]?.label, towns.join(' / '), organization];
  return parts.filter(Boolean).join(', ');
}
