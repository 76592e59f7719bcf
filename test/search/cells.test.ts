import { expect, test } from 'vitest';

import { distanceMeters } from '#domain/geography/communes-within.ts';
import { cellsOf, listCellsWithin, listMiddleCellsWithin } from '#search/cells.ts';
import { openRandom } from './random-correspondent.ts';

const CENTRES = {
  'Le Puy': { latitude: 45.0433, longitude: 3.8852 },
  Greenwich: { latitude: 48.85, longitude: 0.001 },
  'Saint-Pierre': { latitude: 46.78, longitude: -56.17 },
  Wallis: { latitude: -13.3, longitude: -176.2 },
  'the 180th meridian': { latitude: -0.01, longitude: 179.995 },
};

test.for(Object.entries(CENTRES))(
  'around %s: every point of a disc is in one of its squares, and few others are',
  ([, centre]) => {
    const random = openRandom(11);
    for (const radius of [500, 1000, 8000, 25_000, 60_000, 300_000, 1_200_000]) {
      const cells = new Set(listCellsWithin(centre, radius));
      expect(cells.size).toBeLessThan(700);
      let inside = 0;
      for (let drawn = 0; drawn < 3000; drawn += 1) {
        const span = (radius / 111_000) * 1.5;
        const longitude =
          centre.longitude + ((random() - 0.5) * 2 * span) / Math.cos((centre.latitude * Math.PI) / 180);
        const point = {
          latitude: centre.latitude + (random() - 0.5) * 2 * span,
          longitude: ((longitude + 540) % 360) - 180,
        };
        if (distanceMeters(centre, point) > radius) continue;
        inside += 1;
        expect(cellsOf(point).some((cell) => cells.has(cell))).toBe(true);
      }
      expect(inside).toBeGreaterThan(500);
    }
    expect(cellsOf({ latitude: centre.latitude + 5, longitude: centre.longitude })).not.toEqual(
      cellsOf(centre),
    );
    const near = new Set(listCellsWithin(centre, 1000));
    expect(
      cellsOf({ latitude: centre.latitude + 0.1, longitude: centre.longitude }).some((it) => near.has(it)),
    ).toBe(false);
  },
);

test.for(Object.entries(CENTRES))(
  'around %s: few squares tell those well inside a disc from those well outside',
  ([, centre]) => {
    const random = openRandom(12);
    const radius = 60_000;
    const edge = 17_000;
    const cells = new Set(listMiddleCellsWithin(centre, radius));
    expect(cells.size).toBeLessThan(60);
    const seen = { inside: 0, outside: 0 };
    for (let drawn = 0; drawn < 3000; drawn += 1) {
      const longitude =
        centre.longitude + ((random() - 0.5) * 2) / Math.cos((centre.latitude * Math.PI) / 180);
      const point = {
        latitude: centre.latitude + (random() - 0.5) * 2,
        longitude: ((longitude + 540) % 360) - 180,
      };
      const meters = distanceMeters(centre, point);
      if (Math.abs(meters - radius) < edge) continue;
      seen[meters < radius ? 'inside' : 'outside'] += 1;
      expect(cellsOf(point).some((cell) => cells.has(cell))).toBe(meters < radius);
    }
    expect(Math.min(seen.inside, seen.outside)).toBeGreaterThan(200);
  },
);
