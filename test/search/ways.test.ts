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
const far = people(2, '63113', true);
const remote = {
  ...people(1, LE_PUY, undefined)[0]!,
  profile: { ways: { teleconsultation: true } },
};
const opinion: Correspondent = {
  ...people(1, LE_PUY, undefined)[0]!,
  id: 'expert-abc',
  kind: 'expert',
  name: 'Avis – Zoé CARELLET',
  familyName: null,
  givenNames: null,
  rpps: null,
  expertise: {
    title: 'Avis',
    domain: { code: 'unknown', label: 'Dos' },
    answers: [],
    area: [{ kind: 'commune', code: LE_PUY, label: 'Le Puy-en-Velay (43)' }],
    hasForm: false,
    declaredBy: { practitionerId: '810900000000' },
  } as unknown as NonNullable<Correspondent['expertise']>,
};
const all = [going, [...unsaid, remote], staying].map((them) => them.map(({ id }) => id).toSorted());
/** Called like the village where only one does it, and elsewhere herself. */
const SAINT_FRONT = '43186';
const called = [true, undefined, false].map((homeVisits) => ({
  ...people(1, '43040', homeVisits)[0]!,
  familyName: 'SAINT-FRONT',
  name: 'Zoé SAINT-FRONT',
}));
const [there] = people(1, SAINT_FRONT, undefined);
beforeAll(() =>
  fillIndex(engine, [...going, ...unsaid, ...staying, onlyOne!, ...called, there!, ...far, remote, opinion]),
);

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
  const parts = [ids.slice(0, 3), ids.slice(3, 29), ids.slice(29)].map((them) => them.toSorted());
  expect(parts).toEqual(all);
  const walked: string[] = [];
  for (let offset = 0; offset < 33; offset += 5)
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

test('who goes to homes far away does not come before who is near and has not said', async () => {
  const ids = await idsOf('kiné à domicile yssingeaux', { limit: 50 });
  const lastNear = Math.max(...unsaid.map(({ id }) => ids.indexOf(id)));
  expect(lastNear).toBeGreaterThan(0);
  for (const { id } of far) expect(ids.indexOf(id)).toBeGreaterThan(lastNear);
});

test('those around and those called like the village are each told once, whatever the page', async () => {
  for (const text of ['kiné à domicile yssingeaux', 'kiné à domicile saint-front']) {
    const { results, total } = await ask(text, { limit: 50 });
    const ids = results.map(({ id }) => id);
    expect(new Set(ids).size, text).toBe(ids.length);
    expect(ids.length, text).toBe(total.value);
    const walked: string[] = [];
    for (let offset = 0; offset <= ids.length; offset += 3)
      walked.push(...(await idsOf(text, { limit: 3, offset })));
    expect(walked, text).toEqual(ids);
  }
  const saintFront = await idsOf('kiné à domicile saint-front', { limit: 50 });
  expect(saintFront).toEqual(expect.arrayContaining([...called.map(({ id }) => id), there!.id]));
});

test('only people go to homes', async () => {
  for (const text of ['kiné à domicile le puy', 'kiné à domicile yssingeaux']) {
    const { results } = await ask(text, { limit: 50 });
    expect(
      results.filter(({ kind }) => kind !== 'professional'),
      text,
    ).toEqual([]);
  }
  expect(await idsOf('kiné le puy', { limit: 50 })).toContain(opinion.id);
});

test('a way that is also a kind of structure is a preference beside who is looked for, and alone is asked', async () => {
  const both = await idsOf('kiné téléconsultation le puy', { limit: 50 });
  expect(both[0]).toBe(remote.id);
  expect(both.length).toBeGreaterThan(unsaid.length);
  expect(await idsOf('téléconsultation')).toEqual([remote.id]);
  expect((await idsOf('kiné soins non programmés le puy', { limit: 50 })).length).toBeGreaterThan(
    unsaid.length,
  );
});

test('a known no is neither a yes to a filter nor a facet', async () => {
  const { results, facets } = await ask('kiné le puy', { ways: ['homeVisits'], facets: ['way'], limit: 50 });
  const ids = results.map(({ id }) => id);
  expect(ids.slice(0, 3).toSorted()).toEqual(all[0]);
  expect(results.filter((it) => it.profile?.ways?.homeVisits !== true)).toEqual([]);
  const { facets: counted } = await ask('kiné le puy', { facets: ['way'] });
  expect(counted!.way!.map((it) => [it.code, it.count])).toEqual([
    ['homeVisits', 3],
    ['teleconsultation', 1],
    ['teleexpertise', 1],
  ]);
  expect(facets!.way!.map((it) => it.code)).toEqual(['homeVisits']);
});
