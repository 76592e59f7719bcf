import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Correspondent } from '#domain/correspondent.ts';
import { findCommune } from '#domain/geography.ts';
import type { CorrespondentQuestion } from '#domain/question.ts';
import { answerQuestion } from '#search/answer-question.ts';

import { place, professional, question } from './sample-correspondents.ts';
import { fillIndex, openTestEngine } from './test-index.ts';

const engine = openTestEngine();
afterAll(() => engine[Symbol.asyncDispose]());

const people = (count: number, communeCode: string, homeVisits: boolean | undefined): Correspondent[] => {
  const { code, name, departementCode, latitude, longitude } = findCommune(communeCode)!;
  const at = place({
    commune: { code, name },
    departement: { code: departementCode, name: '' },
    position: { latitude, longitude, approximate: true },
  });
  return Array.from({ length: count }, () =>
    professional('CARELLET', 'Zoé', {
      places: [at],
      ...(homeVisits !== undefined && { profile: { ways: { homeVisits } } }),
    }),
  );
};

const [LE_PUY, YSSINGEAUX] = ['43157', '43268'];
const going = people(3, LE_PUY, true);
const unsaid = people(25, LE_PUY, undefined);
const staying = people(4, LE_PUY, false);
const [onlyOne] = people(1, YSSINGEAUX, false);
const all = [going, unsaid, staying].map((them) => them.map(({ id }) => id).toSorted());
beforeAll(() => fillIndex(engine, [...going, ...unsaid, ...staying, onlyOne!]));

const ask = (text: string, asked: Partial<CorrespondentQuestion> = {}) =>
  answerQuestion(engine, question({ text, ...asked }), {
    where: undefined,
    whereElse: undefined,
    whereWords: undefined,
    near: undefined,
  });
const idsOf = async (text: string, asked: Partial<CorrespondentQuestion> = {}) =>
  (await ask(text, asked)).results.map(({ id }) => id);

test('those who go to homes come first, then those who have not said, then those who do not', async () => {
  const ids = await idsOf('kiné à domicile le puy', { limit: 50 });
  const parts = [ids.slice(0, 3), ids.slice(3, 28), ids.slice(28)].map((them) => them.toSorted());
  expect(parts).toEqual(all);
  const walked: string[] = [];
  for (let offset = 0; offset < 32; offset += 5)
    walked.push(...(await idsOf('kiné à domicile le puy', { limit: 5, offset })));
  expect(walked).toEqual(ids);
});

test('where the only one does not go to homes, those around come before', async () => {
  const { results, total } = await ask('kiné à domicile yssingeaux', { limit: 50 });
  expect(results.at(-1)!.id).toBe(onlyOne!.id);
  expect(
    results
      .slice(0, 3)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(all[0]);
  expect(total.value).toBe(results.length);
});

test('a known no is neither a yes to a filter nor a facet', async () => {
  const { results, facets } = await ask('kiné le puy', { ways: ['homeVisits'], facets: ['way'], limit: 50 });
  expect(results.map(({ id }) => id).toSorted()).toEqual(all[0]);
  expect(
    (await ask('kiné le puy', { facets: ['way'] })).facets!.way!.map((it) => [it.code, it.count]),
  ).toEqual([['homeVisits', 3]]);
  expect(facets!.way!.map((it) => it.code)).toEqual(['homeVisits']);
});
