import { expect, test } from 'vitest';

import { findCommune } from '#domain/geography.ts';
import { distanceMeters } from '#domain/geography/communes-within.ts';
import { reachOfInhabitants } from '#domain/geography/reach-of-inhabitants.ts';

const LE_PUY = findCommune('43157')!;
const CHADRAC = findCommune('43046')!;

test('who lives at the place itself is reached at once, others with the commune that makes them enough', () => {
  expect(reachOfInhabitants(LE_PUY, 10_000)).toEqual({ meters: 0, inhabitants: LE_PUY.population });
  const beyond = reachOfInhabitants(CHADRAC, CHADRAC.population! + 1)!;
  expect(beyond.inhabitants).toBeGreaterThan(CHADRAC.population!);
  expect(beyond.meters).toBeGreaterThan(0);
  const farther = reachOfInhabitants(LE_PUY, 200_000)!;
  expect(farther.meters).toBeGreaterThan(beyond.meters);
  expect(farther.inhabitants).toBeGreaterThanOrEqual(200_000);
});

test('a town of arrondissements is counted once', () => {
  const lyon3 = findCommune('69383')!;
  const { meters, inhabitants } = reachOfInhabitants(lyon3, lyon3.population! + 1)!;
  expect(inhabitants).toBeLessThan(findCommune('69123')!.population!);
  expect(meters).toBeLessThan(distanceMeters(lyon3, findCommune('69389')!));
});

test('nobody is reached from the open sea', () => {
  expect(reachOfInhabitants({ latitude: -30, longitude: -100 }, 1)).toBeUndefined();
});
