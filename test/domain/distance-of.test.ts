import { expect, test } from 'vitest';

import { distanceOf, orderPlaces } from '#domain/distance-of.ts';

import { place, professional } from '../search/sample-correspondents.ts';

const LYON = { latitude: 45.76, longitude: 4.84 };
const at = (latitude: number, longitude: number) =>
  place({ position: { latitude, longitude, approximate: false } });
const nowhere = place({ postcode: '69003' });
const [paris, vienne] = [at(48.86, 2.34), at(45.52, 4.87)];
const person = professional('MARTIN', 'Marie', { places: [nowhere, paris, vienne] });

test('the place that the distance is counted to comes first, one without a position last', () => {
  expect(orderPlaces(person, LYON)).toEqual([vienne, paris, nowhere]);
  expect(distanceOf(person, LYON)).toBe(distanceOf({ ...person, places: [vienne] }, LYON));
});

test('without a centre the order stays, but for those without a position', () => {
  expect(orderPlaces(person)).toEqual([paris, vienne, nowhere]);
});
