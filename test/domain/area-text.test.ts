import { expect, test } from 'vitest';

import { parseAreaText, toAreaText } from '#domain/area-text.ts';
import type { AreaPlace } from '#domain/area.ts';

const TERRITORIES = [
  { id: 'velay', name: 'CPTS du Velay' },
  { id: 'lyon', name: 'Lyon' },
];

test.each<[string, AreaPlace[]]>([
  ['Haute-Loire', [{ kind: 'departement', code: '43' }]],
  ['43', [{ kind: 'departement', code: '43' }]],
  ['toute la France', [{ kind: 'country', code: 'FR' }]],
  [
    'le puy en velay\nBrioude (43)',
    [
      { kind: 'commune', code: '43157' },
      { kind: 'commune', code: '43040' },
    ],
  ],
  [
    'cpts du velay, Auvergne-Rhône-Alpes',
    [
      { kind: 'territory', code: 'velay' },
      { kind: 'region', code: '84' },
    ],
  ],
  ['commune 69123', [{ kind: 'commune', code: '69123' }]],
])('an area is read as people list it: %s', (text, area) => {
  expect(parseAreaText(text, TERRITORIES)).toEqual({ area, unknown: [] });
});

test('what is no place is told, with the names that are nearest, and never left out in silence', () => {
  const { area, unknown } = parseAreaText('Haute-Loire\nPontarlieer', TERRITORIES);
  expect(area).toEqual([{ kind: 'departement', code: '43' }]);
  expect(unknown).toMatchObject([{ words: 'Pontarlieer' }]);
  expect(unknown[0]!.nearest).toContain('Pontarlier (25)');
});

test('what is written of an area is read again as the same', () => {
  const area: AreaPlace[] = [
    { kind: 'country', code: 'FR' },
    { kind: 'departement', code: '75' },
    { kind: 'commune', code: '75056' },
    { kind: 'region', code: '04' },
    { kind: 'departement', code: '974' },
    { kind: 'epci', code: '200073419' },
    { kind: 'commune', code: '69123' },
    { kind: 'commune', code: '01004' },
    { kind: 'territory', code: 'velay' },
    { kind: 'territory', code: 'lyon' },
  ];
  expect(parseAreaText(toAreaText(area, TERRITORIES), TERRITORIES)).toEqual({ area, unknown: [] });
});
