import { WAYS_OF_PRACTISING } from '#domain/practising.ts';
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
  actCodes: 'act',
  organizationIds: 'organization',
};

/** The parameters of the search that gives something, from those of the search that gave nothing. */
export function toWiderQuery(
  { without, near, text }: WiderQuestion,
  asked: URLSearchParams,
): URLSearchParams {
  const query = new URLSearchParams(asked);
  for (const name of [...without, 'cursor', 'page']) {
    if (name === 'ways') for (const way of WAYS_OF_PRACTISING) query.delete(way);
    else query.delete(PARAMETERS[name as never] ?? name);
  }
  if (near !== null) query.set('near', near);
  if (text !== null) query.set('q', text);
  return query;
}
