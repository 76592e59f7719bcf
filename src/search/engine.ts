import {
  readHit,
  type CorrespondentDocument,
  type EngineHit,
  type RetrievedDocument,
} from './correspondent-document.ts';
import type { EngineConnection, EngineConnectionOptions } from './engine-connection.ts';
import { EngineRefusal, openEngineConnection } from './engine-connection.ts';

export interface SearchEngineOptions extends EngineConnectionOptions {
  /** The live index; a rebuild writes to `<indexName>-next` beside it. */
  indexName: string;
}

/** One search of one index, in the engine's own terms. */
export interface EngineQuery {
  q: string;
  filter?: string;
  /** Searched instead of all searchable attributes. */
  attributesToSearchOn?: readonly string[];
  offset: number;
  limit: number;
  matchingStrategy: 'last' | 'all' | 'frequency';
  /** Before anything else. */
  sort?: readonly string[];
  /** Of the documents that have the same value of this attribute, the first only. */
  distinct?: string;
  attributesToRetrieve: readonly string[];
  /** Filterable attributes whose values are counted among all results. */
  facets?: readonly string[];
}

export interface EngineAnswer {
  hits: RetrievedDocument[];
  estimatedTotalHits: number;
  /** Of each attribute asked, how many results have each value; the most frequent hundred. */
  facetDistribution?: Record<string, Record<string, number>>;
}

export interface EngineIndex {
  uid: string;
  /** RFC 3339 with nanoseconds; belongs to the content, so it follows it through a swap or a renaming. */
  createdAt: string;
  updatedAt: string;
}

export interface EngineTask {
  uid: number;
  status: 'enqueued' | 'processing' | 'succeeded' | 'failed' | 'canceled';
  error: { code: string; message: string } | null;
}

/**
 * The engine's operations that this project uses. Those that change an index give the uid of a task, which the engine
 * runs later, in the order of arrival. All throw AppError `search-unavailable` when the engine is away, too slow or
 * refuses the key, {@link EngineRefusal} when it refuses what was asked, and the signal's reason when aborted.
 */
export interface SearchEngine extends EngineConnection {
  readonly indexName: string;
  search(index: string, query: EngineQuery, signal?: AbortSignal): Promise<EngineAnswer>;
  /** Answers in the order of the queries; all of them or an error. */
  multiSearch(index: string, queries: EngineQuery[], signal?: AbortSignal): Promise<EngineAnswer[]>;
  findIndex(index: string, signal?: AbortSignal): Promise<EngineIndex | undefined>;
  countDocuments(index: string, signal?: AbortSignal): Promise<number>;
  createIndex(index: string, signal?: AbortSignal): Promise<number>;
  deleteIndex(index: string, signal?: AbortSignal): Promise<number>;
  updateSettings(index: string, settings: object, signal?: AbortSignal): Promise<number>;
  /** Adds or replaces whole documents, given as lines of JSON. */
  sendDocuments(
    index: string,
    ndjson: string | Uint8Array<ArrayBuffer>,
    signal?: AbortSignal,
  ): Promise<number>;
  /** Unknown ids are passed over. */
  deleteDocuments(index: string, ids: string[], signal?: AbortSignal): Promise<number>;
  /** Ids and revs in the engine's own order. */
  listRevs(index: string, offset: number, limit: number, signal?: AbortSignal): Promise<DocumentRev[]>;
  /** Absent documents are absent. At most 1,000 ids. */
  findRevs(index: string, ids: string[], signal?: AbortSignal): Promise<DocumentRev[]>;
  /** Exchanges the contents of two indexes at once. */
  swapIndexes(first: string, second: string, signal?: AbortSignal): Promise<number>;
  /** `to` must not exist. */
  renameIndex(from: string, to: string, signal?: AbortSignal): Promise<number>;
  /** Of the tasks that write to this index and have not ended. */
  cancelTasks(index: string, signal?: AbortSignal): Promise<number>;
  getTask(uid: number, signal?: AbortSignal): Promise<EngineTask>;
}

type RawAnswer = Omit<EngineAnswer, 'hits'> & { hits: EngineHit[] };

function withViewsRead(answer: RawAnswer): EngineAnswer {
  return { ...answer, hits: answer.hits.map(readHit) };
}

type DocumentRev = Pick<CorrespondentDocument, 'id' | 'rev'>;

/**
 * Opens nothing yet: connections are made when needed and kept by the runtime's `fetch` (on Node, undici's pool).
 * @see https://www.meilisearch.com/docs/reference/api
 */
export function openSearchEngine(options: SearchEngineOptions): SearchEngine {
  const connection = openEngineConnection(options);
  const { request } = connection;
  const enqueue = async (...parameters: Parameters<typeof request>): Promise<number> => {
    const { taskUid } = await request<{ taskUid: number }>(...parameters);
    return taskUid;
  };
  return {
    ...connection,
    indexName: options.indexName,
    search: async (index, query, signal) =>
      withViewsRead(await request('POST', `/indexes/${index}/search`, { json: query, signal })),
    async multiSearch(index, queries, signal) {
      const json = { queries: queries.map((query) => ({ indexUid: index, ...query })) };
      const { results } = await request<{ results: RawAnswer[] }>('POST', '/multi-search', {
        json,
        signal,
      });
      return results.map(withViewsRead);
    },
    findIndex: (index, signal) => undefinedWhenAbsent(request('GET', `/indexes/${index}`, { signal })),
    async countDocuments(index, signal) {
      const stats = await request<{ numberOfDocuments: number }>('GET', `/indexes/${index}/stats`, {
        signal,
      });
      return stats.numberOfDocuments;
    },
    createIndex: (index, signal) =>
      enqueue('POST', '/indexes', { json: { uid: index, primaryKey: 'id' }, signal }),
    deleteIndex: (index, signal) => enqueue('DELETE', `/indexes/${index}`, { signal }),
    updateSettings: (index, settings, signal) =>
      enqueue('PATCH', `/indexes/${index}/settings`, { json: settings, signal }),
    sendDocuments: (index, ndjson, signal) =>
      enqueue('POST', `/indexes/${index}/documents`, { ndjson, signal }),
    deleteDocuments: (index, ids, signal) =>
      enqueue('POST', `/indexes/${index}/documents/delete-batch`, { json: ids, signal }),
    listRevs: (index, offset, limit, signal) => fetchRevs(connection, index, { offset, limit }, signal),
    findRevs: (index, ids, signal) => fetchRevs(connection, index, { ids, limit: ids.length }, signal),
    swapIndexes: (first, second, signal) =>
      enqueue('POST', '/swap-indexes', { json: [{ indexes: [first, second] }], signal }),
    renameIndex: (from, to, signal) =>
      enqueue('POST', '/swap-indexes', { json: [{ indexes: [from, to], rename: true }], signal }),
    cancelTasks: (index, signal) =>
      enqueue('POST', `/tasks/cancel?indexUids=${index}&statuses=enqueued,processing`, { signal }),
    getTask: (uid, signal) => request('GET', `/tasks/${uid}`, { signal }),
  };
}

async function fetchRevs(
  { request }: EngineConnection,
  index: string,
  selection: object,
  signal: AbortSignal | undefined,
): Promise<DocumentRev[]> {
  const json = { ...selection, fields: ['id', 'rev'] };
  const page = await request<{ results: DocumentRev[] }>('POST', `/indexes/${index}/documents/fetch`, {
    json,
    signal,
  });
  return page.results;
}

async function undefinedWhenAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof EngineRefusal && error.code === 'index_not_found') return undefined;
    throw error;
  }
}
