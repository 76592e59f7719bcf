import type { Context } from 'hono';

import { AppError } from '#domain/errors.ts';

const FORM_PATH = /^\/v1\/(?:experts|teams)\/[^/]+\/form\/?$/;

/**
 * Refuses what is sent to a request form before it is read: answers are about patients, of whom nothing is kept here.
 * @throws AppError `method-not-allowed`
 */
export function refuseAnswers(c: Context): void {
  if (FORM_PATH.test(c.req.path) && !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) {
    throw new AppError(
      'method-not-allowed',
      'Answers to a request form are never sent here: this service keeps nothing of patients. The messaging client sends them to the mailbox of the expert or of the team.',
      { allowed: ['GET'] },
    );
  }
}
