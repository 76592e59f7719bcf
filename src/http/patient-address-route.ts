import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';

import { AppError } from '#domain/errors.ts';
import { parseIns, toPatientAddress, type InsFault } from '#domain/patient-address.ts';

import type { AppEnv } from './app-env.ts';
import type { BodyRoute } from './limit-body.ts';
import { problemResponses } from './openapi-parts.ts';
import { queryObject } from './request-faults.ts';

export const PATIENT_ADDRESS_BODY: BodyRoute = {
  method: 'POST',
  path: '/v1/patient-address',
  bytesMax: 1000,
};

const FAULTS: Record<InsFault, string> = {
  form: 'An INS is 15 characters: 13 digits (2A or 2B for Corsica) and a key of two digits.',
  key: 'The two last digits, which check the others, do not agree with them.',
};

const BodySchema = queryObject({
  ins: z
    .string({ error: 'It is a text: the INS with its key.' })
    .max(40, 'It may hold 40 characters at most.')
    .openapi({
      description: 'The 15 characters of the INS, blanks allowed.',
      example: '2 55 08 14 168 025 38',
    }),
});

const route = createRoute({
  method: 'post',
  path: '/v1/patient-address',
  tags: ['patients'],
  summary: 'Checks an INS and gives the secure address of the patient; nothing of it is kept or logged',
  request: { body: { required: true, content: { 'application/json': { schema: BodySchema } } } },
  responses: {
    200: {
      description: 'The address. That the patient has opened it is not known here.',
      content: { 'application/json': { schema: z.object({ address: z.string() }) } },
    },
    ...problemResponses(400, 413),
  },
});

export function registerPatientAddress(app: OpenAPIHono<AppEnv>): void {
  app.openapi(route, (c) => {
    const parsed = parseIns(c.req.valid('json').ins);
    c.header('cache-control', 'no-store');
    if ('fault' in parsed) {
      const detail = FAULTS[parsed.fault];
      throw new AppError('request-invalid', detail, { faults: [{ pointer: 'body.ins', detail }] });
    }
    return c.json({ address: toPatientAddress(parsed.ins) }, 200);
  });
}
