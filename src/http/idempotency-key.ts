import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';

import { AppError } from '#domain/errors.ts';

/** Of a route that makes something once, however often it is asked to. */
export const IdempotencyKey = z.object({
  'idempotency-key': z.string().max(130).optional().openapi({
    description:
      'Your own name for this request, such as a UUID: the same one sent again, after an answer that got lost, makes nothing more.',
    example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
  }),
});

/**
 * As a structured string, in quotes, or bare, as many send it; undefined without one.
 * @throws AppError `request-invalid`
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ (07)
 */
export function readIdempotencyKey(c: Context): string | undefined {
  const header = c.req.header('idempotency-key');
  if (header === undefined) return undefined;
  const key = /^("?)([\w.:~+/=-]{8,128})\1$/.exec(header.trim())?.[2];
  if (key !== undefined) return key;
  const detail = 'It is 8 to 128 letters, digits and - _ . : ~ + / =, such as a UUID.';
  throw new AppError('request-invalid', `Idempotency-Key: ${detail}`, {
    faults: [{ pointer: 'header.idempotency-key', detail }],
  });
}
