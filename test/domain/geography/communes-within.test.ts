import { expect, test } from 'vitest';

import { communeTables } from '#domain/geography/commune-tables.ts';
import { distanceMeters, listCommunesWithin } from '#domain/geography/communes-within.ts';

const PLACES = {
  'Le Puy': { latitude: 45.0433, longitude: 3.8852 },
  Paris: { latitude: 48.8566, longitude: 2.3522 },
  'the north of Corsica': { latitude: 42.95, longitude: 9.4 },
  'Saint-Pierre': { latitude: 46.78, longitude: -56.17 },
  'the 180th meridian': { latitude: -14, longitude: 179.5 },
};

test.for(Object.entries(PLACES))(
  'around %s: all communes that near and no other, the nearest first',
  ([, centre]) => {
    for (const radius of [0, 3000, 25_000, 140_000, 1_000_000]) {
      const expected = [...communeTables().byCode.values()]
        .map((it) => ({ code: it.code, meters: distanceMeters(centre, it) }))
        .filter((it) => it.meters <= radius);
      const found = listCommunesWithin(centre, radius);
      expect(new Set(found)).toEqual(new Set(expected.map((it) => it.code)));
      const metersOf = new Map(expected.map((it) => [it.code, it.meters]));
      expect(found.map((code) => metersOf.get(code))).toEqual(
        expected.map((it) => it.meters).toSorted((a, b) => a - b),
      );
    }
  },
);
