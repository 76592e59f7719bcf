import { describe, expect, test } from 'vitest';

import { findPlaces } from '#domain/geography/find-places.ts';
import { listNamesakes, nearestNamesake } from '#domain/geography/list-namesakes.ts';

const NEAR_TOULOUSE = { latitude: 43.6, longitude: 1.44 };

function placeOf(typed: string) {
  return findPlaces(typed, 1)[0]!;
}

describe('communes of one name', () => {
  test('are all given but the one taken, the most populous first', () => {
    const codes = listNamesakes('saint denis', placeOf('saint denis')).map(({ code }) => code);
    expect(codes[0]).toBe('93066');
    expect(codes).not.toContain(placeOf('saint denis').code);
    expect(codes.length).toBeGreaterThan(1);
  });

  test('are given the nearest first to who says where they are', () => {
    const [first] = listNamesakes('clermont', placeOf('clermont'), NEAR_TOULOUSE);
    expect(first!.departementCodes).toEqual(['09']);
    expect(nearestNamesake('clermont', placeOf('clermont'), NEAR_TOULOUSE).code).toBe(first!.code);
  });

  test.each(['pontarlier', '43000', 'haute-loire', 'vienne (38)'])('%s has none', (typed) => {
    const place = placeOf(typed);
    expect(listNamesakes(typed, place)).toEqual([]);
    expect(nearestNamesake(typed, place, NEAR_TOULOUSE)).toEqual(place);
  });
});
