import { AppError } from '#domain/errors.ts';
import type { CorrespondentQuestion } from '#domain/question.ts';
import { hashText } from '#domain/content-hash.ts';

const MINUTE_MS = 60_000;
/** A walk that takes longer begins to be of another day. */
const WALK_MS_MAX = 86_400_000;

/**
 * Where a page begins, tied to its question: a cursor given with another question is refused, not misread. Of a question that depends
 * on the day it also tells when the walk began: at midnight nobody is then passed over.
 */
export function toPageCursor(question: CorrespondentQuestion, offset: number, now: Date): string {
  const cursor = `${offset}-${digestOf(question)}`;
  if (question.mailboxStatus === undefined && question.present === undefined) return cursor;
  const began = question.walkBegan ?? now;
  return `${cursor}-${Math.floor(began.getTime() / MINUTE_MS).toString(36)}`;
}

/** @throws AppError `cursor-invalid` */
export function parsePageCursor(
  cursor: string,
  question: CorrespondentQuestion,
  now: Date,
): { offset: number; walkBegan: Date | undefined } {
  const match = /^(\d{1,6})-([0-9a-f]+)(?:-([0-9a-z]{1,8}))?$/.exec(cursor);
  if (!match || match[2] !== digestOf(question)) {
    throw new AppError(
      'cursor-invalid',
      'The cursor is not one that was given for this search: repeat the same parameters, or leave the cursor out.',
      {},
    );
  }
  const began = match[3] === undefined ? Number.NaN : Number.parseInt(match[3], 36) * MINUTE_MS;
  const isOfWalk = began <= now.getTime() && began > now.getTime() - WALK_MS_MAX;
  return { offset: Number(match[1]), walkBegan: isOfWalk ? new Date(began) : undefined };
}

function digestOf({
  limit: _limit,
  offset: _offset,
  walkBegan: _began,
  ...asked
}: CorrespondentQuestion): string {
  // Questions are all made in one place, their members in one order.
  return hashText(JSON.stringify(asked));
}
