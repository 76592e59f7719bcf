import { describe, expect, test } from 'vitest';

import { holdsPatientIdentity, parseIns, toPatientAddress } from '#domain/patient-address.ts';

/** Invented numbers: the key is computed here, apart from the code under test. */
function withKey(thirteen: string): string {
  const digits = BigInt(thirteen.replace('2A', '19').replace('2B', '18'));
  return thirteen + String(97n - (digits % 97n)).padStart(2, '0');
}

describe('parseIns', () => {
  test.each([
    ['2550814168025', '255081416802538'],
    ['2790351215189', withKey('2790351215189')],
    ['1850320123456', withKey('1850320123456')],
    ['185032A123456', withKey('185032A123456')],
    ['285032B123456', withKey('285032B123456')],
    ['7850375123456', withKey('7850375123456')],
  ])('%s with its key is one', (_, ins) => {
    expect(parseIns(ins)).toEqual({ ins });
    expect(parseIns(` ${ins.slice(0, 1)} ${ins.slice(1, 3)} ${ins.slice(3).toLowerCase()} `)).toEqual({
      ins,
    });
    expect(toPatientAddress(ins)).toBe(`${ins}@patient.mssante.fr`);
  });

  test('every other key is refused', () => {
    const right = withKey('185032A123456');
    for (let key = 0; key < 100; key += 1) {
      const ins = `185032A123456${String(key).padStart(2, '0')}`;
      expect('ins' in parseIns(ins)).toBe(ins === right);
    }
  });

  test.each([
    '',
    '25508141680253',
    '2550814168025388',
    '955081416802538',
    '255001416802538',
    '255082C16802538',
    'x',
  ])('%j has not the form of one', (text) => {
    expect(parseIns(text)).toEqual({ fault: 'form' });
  });
});

describe('what a text holds of a patient', () => {
  test.each([
    '255081416802538',
    'ordonnance de 2 55 08 14 168 025 38 svp',
    '２５５０８１４１６８０２５３８',
    `ins ${withKey('185032A123456').toLowerCase()}`,
    'x@patient.mssante.fr',
  ])('%j is an identity', (text) => {
    expect(holdsPatientIdentity(text)).toBe(true);
  });

  test.each([
    '255081416802539',
    '326430003100012',
    '410003461033001',
    'professional-899000000001',
    'dupont marie kiné le puy en velay 43000',
    '2550814168025380',
  ])('%j is not', (text) => {
    expect(holdsPatientIdentity(text)).toBe(false);
  });
});
