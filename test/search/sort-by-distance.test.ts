import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Correspondent, Place } from '#domain/correspondent.ts';
import { distanceOf } from '#domain/distance-of.ts';
import { findCommune } from '#domain/geography.ts';
import { distanceMeters, listCommunesWithin, type Position } from '#domain/geography/communes-within.ts';
import { answerQuestion } from '#search/answer-question.ts';
import { openRandom } from './random-correspondent.ts';
import { place, professional, question } from './sample-correspondents.ts';
import { fillIndex, openTestEngine } from './test-index.ts';

const LE_PUY: Position = { latitude: 45.0433, longitude: 3.8852 };
/** A point at which many of them are. */
const LE_PUY_CENTRE: Position = { latitude: 45.0283, longitude: 3.8973 };
/** In the middle of the Pacific. */
const FAR_AWAY: Position = { latitude: -16.5289, longitude: -154.649 };
const ORTHOPHONISTE = { code: '91', label: 'Orthophoniste' };
const KINE = { code: '70', label: 'Masseur-Kinésithérapeute' };

const random = openRandom(7);
const communes = listCommunesWithin(LE_PUY, 100_000);

/** In some commune, mostly at its centre as the files have it, or at a place of its own. */
function somewhere(): Place {
  const commune = findCommune(communes[Math.floor(random() ** 3 * communes.length)]!)!;
  const moved = random() < 0.7 ? 0 : 0.02;
  return place({
    commune: { code: commune.code, name: commune.name },
    departement: { code: commune.departementCode, name: '' },
    position: {
      latitude: Number((commune.latitude + (random() - 0.5) * moved).toFixed(5)),
      longitude: Number((commune.longitude + (random() - 0.5) * moved).toFixed(5)),
      approximate: moved === 0,
    },
  });
}

const many = Array.from({ length: 3200 }, () =>
  professional('CHAZELLET', 'Anne', {
    profession: ORTHOPHONISTE,
    places: Array.from({ length: random() < 0.2 ? 2 : 1 }, somewhere),
  }),
);
/** Who practise in Paris and answer for all of France: near nowhere else for that. */
const national = Array.from({ length: 20 }, (): Correspondent => ({
  ...professional('CHAZELLET', 'Anne', {
    profession: ORTHOPHONISTE,
    places: [place({ position: { latitude: 48.8566, longitude: 2.3522, approximate: false } })],
  }),
  kind: 'expert',
  expertise: {
    title: 'Avis',
    domain: { code: 'unknown', label: 'Langage' },
    answers: [],
    area: [{ kind: 'country', code: 'FR', label: 'France' }],
    hasForm: false,
    declaredBy: { practitionerId: '810900000000' },
  } as unknown as NonNullable<Correspondent['expertise']>,
}));
/** Of the same practice, whom nobody can locate. */
const unlocated = Array.from({ length: 20 }, () =>
  professional('CHAZELLET', 'Anne', {
    profession: ORTHOPHONISTE,
    places: [{ ...somewhere(), position: null }],
  }),
);
/** All at the same points, so that each is met many times before the next. */
const together = Array.from({ length: 30 }, somewhere);
const team = Array.from({ length: 12 }, () =>
  professional('TEYSSONNEYRE', 'Luc', { profession: KINE, places: together }),
);
const everyOrthophoniste = [...many, ...national, ...unlocated];

/** Some of them with a place that nobody knows the position of. */
const few = Array.from({ length: 30 }, (_, index) =>
  professional('VIDALIN', 'Paul', {
    profession: KINE,
    places: [index % 5 === 0 ? { ...somewhere(), position: null } : somewhere()],
  }),
);

/** More within one kilometre than the engine counts at once, many of them at two points. */
const CROWDED: Position = { latitude: 45.7601, longitude: 4.8399 };
const PODOLOGUE = { code: '80', label: 'Pédicure-Podologue' };
const aroundCrowded = (): Place => {
  const position = {
    latitude: Number((CROWDED.latitude + (random() - 0.5) * 0.016).toFixed(3)),
    longitude: Number((CROWDED.longitude + (random() - 0.5) * 0.016).toFixed(3)),
    approximate: false,
  };
  return { ...somewhere(), position };
};
const crowd = Array.from({ length: 3300 }, () =>
  professional('BESSEGUE', 'Jeanne', {
    profession: PODOLOGUE,
    places: Array.from({ length: random() < 0.4 ? 2 : 1 }, aroundCrowded),
  }),
);

