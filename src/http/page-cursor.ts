import { AppError } from '#domain/errors.ts';
import type { CorrespondentQuestion } from '#domain/question.ts';
import { hashText } from '#domain/content-hash.ts';

/** Where a page begins, tied to its question: a cursor given with another question is refused, not misread. */
export function toPageCursor(question: CorrespondentQuestion, offset: number): string {
  return `${offset}-${digestOf(question)}`;
}

/** @throws AppError `cursor-invalid` */
export function parsePageCursor(cursor: string, question: CorrespondentQuestion): number {
  const match = /^(\d{1,6})-([0-9a-f]+)$/.exec(cursor);
  if (!match || match[2] !== digestOf(question)) {
    throw new AppError(
      'cursor-invalid',
      'The cursor is not one that was given for this search: repeat the same parameters, or leave the cursor out.',
      {},
    );
  }
  return Number(match[1]);
}

function digestOf({ limit: _limit, offset: _offset, ...asked }: CorrespondentQuestion): string {
  return hashText(JSON.stringify(Object.entries(asked).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}
