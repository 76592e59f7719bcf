import { describe, expect, it } from 'vitest';
import {
  hasLuhnKey,
  looksLikePatientAddress,
  luhnKeyOf,
  parseFiness,
  parseMailboxAddress,
  parseRpps,
  toOrganizationId,
} from '#domain/identifiers.ts';

describe('Luhn key', () => {
  it.each([
    ['79927398713', true],
    ['79927398710', false],
    ['0', true],
    ['', false],
    ['7992739871a', false],
    [' 79927398713', false],
  ])('%j: %s', (digits, isValid) => {
    expect(hasLuhnKey(digits)).toBe(isValid);
  });

  it('the key of any digits makes them pass', () => {
    for (const digits of ['1', '7992739871', '1010000000', '35600000000'])
      expect(hasLuhnKey(digits + luhnKeyOf(digits))).toBe(true);
    expect(luhnKeyOf('7992739871')).toBe('3');
  });

  it('asking the key of something else than digits is a bug of the caller', () => {
    expect(() => luhnKeyOf('2A')).toThrow('not digits');
  });
});

describe('parseRpps', () => {
  it.each([
    ['10003461033', '10003461033'],
    ['810003461033', '10003461033'],
    [' 100 034 610 33 ', '10003461033'],
    ['10\u00a0003\u00a0461\u00a0033', '10003461033'],
    ['1000346103', undefined],
    ['910003461033', undefined],
    ['1000346103X', undefined],
    ['', undefined],
  ])('%j → %j', (text, rpps) => {
    expect(parseRpps(text)).toBe(rpps);
  });
});

describe('parseFiness', () => {
  it.each([
    ['430000018', '430000018'],
    ['43 000 001 8', '430000018'],
    ['2a0000154', '2A0000154'],
    ['2B0000020', '2B0000020'],
    ['43000001', undefined],
    ['2C0000154', undefined],
    ['4300000188', undefined],
  ])('%j → %j', (text, finess) => {
    expect(parseFiness(text)).toBe(finess);
  });
});

describe('parseMailboxAddress', () => {
  it.each([
    [' Marie.DUPONT@Medecin.MSSante.fr ', 'marie.dupont@medecin.mssante.fr'],
    ["o'neil+x@ch-lepuy.mssante.fr", "o'neil+x@ch-lepuy.mssante.fr"],
    ['a@interop-mssante.apicrypt.org', 'a@interop-mssante.apicrypt.org'],
    ['a@b', undefined],
    ['a b@c.fr', undefined],
    ['a@b.fr, c@d.fr', undefined],
    ['a@-b.fr', undefined],
    ['@b.fr', undefined],
    [`${'a'.repeat(65)}@b.fr`, undefined],
    [`${'a'.repeat(60)}@${'b.'.repeat(100)}fr`, undefined],
  ])('%j → %j', (text, address) => {
    expect(parseMailboxAddress(text)).toBe(address);
  });
});

describe('looksLikePatientAddress', () => {
  it.each([
    '279035121518989@patient.mssante.fr',
    'écrire à 2 79 03 51 215 189 89 @ Patient . MSSante . FR demain',
    'x@PATIENT.MSSANTE.FR',
  ])('%j is one', (text) => {
    expect(looksLikePatientAddress(text)).toBe(true);
  });

  it.each(['marie@medecin.mssante.fr', 'patient@mssante.fr', 'patient.mssante.fr', ''])(
    '%j is not',
    (text) => {
      expect(looksLikePatientAddress(text)).toBe(false);
    },
  );
});

it('a structure has the type digit of TRE_G07 before its number', () => {
  expect(toOrganizationId('finess', '430000018')).toBe('1430000018');
  expect(toOrganizationId('siret', '26430003100012')).toBe('326430003100012');
  expect(toOrganizationId('rppsRang', '10003461033001')).toBe('410003461033001');
  expect(toOrganizationId('adeliRang', '439300000')).toBe('0439300000');
});
