import { expect, test } from 'vitest';

import { ACCESSIBILITY } from '#domain/accessibility.ts';
import { EVERY_ACT } from '#domain/acts.ts';
import { LANGUAGES } from '#domain/languages.ts';
import { WAYS_OF_PRACTISING } from '#domain/practising.ts';
import { ProfileSchema } from '#domain/profile-schema.ts';
import { DAYS_OF_WEEK, type AvailableTime, type Profile } from '#domain/profile.ts';
import { communesFor } from '#profiles/territories/find-commune-cell.ts';
import { applySaid, readPageCells } from '#profiles/territories/read-page-cells.ts';
import { writePageCells } from '#profiles/territories/write-page-cells.ts';
import type { SpreadsheetCells } from '#profiles/territories/spreadsheet-columns.ts';

const PLACES = ['1430000018', '1430000026'];
const context = { places: PLACES, findCommune: communesFor(['43157']) };

/** Numbers of one sequence: what fails is found again. */
function openRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (max: number) => Math.floor(next() * max);
  const one = <T>(values: readonly T[]): T => values[below(values.length)]!;
  const some = <T>(values: readonly T[], max: number): T[] =>
    Array.from({ length: 1 + below(max) }, () => one(values));
  return { below, one, some, maybe: <T>(make: () => T) => (next() < 0.5 ? make() : undefined) };
}

/** What tries the separators, the escapes, the erasing word and what spreadsheets run. */
const TEXTS = [
  'plaies',
  'a | b ; c : d',
  'deux\nlignes',
  'effacer',
  'Effacer',
  '\\effacer',
  '\\n',
  'fin \\',
  '=1+1',
  "'=x",
  '- tiret',
  '"guillemets"',
  'l’été, à 8 h',
  '[crochets]',
  'a:b',
];

function randomPage({ below, one, some, maybe }: ReturnType<typeof openRandom>): Profile {
  const day = () =>
    `2026-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`;
  const period = () => {
    const [start, end] = [day(), day()].toSorted();
    return { start: start!, end: end! };
  };
  const hours = (organizationId: string) => ({
    organizationId,
    availableTime: DAYS_OF_WEEK.filter(() => below(2) === 1).flatMap((it, index) =>
      one<AvailableTime[]>([
        [{ daysOfWeek: [it], allDay: true }],
        [{ daysOfWeek: [it], availableStartTime: '09:00', availableEndTime: '12:30' }],
        [
          { daysOfWeek: [it], availableStartTime: '08:15', availableEndTime: '12:00' },
          { daysOfWeek: [it], availableStartTime: '14:00', availableEndTime: `1${5 + (index % 4)}:30` },
        ],
      ]),
    ),
    notAvailable: maybe(() => some(TEXTS, 2).map((description) => ({ description, during: period() }))),
  });
  const page = {
    ways: Object.fromEntries(WAYS_OF_PRACTISING.map((it) => [it, one([true, false, undefined])])),
    acts: maybe(() => some(EVERY_ACT, 4).map((it) => it.code)),
    ownWords: maybe(() => some(TEXTS, 4)),
    equipment: maybe(() => some(TEXTS, 4)),
    languages: maybe(() => some([...LANGUAGES.keys()], 5)),
    accessibility: maybe(() => some(Object.keys(ACCESSIBILITY), 4)),
    hours: maybe(() => PLACES.slice(0, 1 + below(2)).map(hours)),
    homeVisitArea: maybe(() => ({
      communeCodes: some(['43157', '43152', '38544', '56260'], 3),
      radiusKm: 1 + below(100),
    })),
    awayPeriods: maybe(() =>
      Array.from({ length: 1 + below(3) }, () => ({
        ...period(),
        message: maybe(() => one(TEXTS)),
        replacement: maybe(() => one([{ rpps: '99000000009' }, { name: one(TEXTS) }])),
      })),
    ),
    preferredMailbox: maybe(() => 'a.b@exemple.mssante.fr'),
    sending: maybe(() => some(TEXTS, 2).map((what) => ({ what, where: one(TEXTS) }))),
    remarks: maybe(() => one(TEXTS)),
  };
  return ProfileSchema.parse(JSON.parse(JSON.stringify(page)));
}

