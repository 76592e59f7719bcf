import { describe, expect, test } from 'vitest';

import { EVERY_ACT, findActs } from '#domain/acts.ts';
import { awayOn, dayInFrance, listAwaySpans, spansOfDay } from '#domain/away.ts';
import { labelOf } from '#domain/code-lists.ts';
import { applyChanges, diffProfiles, revertChanges } from '#domain/profile-changes.ts';
import { ProfileSchema } from '#domain/profile-schema.ts';
import { completenessOf, type Profile } from '#domain/profile.ts';
import { mergePatch } from '#profiles/practitioner/merge-patch.ts';

import { openRandom } from '../search/random-correspondent.ts';

const WHOLE: Profile = {
  ways: { acceptsNewPatients: true, homeVisits: false },
  acts: ['echographie'],
  ownWords: ['rééducation après AVC'],
  languages: ['fr', 'uk'],
  hours: [
    {
      organizationId: '1430000001',
      availableTime: [{ daysOfWeek: ['mon', 'thu'], availableStartTime: '09:00', availableEndTime: '12:30' }],
      notAvailable: [{ description: 'Noël', during: { start: '2026-12-24', end: '2027-01-02' } }],
    },
  ],
  homeVisitArea: { communeCodes: ['43157'], radiusKm: 12 },
  awayPeriods: [{ start: '2026-11-20', end: '2026-12-12', message: 'En congé' }],
  preferredMailbox: 'isaure.vallorbe@exemple.mssante.fr',
  sending: [{ what: 'Comptes rendus', where: 'ma boîte' }],
  remarks: 'Sur rendez-vous.',
};

describe('what a page may say', () => {
  test('is taken as it is, and again', () => {
    expect(ProfileSchema.parse(WHOLE)).toStrictEqual(WHOLE);
    expect(JSON.stringify(ProfileSchema.parse(ProfileSchema.parse(WHOLE)))).toBe(JSON.stringify(WHOLE));
  });

  test('leaves out what says nothing, and writes the same thing in one way', () => {
    expect(ProfileSchema.parse({ ways: {}, acts: [], hours: [] })).toStrictEqual({});
    expect(
      ProfileSchema.parse({
        homeVisitArea: { communeCodes: ['43157', '43157'] },
        ownWords: ['  deux \t mots\u202e\ud800 \udc00', 'deux mots'],
        preferredMailbox: 'Isaure.VALLORBE@exemple.mssante.fr',
      }),
    ).toStrictEqual({
      ownWords: ['deux mots'],
      homeVisitArea: { communeCodes: ['43157'] },
      preferredMailbox: 'isaure.vallorbe@exemple.mssante.fr',
    });
  });

  test.each<[string, unknown, string]>([
    ['an unknown member', { way: {} }, 'nearest is "ways"'],
    ['an unknown way', { ways: { homeVisit: true } }, 'nearest is "homeVisits"'],
    ['a way that is no yes and no no', { ways: { homeVisits: 'oui' } }, 'true, false'],
    ['an unknown act', { acts: ['magie'] }, '"magie" is not the code of an act'],
    ['an unknown language', { languages: ['zz'] }, '"zz" is not a language code'],
    ['an unknown commune', { homeVisitArea: { communeCodes: ['99999'] } }, '"99999"'],
    ['an area that is none', { homeVisitArea: {} }, 'communes, a radius'],
    ['a day that is none', { awayPeriods: [{ start: '2026-02-30', end: '2026-03-01' }] }, '2026-12-24'],
    [
      'a period that ends first',
      { awayPeriods: [{ start: '2026-03-02', end: '2026-03-01' }] },
      'before it begins',
    ],
    ['a period without end', { awayPeriods: [{ start: '2026-03-02', end: '2036-03-01' }] }, 'two years'],
    ['a mailbox that is none', { preferredMailbox: 'x' }, 'a mailbox address'],
    ['an empty remark', { remarks: ' ' }, 'empty'],
    ['a long remark', { remarks: 'x'.repeat(2001) }, '2000 characters'],
  ])('refuses %s', (_, typed, message) => {
    const { error } = ProfileSchema.safeParse(typed);
    expect(error?.issues.map((it) => it.message).join('\n')).toContain(message);
  });

  test.each<[string, object[], string]>([
    [
      'a time that is none',
      [{ daysOfWeek: ['mon'], availableStartTime: '25:00', availableEndTime: '26:00' }],
      '09:30',
    ],
    [
      'an opening that ends first',
      [{ daysOfWeek: ['mon'], availableStartTime: '12:00', availableEndTime: '09:00' }],
      'ends before',
    ],
    ['half an opening', [{ daysOfWeek: ['mon'], availableStartTime: '12:00' }], 'from when to when'],
    [
      'a whole day with times',
      [{ daysOfWeek: ['mon'], allDay: true, availableStartTime: '12:00' }],
      'no times',
    ],
    [
      'openings that overlap',
      [
        { daysOfWeek: ['mon', 'tue'], availableStartTime: '09:00', availableEndTime: '12:00' },
        { daysOfWeek: ['tue'], availableStartTime: '11:00', availableEndTime: '13:00' },
      ],
      'overlaps',
    ],
  ])('refuses %s', (_, availableTime, message) => {
    const { error } = ProfileSchema.safeParse({ hours: [{ organizationId: '1', availableTime }] });
    expect(error?.issues.map((it) => it.message).join('\n')).toContain(message);
  });
});

