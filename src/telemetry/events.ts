import { getLogger } from '@logtape/logtape';

/**
 * What happens, said once and in the same words everywhere: one function an event. No event holds what somebody searched, an
 * address, a name or a key.
 */
const logger = getLogger(['correspondants']);

export function serverStarted(event: { url: string; store: string; engine: string }): void {
  logger.info('server started', event);
}

export function serverStopped(event: { reason: string }): void {
  logger.info('server stopped', event);
}

/** @param event.route the pattern (`/v1/correspondents/{id}`), never the address asked */
export function requestServed(event: {
  route: string;
  method: string;
  status: number;
  durationMs: number;
  requestId: string;
}): void {
  logger.debug('request served', event);
}

export function requestFailed(event: { route: string; requestId: string; error: unknown }): void {
  logger.error('request failed', { ...event, error: describeError(event.error) });
}

export function dependencyFailed(event: {
  dependency: 'store' | 'search' | 'sender' | 'identity-provider';
  error: unknown;
}): void {
  logger.warning('dependency failed', { ...event, error: describeError(event.error) });
}

/** @param event an `IndexerEvent`: its `type` names it */
export function indexerEvent(event: { type: string; error?: unknown }): void {
  const { type, error, ...properties } = event;
  if (error === undefined) logger.info('indexer {type}', { type, ...properties });
  else logger.warning('indexer {type}', { type, ...properties, error: describeError(error) });
}

export function importEnded(event: {
  runId: number;
  state: string;
  durationMs: number;
  created: number;
  changed: number;
  removed: number;
}): void {
  logger.info('import ended', event);
}

/** What the demonstration would send to somebody; the address is left out. */
export function demoMessage(event: { kind: 'email' | 'phone'; subject: string; text: string }): void {
  logger.info('message of the demonstration', event);
}

/** Stack and causes, without the values that statements were given. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const cause = error.cause === undefined ? '' : `\ncaused by ${describeError(error.cause)}`;
  const told = toldOf(error);
  const text = told === undefined ? error.stack : `${told}${framesOf(error)}`;
  return `${text}${cause}`;
}

/** In the place of a message that may hold such values; undefined when it holds none. */
function toldOf(error: Error): string | undefined {
  // As Drizzle throws it: the message ends with the parameters.
  if ('query' in error && 'params' in error) return 'a statement failed';
  // Of Postgres: a value that is not of its type is in the message.
  const code = 'code' in error ? String(error.code) : '';
  return /^22...$/.test(code) ? `a value was refused (${code})` : undefined;
}

function framesOf({ stack = '', message }: Error): string {
  const end = stack.indexOf(message);
  return end === -1 ? '' : stack.slice(end + message.length);
}
