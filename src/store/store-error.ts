import { AppError, isAppError } from '#domain/errors.ts';

/** What a failed statement means to a caller: the store is out of reach, its disk is full, no text may be so, or something that is a bug. */
export function toStoreError(cause: unknown): unknown {
  for (const error of listCauses(cause)) {
    if (isAppError(error)) return error;
    const code = (error as { code?: unknown }).code;
    if (code === DISK_FULL) {
      return new AppError(
        'disk-full',
        'The disk of the database is full.',
        { path: 'the database' },
        { cause },
      );
    }
    if (code === RIGHTS_MISSING) {
      return new AppError(
        'store-rights-missing',
        'The role in DATABASE_URL may not do this: imports, and the first start of a new version, need the role that owns the tables.',
        {},
        { cause },
      );
    }
    if (isUnwritable(error)) {
      const detail = 'It holds a character that no text may: NUL, or half of a surrogate pair.';
      return new AppError('request-invalid', detail, { faults: [{ pointer: 'request', detail }] }, { cause });
    }
    if (typeof code === 'string' && CONNECTION_FAILURES.has(code)) {
      return new AppError('store-unavailable', 'The database does not answer.', {}, { cause });
    }
  }
  return cause;
}

/** Postgres keeps all texts but these, which only somebody who tries what happens sends. */
function isUnwritable(error: Error): boolean {
  const { code, detail } = error as { code?: unknown; detail?: unknown };
  if (code === '22P02') return typeof detail === 'string' && detail.includes('surrogate');
  return code === '22021' || code === '22P05';
}

const DISK_FULL = '53100';
const RIGHTS_MISSING = '42501';

const CONNECTION_FAILURES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  // Postgres: admin shutdown, crash shutdown, cannot connect now, too many connections.
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

function listCauses(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return [error, ...inner.flatMap(listCauses)];
}
