import { AppError } from '#domain/errors.ts';

export interface EngineConnectionOptions {
  /** `http://127.0.0.1:7700`, with or without a path below which the engine answers. */
  url: string;
  /** Sent as a bearer token; undefined for an engine without a master key. */
  key?: string | undefined;
  /** The runtime's own by default. */
  fetch?: EngineFetch | undefined;
  /** For everything but sending documents, which has {@link SENDING_TIMEOUT_MS}. */
  timeoutMs: number;
}

/** The part of `fetch` that is used, so that a quicker client can stand in for it. */
export type EngineFetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body: string | Uint8Array<ArrayBuffer> | null;
    signal: AbortSignal;
  },
) => Promise<Pick<Response, 'ok' | 'status' | 'text' | 'json'>>;

export interface EngineConnection {
  readonly url: string;
  request<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, content: RequestContent): Promise<T>;
}

interface RequestContent {
  json?: unknown;
  ndjson?: string | Uint8Array<ArrayBuffer>;
  signal?: AbortSignal | undefined;
}

/** The engine writes tens of megabytes to disk before it answers. */
const SENDING_TIMEOUT_MS = 120_000;

/** The engine understood and refused: a bug of ours, an index that is not there or is of another version. */
export class EngineRefusal extends Error {
  readonly status: number;
  /** @see https://www.meilisearch.com/docs/reference/errors/error_codes */
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'EngineRefusal';
    this.status = status;
    this.code = code;
  }
}

export function openEngineConnection(options: EngineConnectionOptions): EngineConnection {
  const baseUrl = options.url.replace(/\/+$/, '');
  const send: EngineFetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  return {
    url: baseUrl,
    async request<T>(method: string, path: string, { json, ndjson, signal }: RequestContent) {
      signal?.throwIfAborted();
      const timeout = new AbortController();
      const forward = (): void => timeout.abort(signal?.reason);
      signal?.addEventListener('abort', forward, { once: true });
      const timer = setTimeout(
        () => timeout.abort(),
        ndjson === undefined ? options.timeoutMs : SENDING_TIMEOUT_MS,
      );
      try {
        const response = await send(baseUrl + path, {
          method,
          headers: toHeaders(options.key, ndjson === undefined ? 'application/json' : 'application/x-ndjson'),
          body: ndjson ?? (json === undefined ? null : JSON.stringify(json)),
          signal: timeout.signal,
        });
        return await readAnswer<T>(response);
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof EngineRefusal) throw error;
        throw new AppError('search-unavailable', 'The search engine does not answer.', {}, { cause: error });
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', forward);
      }
    },
  };
}

/**
 * Without `accept-encoding: identity` the runtimes ask for compression, the engine then answers in chunks, and each
 * answer waits 40 ms for a delayed TCP acknowledgement.
 */
function toHeaders(key: string | undefined, contentType: string): Record<string, string> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity', 'content-type': contentType };
  if (key !== undefined) headers['authorization'] = `Bearer ${key}`;
  return headers;
}

/** Overload, an engine that is starting and a refused key are failures of the dependency, not of the request. */
async function readAnswer<T>(response: Awaited<ReturnType<EngineFetch>>): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  const text = await response.text();
  const isDependencyFailure = response.status >= 500 || [401, 403, 408, 429].includes(response.status);
  if (isDependencyFailure) throw new Error(`HTTP ${response.status}: ${text.slice(0, 500)}`);
  const refusal = JSON.parse(text) as { code?: string; message?: string };
  throw new EngineRefusal(response.status, refusal.code ?? 'unknown', refusal.message ?? text.slice(0, 500));
}
