import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Coding, Correspondent, SavoirFaire } from '#domain/correspondent.ts';
import { distanceOf } from '#domain/distance-of.ts';
import { findCommune } from '#domain/geography.ts';
import { listCommunesWithin } from '#domain/geography/communes-within.ts';
import { answerQuestion } from '#search/answer-question.ts';
import { isJoinedOfPlaces } from '#search/at-one-place.ts';
import { readHit, toDocument, type EngineHit } from '#search/correspondent-document.ts';

import { place, professional, question, service } from './sample-correspondents.ts';
import { fillIndex, openTestEngine } from './test-index.ts';

const engine = openTestEngine();
afterAll(() => engine[Symbol.asyncDispose]());

const ANNECY = '74010';
const PAU = '64445';
const INFIRMIER = { code: '60', label: 'Infirmier' };
const SAGE_FEMME = { code: '50', label: 'Sage-Femme' };
const MEDECIN = { code: '10', label: 'Médecin' };
const specialty = (code: string, label: string): SavoirFaire => ({ type: 'S', code, label });
const PEDIATRIE = specialty('SM40', 'Pédiatrie');
const ALLERGOLOGIE = specialty('SM57', 'Allergologie');
const RADIOLOGIE = specialty('SM44', 'Radio-diagnostic');

function at(communeCode: string, name = 'CABINET') {
  const { code, name: communeName, departementCode, latitude, longitude } = findCommune(communeCode)!;
  return place({
    organization: { id: `1${communeCode}`, name, finess: null, finessJuridique: null, category: null },
    commune: { code, name: communeName },
    departement: { code: departementCode, name: '' },
    position: { latitude, longitude, approximate: true },
  });
}

function person(family: string, profession: Coding, communeCode: string, savoirFaire: SavoirFaire[] = []) {
  return professional(family, 'Anne', { profession, savoirFaire, places: [at(communeCode)] });
}

const nurse = person('NOBLET', INFIRMIER, ANNECY);
const cardon = person('CARDON', INFIRMIER, PAU);
const midwife = person('MEUNIER', SAGE_FEMME, ANNECY);
const pediatrician = person('PELLETIER', MEDECIN, ANNECY, [PEDIATRIE]);
const both = person('BAILLY', MEDECIN, PAU, [PEDIATRIE, ALLERGOLOGIE]);
const radiologist = person('RENARD', MEDECIN, ANNECY, [RADIOLOGIE]);
const grenble = person('GRENBLE', SAGE_FEMME, PAU);
const atHospital = (name: string) => at(ANNECY, `CENTRE HOSPITALIER ${name}`);
const pneumology = service('u12@ch-annecy.mssante.fr', 'PNEUMOLOGIE', atHospital('ANNECY GENEVOIS'));
const scanner = service('irm@ch-annecy.mssante.fr', 'IRM', at(ANNECY, 'CH ANNECY-GENEVOIS'));
const inEhpad = professional('LEMOINE', 'Jade', { places: [at(ANNECY, 'EHPAD LA ROSERAIE')] });
const namedSo = professional('ANNECY', 'Samira', {
  places: [at('38169', 'EHPAD LES TILLEULS'), at('38553', 'CABINET MME ANNECY')],
});

/** Around a village where there is nobody. */
const POILHES = findCommune('34206')!;
const around = listCommunesWithin(POILHES, 30_000).filter((code) => code !== POILHES.code);
const psychologists = Array.from({ length: 25 }, (_, index) =>
  person('PAILHES', { code: '93', label: 'Psychologue' }, around[(index * 7) % around.length]!),
);

beforeAll(() =>
  fillIndex(engine, [
    ...psychologists,

    nurse,
    cardon,
    midwife,
    pediatrician,
    both,
    radiologist,
    scanner,
    grenble,
    pneumology,
    inEhpad,
    namedSo,
  ]),
);

async function find(text: string) {
  const nowhere = { where: undefined, whereElse: undefined, whereWords: undefined, near: undefined };
  const { results, widened } = await answerQuestion(engine, question({ text }), nowhere);
  return { ids: results.map((it) => it.id), widened };
}