test('whatever a page says, its cells read back to the same page', () => {
  const random = openRandom(20_261_121);
  for (let index = 0; index < 1000; index += 1) {
    const page = randomPage(random);
    const cells = writePageCells(page, (id) => (id === PLACES[0] ? 'CABINET | DU [CENTRE]' : undefined));
    const { said, faults } = readPageCells(cells, context);
    expect(faults, JSON.stringify(cells)).toEqual([]);
    expect(ProfileSchema.parse(applySaid({}, said)), JSON.stringify(cells)).toEqual(page);
  }
});

test('every act, language and accessibility is read by its name', () => {
  const named = {
    acts: EVERY_ACT.map((it) => it.code),
    languages: [...LANGUAGES.keys()],
    accessibility: Object.keys(ACCESSIBILITY),
  };
  for (const [column, codes] of Object.entries(named)) {
    for (const code of codes) {
      const cells = writePageCells({ [column]: [code] } as Profile, () => undefined);
      expect(readPageCells(cells, context).said).toEqual({ [column]: [code] });
    }
  }
});

test.each<[SpreadsheetCells, object]>([
  [
    { homeVisits: 'X', nightDuty: 'Non', telecare: 'effacer' },
    { 'ways.homeVisits': true, 'ways.nightDuty': false, 'ways.telecare': null },
  ],
  [{ acts: 'kiné respi, périnée' }, { acts: ['kinesitherapie-respiratoire', 'kinesitherapie-perineale'] }],
  [{ languages: 'Anglais; arabe' }, { languages: ['en', 'ar'] }],
  [{ homeVisitCommunes: 'Polignac, Le Puy en Velay' }, { homeVisitCommunes: ['43152', '43157'] }],
  [{ homeVisitCommunes: '43152|Vals-près-le-Puy' }, { homeVisitCommunes: ['43152', '43251'] }],
  [{ homeVisitRadius: '15 km' }, { homeVisitRadius: 15 }],
  [
    { hours: '[1430000018] lundi-vendredi 9h-12h 14h-18h30 ; sam 9h-12h' },
    {
      hours: [
        {
          organizationId: '1430000018',
          availableTime: [
            {
              daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'],
              availableStartTime: '09:00',
              availableEndTime: '12:00',
            },
            {
              daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'],
              availableStartTime: '14:00',
              availableEndTime: '18:30',
            },
            { daysOfWeek: ['sat'], availableStartTime: '09:00', availableEndTime: '12:00' },
          ],
        },
      ],
    },
  ],
  [
    { awayStart: '24/12/2026', awayEnd: '2027-01-02', awayMessage: 'Congés' },
    { awayPeriods: [{ start: '2026-12-24', end: '2027-01-02', message: 'Congés' }] },
  ],
])('%j is read', (cells, said) => {
  expect(readPageCells(cells, context)).toEqual({ said, faults: [] });
});

test.each<[SpreadsheetCells, string]>([
  [{ homeVisits: 'peut-être' }, 'oui, non'],
  [{ acts: 'alchimie' }, '«\u00a0alchimie\u00a0» n’est pas un acte'],
  [{ languages: 'elfique' }, 'langue'],
  [{ homeVisitCommunes: 'Nulle-Part' }, 'n’est pas une commune'],
  [{ homeVisitCommunes: 'Saint-Denis' }, 'écrivez le code INSEE'],
  [{ homeVisitCommunes: '99999' }, '99999'],
  [{ homeVisitRadius: '0' }, 'de 1 à 100'],
  [{ hours: 'lun-ven 9h-12h' }, 'plusieurs lieux'],
  [{ hours: '[1430000018] lun-ven de 9 à midi' }, 'écrivez par exemple'],
  [{ hours: '[1430000018] lun 12h-9h' }, 'écrivez par exemple'],
  [{ hours: '[1] lun 9h-12h' }, 'n’est pas un lieu d’exercice'],
  [{ awayStart: '31/02/2026', awayEnd: '01/03/2026' }, '24/12/2026'],
  [{ awayStart: '02/03/2026', awayEnd: '01/03/2026' }, 'finit avant'],
  [{ awayMessage: 'Congés' }, 'premier et un dernier jour'],
  [{ preferredMailbox: 'chez moi' }, 'adresse'],
  [{ sending: 'tout' }, 'comptes rendus'],
  [{ ownWords: 'a'.repeat(81) }, '80'],
])('%j is told to be wrong', (cells, detail) => {
  const { said, faults } = readPageCells(cells, context);
  expect(said).toEqual({});
  expect(faults.map((it) => it.detail).join(' ')).toContain(detail);
});
