import type { CorrespondentQuestion } from '#domain/question.ts';
import type { WiderQuestion } from '#domain/understanding.ts';

/** Names of the members of a question that its parameters call otherwise. */
const PARAMETERS: Partial<Record<keyof CorrespondentQuestion, string>> = {
  text: 'q',
  kinds: 'kind',
  professionCodes: 'profession',
  savoirFaireCodes: 'savoirFaire',
  departementCodes: 'departement',
  communeCodes: 'commune',
  channels: 'channel',
};

/** The parameters of the search that gives something, from those of the search that gave nothing. */
export function toWiderQuery({ without, near }: WiderQuestion, asked: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams(asked);
  for (const name of [...without, 'cursor', 'page']) query.delete(PARAMETERS[name as never] ?? name);
  if (near !== null) query.set('near', near);
  return query;
}