test('a page is complete with its eight ways, hours, and an area where homes are visited', () => {
  const ways = Object.fromEntries(
    [
      'acceptsNewPatients',
      'unscheduledCare',
      'homeVisits',
      'teleconsultation',
      'telecare',
      'teleexpertise',
      'weekendsAndHolidays',
      'nightDuty',
    ].map((way) => [way, true]),
  );
  const { hours, homeVisitArea } = WHOLE;
  expect(completenessOf(undefined)).toBe('empty');
  expect(completenessOf({})).toBe('empty');
  expect(completenessOf({ ways })).toBe('partial');
  expect(completenessOf({ ways, hours: hours! })).toBe('partial');
  expect(completenessOf({ ways, hours: hours!, homeVisitArea: homeVisitArea! })).toBe('complete');
  expect(completenessOf({ ways: { ...ways, homeVisits: false }, hours: hours! })).toBe('complete');
});

test('changes lead from a page to another, and back', () => {
  const random = openRandom(7);
  const some = (): Profile => {
    const kept = Object.entries(WHOLE).filter(() => random() < 0.5);
    return ProfileSchema.parse({
      ...Object.fromEntries(kept),
      ways: { nightDuty: random() < 0.5, ...(random() < 0.5 && { telecare: random() < 0.5 }) },
    });
  };
  for (let round = 0; round < 500; round += 1) {
    const [before, after] = [some(), some()];
    const changes = diffProfiles(before, after);
    expect(applyChanges(before, changes)).toStrictEqual(after);
    expect(revertChanges(after, changes)).toStrictEqual(before);
    expect(diffProfiles(after, after)).toStrictEqual([]);
  }
});

test('a patch follows RFC 7396', () => {
  // The cases of its appendix A.
  const cases: [unknown, unknown, unknown][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  for (const [target, patch, result] of cases) expect(mergePatch(target, patch)).toStrictEqual(result);
  const sneaky = mergePatch({}, JSON.parse('{"__proto__": {"admin": true}}')) as object;
  expect(Object.getPrototypeOf(sneaky)).toBe(Object.prototype);
});

test('somebody is away on the days of their periods and on no other, however they are written', () => {
  const random = openRandom(11);
  const dayOf = (number: number) => new Date(Date.UTC(2026, 10, 1 + number)).toISOString().slice(0, 10);
  for (let round = 0; round < 200; round += 1) {
    const start = Math.floor(random() * 100);
    const period = { start: dayOf(start), end: dayOf(start + Math.floor(random() * 400)) };
    const spans = new Set(listAwaySpans([period]));
    expect(spans.size).toBeLessThanOrEqual(80);
    for (let number = 0; number < 520; number += 1) {
      const day = dayOf(number);
      expect(spansOfDay(day).some((it) => spans.has(it))).toBe(awayOn([period], day) !== undefined);
    }
  }
});

test('the day of an absence is that of France', () => {
  expect(dayInFrance(new Date('2026-11-20T22:59:00Z'))).toBe('2026-11-20');
  expect(dayInFrance(new Date('2026-11-20T23:00:00Z'))).toBe('2026-11-21');
  expect(dayInFrance(new Date('2026-07-20T22:00:00Z'))).toBe('2026-07-21');
});

describe('acts', () => {
  test('have codes of their own, and professions that exist', () => {
    expect(new Set(EVERY_ACT.map((it) => it.code)).size).toBe(EVERY_ACT.length);
    for (const { code, label, professionCodes } of EVERY_ACT) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(label).not.toBe('');
      for (const profession of professionCodes) expect(labelOf('profession', profession), code).toBeDefined();
    }
  });

  test('are found by what they are called, the longest names first', () => {
    const named = (text: string) => findActs(text.split(' ')).flatMap((it) => it.acts.map((act) => act.code));
    expect(named('kine respiratoire le puy')).toStrictEqual(['kinesitherapie-respiratoire']);
    expect(named('prise de sang a domicile lyon')).toStrictEqual(['prelevements-a-domicile']);
    expect(named('martin')).toStrictEqual([]);
  });
});
