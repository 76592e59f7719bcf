import { afterAll, beforeAll, expect, test } from 'vitest';

import { distanceOf } from '#domain/distance-of.ts';
import { findCommune } from '#domain/geography.ts';
import { listCommunesWithin, type Position } from '#domain/geography/communes-within.ts';
import { answerQuestion } from '#search/answer-question.ts';
import { VIEW_ATTRIBUTES } from '#search/correspondent-document.ts';
import type { Filter } from '#search/filter.ts';
import { ringsAround } from '#search/rings.ts';
import { openRandom } from './random-correspondent.ts';
import { place, professional, question } from './sample-correspondents.ts';
import { fillIndex, openTestEngine } from './test-index.ts';

const LE_PUY: Position = { latitude: 45.0433, longitude: 3.8852 };
const COUNTS = { vidalin: 18, besseguet: 50, teyssonneyre: 90 };

const random = openRandom(3);
const communes = listCommunesWithin(LE_PUY, 400_000);

function somewhere() {
  const { code, name, departementCode, latitude, longitude } = findCommune(
    communes[Math.floor(random() ** 3 * communes.length)]!,
  )!;
  return place({
    commune: { code, name },
    departement: { code: departementCode, name: '' },
    position: { latitude, longitude, approximate: true },
  });
}

const people = Object.entries(COUNTS).flatMap(([family, count]) =>
  Array.from({ length: count }, (_, index) =>
    professional(family.toUpperCase(), index % 3 === 0 ? 'Anne' : 'Anne-Marie', { places: [somewhere()] }),
  ),
);
/** With two places, without a position, without a commune, without any place. */
const odd = Array.from({ length: 60 }, (_, index) => {
  const stated = somewhere();
  const { commune, departement } = stated;
  const places = [
    [stated, somewhere()],
    [{ ...stated, position: null }],
    [place({ commune })],
    [place({ departement })],
    [],
  ][index % 5]!;
  return professional('AUBERGEON', 'Luce', { places });
});
const engine = openTestEngine();
beforeAll(() => fillIndex(engine, [...people, ...odd]));
afterAll(() => engine[Symbol.asyncDispose]());

const ask = (text: string, limit: number, offset = 0) =>
  answerQuestion(engine, question({ text, limit, offset }), {
    where: undefined,
    whereElse: undefined,
    whereWords: undefined,
    near: LE_PUY,
  });

test.for(Object.entries(COUNTS))(
  'of %s the nearest ring comes first, and whatever the size of its pages it is one list',
  async ([text, count]) => {
    const { results, total } = await ask(text, 100);
    const ids = results.map(({ id }) => id);
    expect(total).toEqual({ value: count, exact: true });
    expect(new Set(ids).size).toBe(count);
    const distances = results.map((it) => distanceOf(it, LE_PUY)!);
    // The third ring is of squares, of which some reach fourteen kilometres over its edge.
    const radii = [8000, 25_000, 46_000, 74_000, Number.POSITIVE_INFINITY];
    const rings = distances.map((meters) => radii.findIndex((radius) => meters <= radius));
    const isEdge = (ring: number) => ring === 3;
    const sure = rings.filter((ring) => !isEdge(ring));
    expect(sure).toEqual(sure.toSorted((a, b) => a - b));
    expect(new Set(sure).size).toBeGreaterThan(2);
    for (const size of [3, 10]) {
      const walked: string[] = [];
      for (let offset = 0; offset < count; offset += size)
        walked.push(...(await ask(text, size, offset)).results.map(({ id }) => id));
      expect(walked).toEqual(ids);
    }
  },
);

const CENTRES: Record<string, Position> = {
  'Le Puy': LE_PUY,
  Guadeloupe: { latitude: 16.24, longitude: -61.53 },
  'the open sea': { latitude: 30, longitude: -40 },
};

test.for(Object.entries(CENTRES))(
  'around %s everybody is in one ring, and in the same one by filter and in memory',
  async ([, centre]) => {
    const rings = ringsAround(centre);
    const search = async (filter: Filter | undefined) => {
      const wanted = {
        q: '',
        offset: 0,
        limit: 1000,
        matchingStrategy: 'all',
        attributesToRetrieve: VIEW_ATTRIBUTES,
      } as const;
      return (await engine.search(engine.indexName, { ...wanted, ...(filter && { filter }) })).hits;
    };
    const all = await search(undefined);
    expect(all.length).toBe(people.length + odd.length);
    const parts = rings.part(all).map((hits) => hits.map((it) => it.id).toSorted());
    expect(parts.flat().length).toBe(all.length);
    for (let index = 0; index < rings.count; index += 1) {
      const filter = rings.filterOf(index);
      const found = filter === undefined ? [] : await search(filter);
      expect(found.map((it) => it.id).toSorted(), `ring ${index}`).toEqual(parts[index]);
    }
  },
);
