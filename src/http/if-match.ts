import type { Context } from 'hono';

import { AppError } from '#domain/errors.ts';

/**
 * The version that a writer saw, from `If-Match: "7"`, as the ETag of what was read.
 * @throws AppError `version-needed` without one, `request-invalid` for anything else
 */
export function readIfMatch(c: Context): number {
  const header = c.req.header('if-match');
  if (header === undefined) {
    throw new AppError(
      'version-needed',
      'Read it first, and give its ETag as If-Match: so nobody overwrites what they have not seen.',
      {},
    );
  }
  const version = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  const detail = 'It is the ETag of what was read, such as "7".';
  throw new AppError('request-invalid', `If-Match: ${detail}`, {
    faults: [{ pointer: 'header.if-match', detail }],
  });
}

export function toEtag(version: number): string {
  return `"${version}"`;
}
