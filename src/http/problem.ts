import { z } from '@hono/zod-openapi';

import { isAppError, type AppError, type AppErrorCode } from '#domain/errors.ts';

/** What each error code becomes over HTTP. `retryAfterSeconds` where trying again may help. */
const PROBLEMS: Record<
  AppErrorCode,
  {
    status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 412 | 413 | 422 | 428 | 429 | 500 | 503;
    title: string;
    retryAfterSeconds?: number;
  }
> = {
  'request-invalid': { status: 400, title: 'The request is not valid' },
  'place-unknown': { status: 400, title: 'The place is not known' },
  'cursor-invalid': { status: 400, title: 'The cursor is not valid' },
  'change-feed-restarted': { status: 410, title: 'The change feed begins anew' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'patient-address-refused': { status: 400, title: 'A patient address is never searched' },
  'territory-not-found': { status: 404, title: 'No such territory' },
  'territory-name-taken': { status: 409, title: 'Another territory has this name' },
  'import-not-found': { status: 404, title: 'No such import' },
  'import-state': { status: 409, title: 'The import is not in the state that this needs' },
  'import-changed': { status: 409, title: 'The import has changed since' },
  'import-unresolved': { status: 409, title: 'Lines are wrong or doubtful' },
  'import-outdated': { status: 409, title: 'Pages have changed since the preview' },
  'correspondent-not-found': { status: 404, title: 'No such correspondent' },
  'version-outdated': { status: 412, title: 'It was changed meanwhile' },
  'limit-reached': { status: 409, title: 'There are as many as there may be' },
  'idempotency-key-reused': { status: 422, title: 'Another request had this Idempotency-Key' },
  'declaration-changed': { status: 409, title: 'It was changed since that version' },
  'key-needed': { status: 401, title: 'A key is needed' },
  'not-allowed': { status: 403, title: 'Not allowed' },
  'request-forged': { status: 403, title: 'The request does not come from a page of this service' },
  'sign-in-failed': { status: 400, title: 'The sign-in did not succeed' },
  'sign-in-unavailable': {
    status: 503,
    title: 'The provider of identities does not answer',
    retryAfterSeconds: 5,
  },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'error-report-not-found': { status: 404, title: 'No such report' },
  'profile-changed': { status: 412, title: 'The page has changed' },
  'profile-change-not-found': { status: 404, title: 'No such change' },
  'version-needed': { status: 428, title: 'If-Match is needed' },
  'draft-not-found': { status: 404, title: 'No draft' },
  'delegation-not-found': { status: 404, title: 'No such delegate' },
  'contact-not-found': { status: 404, title: 'No such address' },
  'code-wrong': { status: 400, title: 'The code is wrong' },
  'route-not-found': { status: 404, title: 'No such address' },
  'method-not-allowed': { status: 405, title: 'This method is not allowed here' },
  'sender-missing': { status: 503, title: 'Nothing can be sent from here' },
  'sender-unavailable': { status: 503, title: 'The sender does not answer', retryAfterSeconds: 30 },
  'search-unavailable': { status: 503, title: 'The search engine does not answer', retryAfterSeconds: 2 },
  'store-unavailable': { status: 503, title: 'The database does not answer', retryAfterSeconds: 2 },
  'import-running': { status: 409, title: 'An import is running' },
  // Met at start or on the command line only.
  'source-file-invalid': { status: 500, title: 'Internal error' },
  'source-file-unreadable': { status: 500, title: 'Internal error' },
  'download-failed': { status: 500, title: 'Internal error' },
  'import-threshold-exceeded': { status: 500, title: 'Internal error' },
  'store-newer': { status: 500, title: 'Internal error' },
  'store-rights-missing': { status: 500, title: 'Internal error' },
  'store-in-use': { status: 500, title: 'Internal error' },
  'port-in-use': { status: 500, title: 'Internal error' },
  'engine-unsupported-platform': { status: 500, title: 'Internal error' },
  'engine-untrusted': { status: 500, title: 'Internal error' },
  'engine-failed': { status: 500, title: 'Internal error' },
  'disk-full': { status: 500, title: 'Internal error' },
  'settings-invalid': { status: 500, title: 'Internal error' },
};

/** @see RFC 9457; `errors` as in its section 3, one a fault. */
export const ProblemSchema = z
  .object({
    type: z.string().openapi({ example: '/docs#error-request-invalid' }),
    title: z.string(),
    status: z.int(),
    code: z
      .string()
      .openapi({ description: 'The contract: one of a closed list.', example: 'request-invalid' }),
    detail: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
    nearest: z.array(z.string()).optional().openapi({ description: 'What may have been meant.' }),
    requestId: z.string(),
  })
  .openapi('Problem');

export type Problem = z.infer<typeof ProblemSchema>;

/** An error as an answer: an expected one with its message, anything else with a fixed text and the request's id. */
export function toProblem(
  error: unknown,
  requestId: string,
): { problem: Problem; status: number; headers: Record<string, string> } {
  if (!isAppError(error) || PROBLEMS[error.code].status === 500) {
    const title = 'Internal error';
    const detail = 'Something went wrong here. Quote the request id when you report it.';
    return {
      problem: { type: 'about:blank', title, status: 500, code: 'internal', detail, requestId },
      status: 500,
      headers: {},
    };
  }
  const { status, title, retryAfterSeconds } = PROBLEMS[error.code];
  const problem: Problem = {
    type: `/docs#error-${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    requestId,
  };
  const headers: Record<string, string> = {};
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds);
  addData(problem, headers, error);
  return { problem, status, headers };
}

function addData(problem: Problem, headers: Record<string, string>, error: AppError): void {
  if (isCode(error, 'too-many-requests')) headers['retry-after'] = String(error.data.retryAfterSeconds);
  if (isCode(error, 'key-needed')) headers['www-authenticate'] = 'Bearer';
  if (isCode(error, 'request-invalid')) problem.errors = error.data.faults;
  if (isCode(error, 'profile-changed')) {
    headers['etag'] = `"${error.data.version}"`;
    problem.errors = error.data.fields.map(({ field, now, by }) => ({
      pointer: `profile.${field}`,
      detail: `${by ?? 'Somebody'} made it ${now === null ? 'unsaid' : JSON.stringify(now).slice(0, 300)}.`,
    }));
  }
  if (isCode(error, 'declaration-changed'))
    problem.errors = error.data.fields.map(({ field, now }) => ({
      pointer: field,
      detail: `It is ${now === null ? 'unsaid' : JSON.stringify(now).slice(0, 300)} now.`,
    }));
  if (isCode(error, 'import-outdated'))
    problem.errors = error.data.fields.map(({ practitionerId, name, field }) => ({
      pointer: `${practitionerId}.${field}`,
      detail: `${name}: this has changed since the preview, or the person has left the territory.`,
    }));
  if (isCode(error, 'place-unknown')) problem.nearest = error.data.nearest;
  if (isCode(error, 'route-not-found') && error.data.nearest !== undefined)
    problem.nearest = [error.data.nearest];
  if (isCode(error, 'method-not-allowed')) headers['allow'] = error.data.allowed.join(', ');
}

function isCode<C extends AppErrorCode>(error: AppError, code: C): error is AppError<C> {
  return error.code === code;
}

/** Codes that a caller may meet, with what they become, for the documentation. */
export function listProblems(): { code: AppErrorCode; status: number; title: string }[] {
  return Object.entries(PROBLEMS)
    .filter(([, it]) => it.status !== 500)
    .map(([code, { status, title }]) => ({ code: code as AppErrorCode, status, title }));
}