/** Most of them at one point, and so more than the engine counts at once in any square; some of these at another point as well. */
const HOSPITAL: Position = { latitude: 43.6107, longitude: 1.4013 };
const SAGE_FEMME = { code: '50', label: 'Sage-Femme' };
const nearHospital = (spread: number): Place => ({
  ...somewhere(),
  position: {
    latitude: Number((HOSPITAL.latitude + (random() - 0.5) * spread).toFixed(5)),
    longitude: Number((HOSPITAL.longitude + (random() - 0.5) * spread).toFixed(5)),
    approximate: false,
  },
});
const FAMILIES = [
  'ARNOULD',
  'CADOUX',
  'DELBOS',
  'FAVERIE',
  'LE HERMITTE',
  'NOGARET',
  'TOURNEMIRE',
  'ÆSIR',
  "O'",
  'ABADIE ZOLA',
];
const ofHospital = Array.from({ length: 3400 }, (_, index) =>
  professional(FAMILIES[index % FAMILIES.length]!, 'Claire', {
    profession: SAGE_FEMME,
    places: [nearHospital(index < 3200 ? 0 : 0.006), ...(random() < 0.1 ? [nearHospital(0.006)] : [])],
  }),
);

const searched: string[] = [];
const recording: typeof fetch = (input, init) => {
  if (String(input).endsWith('search')) searched.push(String(init!.body));
  return fetch(input, init);
};
const engine = openTestEngine({ fetch: recording });
beforeAll(() => fillIndex(engine, [...everyOrthophoniste, ...few, ...team, ...crowd, ...ofHospital]));
afterAll(() => engine[Symbol.asyncDispose]());

async function ask(text: string, near: Position, limit: number, offset = 0) {
  const places = { where: undefined, whereElse: undefined, whereWords: undefined, near };
  return answerQuestion(engine, question({ text, sort: 'distance', limit, offset }), places);
}

const metersFrom = (centre: Position) => (it: Correspondent) =>
  distanceOf(it, centre) ?? Number.POSITIVE_INFINITY;

test.for([
  ['what they do', 'orthophoniste'],
  ['a name', 'chazellet'],
])('by %s: the nearest of all, by the exact distance, page after page', async ([, text]) => {
  for (const centre of [
    LE_PUY,
    LE_PUY_CENTRE,
    { latitude: 45.7772, longitude: 3.087 },
    { latitude: 44.2, longitude: 4.9 },
  ]) {
    const meters = metersFrom(centre);
    const { results, total } = await ask(text!, centre, 120);
    expect(results.map(meters)).toEqual(
      everyOrthophoniste
        .map(meters)
        .toSorted((a, b) => a - b)
        .slice(0, 120),
    );
    expect(total).toEqual({ value: 500, exact: false });
    const walked: Correspondent[] = [];
    for (let offset = 0; offset < 120; offset += 40) {
      walked.push(...(await ask(text!, centre, 40, offset)).results);
    }
    expect(walked.map(({ id }) => id)).toEqual(results.map(({ id }) => id));
  }
});

test('the nearest of a crowd, who are counted square by square', async () => {
  const meters = metersFrom(CROWDED);
  searched.length = 0;
  const { results } = await ask('podologue', CROWDED, 120);
  const bodies = searched.map((body) => JSON.parse(body) as { queries?: { facets?: string[] }[] });
  const counting = bodies
    .flatMap(({ queries }) => queries ?? [])
    .filter(({ facets }) => facets !== undefined);
  expect(counting.length).toBeGreaterThan(1);
  const nearest = crowd.map(meters).toSorted((a, b) => a - b);
  expect(nearest.findIndex((it) => it > 1000)).toBeGreaterThan(3000);
  expect(results.map(meters)).toEqual(nearest.slice(0, 120));
  expect(new Set(results.map(({ id }) => id)).size).toBe(120);
});

test('the nearest of those at one point with thousands, and around it', async () => {
  const beside = { latitude: HOSPITAL.latitude + 0.0031, longitude: HOSPITAL.longitude + 0.0012 };
  const meters = metersFrom(beside);
  const nearest = ofHospital.map(meters).toSorted((a, b) => a - b);
  searched.length = 0;
  const { results } = await ask('sage-femme', beside, 490);
  expect(nearest.filter((it) => it < distanceMeters(beside, HOSPITAL) - 1).length).toBeLessThan(450);
  expect(results.map(meters)).toEqual(nearest.slice(0, 490));
  expect(new Set(results.map(({ id }) => id)).size).toBe(490);
  expect(searched.some((body) => body.includes('familyKeys NOT EXISTS'))).toBe(true);
});

test('whoever has no position comes last, and nobody is left out', async () => {
  const meters = metersFrom(LE_PUY);
  const { results, total } = await ask('vidalin', LE_PUY, 50);
  expect(total).toEqual({ value: 30, exact: true });
  expect(new Set(results.map(({ id }) => id))).toEqual(new Set(few.map(({ id }) => id)));
  expect(results.map(meters)).toEqual(few.map(meters).toSorted((a, b) => a - b));
});

test('the nearest from far away too', async () => {
  const meters = metersFrom(FAR_AWAY);
  const { results } = await ask('orthophoniste', FAR_AWAY, 20);
  expect(results.map(meters)).toEqual(
    everyOrthophoniste
      .map(meters)
      .toSorted((a, b) => a - b)
      .slice(0, 20),
  );
});

test('people at many points are each told once, the nearest of their points counting', async () => {
  const { results } = await ask('teyssonneyre', LE_PUY, 20);
  expect(new Set(results.map(({ id }) => id)).size).toBe(12);
});
