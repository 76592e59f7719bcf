/** Every error a caller may meet. The code is the contract; the message is for people. */
export interface AppErrorData {
  'request-invalid': { faults: RequestFault[] };
  'place-unknown': { where: string; nearest: string[] };
  'cursor-invalid': Record<string, never>;
  'change-feed-restarted': { since: string };
  'body-too-large': { bytesMax: number };
  'patient-address-refused': Record<string, never>;
  'territory-not-found': { id: string };
  'territory-name-taken': { name: string };
  'import-not-found': { id: string };
  'import-state': { state: string };
  'import-changed': { version: number };
  'import-unresolved': { faults: number; doubtful: number };
  'import-outdated': { fields: { practitionerId: string; name: string; field: string }[] };
  'key-needed': Record<string, never>;
  'not-allowed': Record<string, never>;
  'request-forged': Record<string, never>;
  'sign-in-failed': { reason: SignInFailure };
  'sign-in-unavailable': { provider: string };
  'too-many-requests': { retryAfterSeconds: number };
  'error-report-not-found': { id: number };
  'correspondent-not-found': { id: string };
  'profile-changed': { version: number; fields: { field: string; now: unknown; by: string | null }[] };
  'profile-change-not-found': { version: number };
  'version-needed': Record<string, never>;
  'draft-not-found': Record<string, never>;
  'delegation-not-found': { id: string };
  'contact-not-found': Record<string, never>;
  'code-wrong': Record<string, never>;
  'version-outdated': Record<string, never>;
  'limit-reached': { max: number };
  'idempotency-key-reused': { id: string };
  'declaration-changed': { fields: { field: string; now: unknown }[] };
  'route-not-found': { nearest: string | undefined };
  'method-not-allowed': { allowed: string[] };
  'sender-missing': Record<string, never>;
  'sender-unavailable': Record<string, never>;
  'search-unavailable': Record<string, never>;
  'store-unavailable': Record<string, never>;
  'source-file-invalid': { source: string; file: string; missing: string[] };
  'source-file-unreadable': { source: string; file: string };
  'download-failed': { source: string; url: string };
  'import-running': { host: string; pid: number; startedAt: string };
  'import-threshold-exceeded': { thresholds: ThresholdBreach[] };
  'store-newer': { storeVersion: number; supportedVersion: number };
  'store-rights-missing': Record<string, never>;
  'store-in-use': { dataDir: string; pid: number };
  'port-in-use': { host: string; port: number };
  'engine-unsupported-platform': { platform: string };
  'engine-untrusted': { expected: string; actual: string };
  'engine-failed': { logFile: string };
  'disk-full': { path: string };
  'settings-invalid': { faults: RequestFault[] };
}

/**
 * `refused`: by the person or by the provider; `expired`: the attempt is over, was used, or began in another browser; `invalid`:
 * what came back is not what was asked for.
 */
type SignInFailure = 'refused' | 'expired' | 'invalid';

export type AppErrorCode = keyof AppErrorData;

/** One thing wrong in a request or in the settings: where, and what would be right. */
export interface RequestFault {
  /** `query.limit`, `path.id`, an environment variable's name. */
  pointer: string;
  detail: string;
}

export interface ThresholdBreach {
  source: string;
  /** What was measured: share of bad lines, of entities that would disappear, of entities that would change. */
  measure: 'rejected' | 'disappearing' | 'changing';
  /** 0 to 1. */
  share: number;
  thresholdMax: number;
}

/** An error expected by its caller. Anything else that is thrown is a bug. */
export class AppError<C extends AppErrorCode = AppErrorCode> extends Error {
  readonly code: C;
  readonly data: AppErrorData[C];
  constructor(code: C, message: string, data: AppErrorData[C], options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.data = data;
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}
