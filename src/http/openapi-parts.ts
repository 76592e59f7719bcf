import { ProblemSchema } from './problem.ts';

const MEANINGS = {
  400: 'The request is not valid: every fault is listed.',
  401: 'A key is needed, or the one given opens nothing.',
  403: 'The key has not the scope that this needs.',
  404: 'Not there, or not shown.',
  405: 'Not here: `Allow` says what is allowed.',
  409: 'Not as things stand now: the code tells why.',
  410: 'The cursor is of a directory that is no more.',
  412: 'Somebody changed the same since: the fields are named.',
  413: 'The body is too large.',
  422: 'The Idempotency-Key was given with another body before.',
  428: 'If-Match is needed.',
  429: 'Too many requests: `retry-after` tells when to try again.',
  503: 'A dependency does not answer: try again.',
} as const;

/** The error answers of a route; whoever asks too often is told so by any. */
export function problemResponses<S extends keyof typeof MEANINGS>(...statuses: S[]) {
  const entries = [...statuses, 429 as const].map((status) => [
    status,
    { description: MEANINGS[status], content: { 'application/problem+json': { schema: ProblemSchema } } },
  ]);
  return Object.fromEntries(entries) as Record<
    S | 429,
    { description: string; content: { 'application/problem+json': { schema: typeof ProblemSchema } } }
  >;
}
