import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#domain/errors.ts';
import type { SourceId } from '#domain/source.ts';
import { parseDateInName } from './publication-date.ts';
import { PUBLICATIONS } from '#domain/publications.ts';

/** What the last download of a source left to tell whether the next one is needed. */
interface PreviousDownload {
  etag: string | null;
  lastModified: string | null;
  sha256: string | null;
}

export interface DownloadOptions {
  /** Made if absent. The file is written beside its final name and renamed when whole. */
  directory: string;
  /** Default: the official address of {@link PUBLICATIONS}. */
  url?: string;
  /** Default: the global one. */
  fetch?: typeof globalThis.fetch;
  previous: PreviousDownload | null;
  /** Longest silence of the server, before its answer and within. Default: 60,000. */
  silenceTimeoutMs?: number;
  signal?: AbortSignal;
}

export type Download =
  /** The server says so, or sent the same bytes again (which are not kept). */
  | { status: 'not-modified' }
  | {
      status: 'downloaded';
      /** `<source>-<published name>` in the directory; replaces a file of that name. */
      path: string;
      byteLength: number;
      sha256: string;
      etag: string | null;
      /** As the server writes it, for the next conditional request. */
      lastModified: string | null;
      /** From the name in Content-Disposition or at the end of the address, else from Last-Modified; as `SourceFile`'s. */
      publishedAt: string | null;
    };

const SILENCE_TIMEOUT_MS = 60_000;

/**
 * Fetches the current file of a source, unless it is the previous one.
 * @throws AppError `download-failed` (no answer, status, silence, body shorter than announced); `disk-full`. An aborted
 *   signal rejects with its reason. Nothing is left in the directory then.
 */
export async function downloadSource(source: SourceId, options: DownloadOptions): Promise<Download> {
  const url = options.url ?? PUBLICATIONS[source].url;
  const silence = watchSilence(options.silenceTimeoutMs ?? SILENCE_TIMEOUT_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, silence.signal]) : silence.signal;
  const temporaryPath = join(options.directory, `.${source}-${process.pid}-${Date.now()}.part`);
  try {
    const response = await (options.fetch ?? fetch)(url, {
      headers: toConditions(options.previous),
      redirect: 'follow',
      signal,
    });
    if (response.status === 304) return { status: 'not-modified' };
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
    }
    await mkdir(options.directory, { recursive: true });
    const { sha256, byteLength } = await saveBody(response, temporaryPath, silence.reset, signal);
    if (sha256 === options.previous?.sha256) return { status: 'not-modified' };
    const name = findPublishedName(response);
    const path = join(options.directory, name === null ? source : `${source}-${name}`);
    await rename(temporaryPath, path);
    return {
      status: 'downloaded',
      path,
      byteLength,
      sha256,
      etag: response.headers.get('etag'),
      lastModified: response.headers.get('last-modified'),
      publishedAt: findPublicationDate(response, name),
    };
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    throw toFailure(error, source, url, options.directory);
  } finally {
    silence.stop();
    await rm(temporaryPath, { force: true });
  }
}

/** An ETag wins over a date where the server knows both. @see RFC 9110 section 13.1 */
function toConditions(previous: PreviousDownload | null): Record<string, string> {
  return {
    'accept-encoding': 'identity',
    ...(previous?.etag != null && { 'if-none-match': previous.etag }),
    ...(previous?.lastModified != null && { 'if-modified-since': previous.lastModified }),
  };
}

async function saveBody(
  response: Response,
  path: string,
  onChunk: () => void,
  signal: AbortSignal,
): Promise<{ sha256: string; byteLength: number }> {
  const hash = createHash('sha256');
  let byteLength = 0;
  await pipeline(
    response.body!,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        onChunk();
        hash.update(chunk);
        byteLength += chunk.byteLength;
        yield chunk;
      }
    },
    createWriteStream(path),
    { signal },
  );
  const announced = response.headers.get('content-length');
  // A body that fetch has inflated is longer than announced.
  if (announced !== null && !response.headers.has('content-encoding') && Number(announced) !== byteLength) {
    throw new Error(`the body has ${byteLength} bytes where the server announced ${announced}`);
  }
  return { sha256: hash.digest('hex'), byteLength };
}

/** The name of the publisher's file, made safe; null when the address ends with none. */
function findPublishedName(response: Response): string | null {
  const disposition = response.headers.get('content-disposition') ?? '';
  const given = /filename\s*=\s*"?([^";]+)"?/i.exec(disposition)?.[1];
  const ofAddress = response.url === '' ? undefined : new URL(response.url).pathname.split('/').at(-1);
  const name = given ?? (ofAddress?.includes('.') ? ofAddress : undefined);
  const safe = name
    ?.split(/[/\\]/)
    .at(-1)!
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(-100);
  return safe || null;
}

function findPublicationDate(response: Response, name: string | null): string | null {
  const inName = name === null ? null : parseDateInName(name);
  const lastModified = Date.parse(response.headers.get('last-modified') ?? '');
  return inName ?? (Number.isNaN(lastModified) ? null : new Date(lastModified).toISOString());
}

function watchSilence(timeoutMs: number): { signal: AbortSignal; reset(): void; stop(): void } {
  const controller = new AbortController();
  const onTimeout = () => controller.abort(new Error(`the server was silent for ${timeoutMs} ms`));
  const timer = setTimeout(onTimeout, timeoutMs);
  return { signal: controller.signal, reset: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}

function toFailure(error: unknown, source: SourceId, url: string, directory: string): AppError {
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return new AppError('disk-full', `No space left in ${directory}`, { path: directory }, { cause: error });
  }
  const why = findCause(error);
  return new AppError(
    'download-failed',
    `The ${source} file could not be downloaded from ${url}: ${why}`,
    { source, url },
    { cause: error },
  );
}

/** fetch says "fetch failed" and "terminated"; why is in the cause. */
function findCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${findCause(error.cause)}` : error.message;
}