describe('what somebody needs', () => {
  test('leads to whoever is asked for it', async () => {
    expect((await find('suivi de grossesse annecy')).ids[0]).toBe(midwife.id);
    expect((await find('frottis annecy')).ids[0]).toBe(midwife.id);
    expect((await find('pansement annecy')).ids[0]).toBe(nurse.id);
  });

  test('is the service that is called so first, then who does it', async () => {
    expect((await find('irm annecy')).ids).toEqual([scanner.id, radiologist.id]);
  });

  test('beside a profession that it leaves nobody of tells nobody apart, and the answer says so', async () => {
    expect(await find('infirmière diabète annecy')).toMatchObject({
      ids: [nurse.id, cardon.id],
      widened: ['some-words', 'other-places'],
    });
  });
});

test('beside a profession, the beginning of a specialty is rather that of a name', async () => {
  expect((await find('infirmier card')).ids[0]).toBe(cardon.id);
});

test('of two specialties that nobody has there the first counts, before somebody far away who has both', async () => {
  const { ids, widened } = await find('pédiatre allergie annecy');
  expect(ids[0]).toBe(pediatrician.id);
  expect(widened).toContain('some-words');
  expect((await find('pédiatre allergie pau')).ids).toEqual([both.id]);
});

test('where there is nobody the nearest come first, page by page', async () => {
  const nowhere = { where: undefined, whereElse: undefined, whereWords: undefined, near: undefined };
  const ask = (limit: number, offset = 0) =>
    answerQuestion(engine, question({ text: 'psychologue poilhes', limit, offset }), nowhere);
  const { results, widened } = await ask(50);
  expect(widened).toEqual(['other-places']);
  expect(results.map((it) => it.id).toSorted()).toEqual(psychologists.map((it) => it.id).toSorted());
  const meters = results.map((it) => distanceOf(it, POILHES)!);
  const near = meters.filter((it) => it <= 25_000);
  expect(near.length).toBeGreaterThan(5);
  const ringOf = (it: number) => (it <= 8000 ? 0 : 1);
  for (const ring of [0, 1]) {
    const inRing = near.filter((it) => ringOf(it) === ring);
    expect(inRing.length).toBeLessThanOrEqual(20);
    expect(inRing, `ring ${ring}`).toEqual(inRing.toSorted((a, b) => a - b));
  }
  for (const size of [3, 10]) {
    const walked: string[] = [];
    for (let offset = 0; offset < 25; offset += size)
      walked.push(...(await ask(size, offset)).results.map((it) => it.id));
    expect(walked).toEqual(results.map((it) => it.id));
  }
});

test('a specialty is shortened, and the service is called by the whole word', async () => {
  expect((await find('pneumo ch annecy')).ids[0]).toBe(pneumology.id);
  expect((await find('secretariat pneumo ch annecy')).ids[0]).toBe(pneumology.id);
  const nowhere = { where: undefined, whereElse: undefined, whereWords: undefined, near: undefined };
  const asked = question({ text: 'pneumo ch annecy', kinds: ['service'] });
  expect((await answerQuestion(engine, asked, nowhere)).results[0]!.id).toBe(pneumology.id);
});

test('a misspelt town beside a profession is the town, unless somebody is called so', async () => {
  expect((await find('sage-femme grenble')).ids[0]).toBe(grenble.id);
  expect(await find('infirmière grenble')).toMatchObject({ widened: ['other-places'] });
  expect((await find('infirmière grenble')).ids[0]).toBe(nurse.id);
});

describe('the words of a structure and of a town', () => {
  const retrieved = (it: Correspondent) => readHit(JSON.parse(JSON.stringify(toDocument(it))) as EngineHit);
  const ofLille = professional('TAVERNE', 'Luc', { places: [at('59350', 'CHU DE LILLE'), at(ANNECY)] });

  test('are joined of several places, or of one', () => {
    expect(isJoinedOfPlaces(retrieved(ofLille), ['chu', 'annecy'])).toBe(true);
    expect(isJoinedOfPlaces(retrieved(ofLille), ['chu', 'lille'])).toBe(false);
    expect(isJoinedOfPlaces(retrieved(ofLille), ['taverne', 'annecy'])).toBe(false);
  });

  test('that are not there as typed tell nothing', () => {
    expect(isJoinedOfPlaces(retrieved(ofLille), ['chu', 'anecy'])).toBe(false);
    expect(isJoinedOfPlaces(retrieved(inEhpad), ['chu', 'annecy'])).toBe(false);
  });
});

test('in a structure asked for with a town, whoever is there comes before whoever is called like the town', async () => {
  expect((await find('ehpad annecy')).ids).toEqual([inEhpad.id, namedSo.id]);
});
