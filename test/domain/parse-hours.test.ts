import { describe, expect, test } from 'vitest';

import { toDayLine, toHoursLine } from '#domain/hours-line.ts';
import { parseHours } from '#domain/parse-hours.ts';

describe('opening hours as people write them', () => {
  test.each([
    ['lun-ven 9h-12h 14h-18h, sam 9h-12h', 'lun-ven 9h-12h 14h-18h, sam 9h-12h'],
    ['Du lundi au vendredi de 8 h 30 à 12 h et de 14 h à 18 h 30', 'lun-ven 8h30-12h 14h-18h30'],
    ['mardi et jeudi : 14:00–19:00', 'mar, jeu 14h-19h'],
    ['Lun. Mar. Jeu. 9h/12h - 14h/18h', 'lun, mar, jeu 9h-12h 14h-18h'],
    ['lundi 9-12\nmardi 9-12\nmercredi fermé\njeudi 14h-17h45', 'lun, mar 9h-12h, jeu 14h-17h45'],
    ['lun 14h-18h 9h-12h', 'lun 9h-12h 14h-18h'],
    ['tous les jours 24h/24', 'lun-dim 24h/24'],
    ['7j/7 8h-20h', 'lun-dim 8h-20h'],
    ['en semaine 9h à midi, week-end 10h-minuit', 'lun-ven 9h-12h, sam, dim 10h-24h'],
    ['ven-lun 8h-9h', 'lun, ven-dim 8h-9h'],
    ['le samedi matin de 9h30 à 12h30', 'sam 9h30-12h30'],
    ['lun-ven 9h-19h sans interruption', 'lun-ven 9h-19h'],
    ['lun 0h-24h', 'lun 0h-24h'],
    ['', ''],
    ['Fermé', ''],
  ])('%j is read as %j', (typed, read) => {
    const parsed = parseHours(typed);
    const line = 'times' in parsed ? toHoursLine(parsed.times) : JSON.stringify(parsed.fault);
    expect(line).toBe(read);
    expect('times' in parsed && parseHours(toHoursLine(parsed.times))).toStrictEqual(parsed);
  });

  test.each([
    ['lun-ven sur rendez-vous', 'word', 'sur'],
    ['lun-ven sauf mer 9h-12h', 'word', 'sauf'],
    ['lun 25h-26h', 'word', '25h'],
    ['lun 9h75-12h', 'word', '9h75'],
    ['9h-12h', 'no-day', '9h-12h'],
    ['lun, mar', 'no-time', 'tue'],
    ['lun 9h', 'no-end', '9h'],
    ['lun 9h, mar 9h-12h', 'no-end', '9h'],
    ['lun 9h 12h', 'no-end', '9h'],
    ['lun 18h-9h', 'backwards', '18h-9h'],
    ['lun 9h-12h, lun 11h-13h', 'overlap', '11h-13h'],
    ['lun 24h/24 9h-12h', 'overlap', '9h-12h'],
    ['x'.repeat(700), 'word', 'x'.repeat(40)],
  ])('%j is not: %s, %j', (typed, kind, words) => {
    expect(parseHours(typed)).toStrictEqual({ fault: { kind, words } });
  });

  test('one day is written alone', () => {
    const parsed = parseHours('lun-mer 9h-12h30 14h-24h');
    expect('times' in parsed && [toDayLine(parsed.times, 'tue'), toDayLine(parsed.times, 'sun')]).toEqual([
      '9h-12h30 14h-24h',
      '',
    ]);
  });
});
