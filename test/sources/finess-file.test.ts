import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { SourceLine } from '#domain/source.ts';
import { openSourceFile } from '#sources/open-source-file.ts';
import { readErrorOf, readLinesOf, writeOfficialFile } from './official-files.ts';

type Fields = Record<string, unknown>;

function adresse(fields: Fields = {}): Fields {
  return {
    usageAdresse: '03',
    numeroVoie: '62',
    typeVoie: 'AV',
    libelleVoie: 'DE JASSERON',
    cogCommune: '01053',
    ligneAcheminement: 'BOURG EN BRESSE',
    codePostal: '01000',
    ...fields,
  };
}

function ege(fields: Fields = {}, general: Fields = {}): Fields {
  return {
    informationsGeneralesEGE: {
      egeId: '1',
      nomEgeCourt: 'CLINIQUE FICTIVE',
      nomEgeLong: 'CLINIQUE DOCTEUR FICTIF',
      numFinessEge: '990000011',
      siret: '99999999900012',
      ...general,
    },
    categorieentiteGeographiqueExercice: '365',
    adresse: [adresse()],
    contact: [{ typeContact: { roleContact: '01' }, telecom: { telephone: '0400000000' } }],
    etatObjet: 'A',
    ...fields,
  };
}

function pmej(...establishments: unknown[]): Fields {
  return {
    informationsGeneralesPMEJ: { pmSmsseId: '1', numFinessPm: '990000010', siren: '999999999' },
    adresse: [adresse({ usageAdresse: '02' })],
    ege: establishments,
    etatObjet: 'A',
  };
}

function finess(entities: unknown, head: Fields = { generatedAt: '2026-03-09T15:49:37.615611300Z' }): string {
  return JSON.stringify(
    {
      schemaVersion: 'v1.0.0',
      ...head,
      gcc: [{ gccId: '1', nomGcc: 'a "{ [ \\ pmej' }],
      gco: [],
      pmej: entities,
    },
    null,
    2,
  );
}

async function readEge(fields: Fields = {}, general: Fields = {}): Promise<SourceLine> {
  const lines = await readLinesOf('finess', finess([pmej(ege(fields, general))]));
  expect(lines).toHaveLength(2);
  return lines[1]!;
}

async function readOrganization(fields: Fields = {}, general: Fields = {}) {
  const line = await readEge(fields, general);
  if (!('record' in line)) throw new Error(`not a record: ${JSON.stringify(line)}`);
  return line.record.organization!;
}

describe('establishments', () => {
  test('an open establishment is an organization, with its legal entity', async () => {
    expect(await readEge()).toEqual({
      record: {
        line: 1,
        organization: {
          id: '1990000011',
          finess: '990000011',
          finessJuridique: '990000010',
          siret: '99999999900012',
          siren: '999999999',
          name: 'CLINIQUE DOCTEUR FICTIF',
          tradeName: 'CLINIQUE FICTIVE',
          categoryCode: '365',
          secteurActivite: null,
          address: {
            recipient: null,
            geographicPoint: null,
            street: '62 Avenue DE JASSERON',
            distribution: null,
            postcode: '01000',
            isCedex: false,
            communeCode: '01053',
            locality: null,
            departementCode: '01',
            countryCode: null,
          },
          phone: '0400000000',
          fax: null,
          email: null,
          latitude: null,
          longitude: null,
        },
      },
    });
  });

  test.each([
    ['inactive', { etatObjet: 'I' }, {}],
    ['closed on a date though active', {}, { dateFermeture: '2010-01-01' }],
    ['without a state', { etatObjet: null }, {}],
  ])('an establishment that is %s is ignored', async (_, fields, general) => {
    expect(await readEge(fields, general)).toEqual({ ignored: 'closed-establishment' });
  });

  test('a closing date of null or blanks is none', async () => {
    expect(await readEge({}, { dateFermeture: null })).toHaveProperty('record');
    expect(await readEge({}, { dateFermeture: ' ' })).toHaveProperty('record');
  });

  test('each legal entity is counted apart, with or without establishments', async () => {
    const lines = await readLinesOf(
      'finess',
      finess([pmej(), pmej(ege(), ege({ etatObjet: 'I' })), { ege: null }]),
    );
    expect(lines.map((line) => ('ignored' in line ? line.ignored : Object.keys(line)[0]))).toEqual([
      'legal-entity',
      'legal-entity',
      'record',
      'closed-establishment',
      'legal-entity',
    ]);
  });

  test('`line` is the ordinal of the legal entity', async () => {
    const lines = await readLinesOf('finess', finess([pmej(), pmej(ege(), ege({}, { numFinessEge: 'x' }))]));
    expect(lines).toMatchObject([
      {},
      {},
      { record: { line: 2 } },
      { rejection: { line: 2, column: 'numFinessEge' } },
    ]);
  });

  test('the names of the published schema and those of the published file are both read', async () => {
    const bySchema = {
      informationsGeneralesPmej: { numFinessPm: '990000010', siren: '999999999' },
      ege: [
        {
          informationsGeneralesEge: { numFinessEge: '990000011', nomEgeLong: 'CLINIQUE' },
          categorieEntiteGeographiqueExercice: {
            code: '365',
            system: 'https://mos.esante.gouv.fr/NOS/tre_r397',
          },
          etatObjet: { code: 'A' },
          siret: '99999999900012',
          adresse: [adresse()],
        },
      ],
    };
    const lines = await readLinesOf('finess', finess([bySchema]));
    expect(lines[1]).toMatchObject({
      record: {
        organization: {
          id: '1990000011',
          finessJuridique: '990000010',
          siret: '99999999900012',
          categoryCode: '365',
          tradeName: null,
        },
      },
    });
  });

  test('the address of use 03 is where it is, wherever it stands in the list', async () => {
    const { address } = await readOrganization({
      adresse: [adresse({ usageAdresse: '06', cogCommune: '75101', codePostal: '75001' }), adresse()],
    });
    expect(address.communeCode).toBe('01053');
  });

  test('without an address of use 03 there is none', async () => {
    const organization = await readOrganization({ adresse: [adresse({ usageAdresse: '06' })] });
    expect(organization.address).toMatchObject({ communeCode: null, postcode: null, street: null });
  });

  test('padding is no part of a value', async () => {
    const organization = await readOrganization(
      {
        adresse: [
          adresse({ typeVoie: 'R   ', libelleVoie: 'AIME VINGTRINIER     ', complementVoie: 'B   ' }),
        ],
      },
      { nomEgeLong: 'SMUR FICTIF                  ' },
    );
    expect(organization).toMatchObject({
      name: 'SMUR FICTIF',
      address: { street: '62 B Rue AIME VINGTRINIER' },
    });
  });

  test('of two telephones in one field the first is kept', async () => {
    const contact = [{ telecom: { telephone: '0690000000/0590000000', courriel: 'Accueil@Fictif.FR' } }];
    expect(await readOrganization({ contact })).toMatchObject({
      phone: '0690000000',
      email: 'accueil@fictif.fr',
    });
  });

  test('a Corsican number is a FINESS number', async () => {
    expect(await readOrganization({}, { numFinessEge: '2a0000111' })).toMatchObject({
      id: '12A0000111',
      finess: '2A0000111',
    });
  });

  test('an unlisted category is accepted and reported', async () => {
    expect(await readEge({ categorieentiteGeographiqueExercice: '9999' })).toMatchObject({
      record: { unlistedCodes: [{ list: 'categorieEtablissement', code: '9999', label: '9999' }] },
    });
  });

  test.each([
    ['without a number', {}, { numFinessEge: null }, 'value-missing', 'numFinessEge'],
    [
      'with a number of 8 characters',
      {},
      { numFinessEge: '99000001' },
      'identifier-malformed',
      'numFinessEge',
    ],
    ['without a name', {}, { nomEgeCourt: ' ', nomEgeLong: null }, 'value-missing', 'nomEgeLong'],
    ['with an endless name', {}, { nomEgeLong: 'x'.repeat(2001) }, 'too-long', 'nomEgeLong'],
    ['with a NUL', {}, { nomEgeLong: 'A\0B' }, 'not-json', 'nomEgeLong'],
    ['with half of a character', {}, { nomEgeLong: 'A\ud800B' }, 'not-json', 'nomEgeLong'],
    [
      'with a patient address',
      { contact: [{ telecom: { courriel: '279035121518989@patient.mssante.fr' } }] },
      {},
      'patient-address',
      'courriel',
    ],
    [
      'with a patient address for a category',
      { categorieentiteGeographiqueExercice: '279035121518989@patient.mssante.fr' },
      {},
      'patient-address',
      'categorieentiteGeographiqueExercice',
    ],
    [
      'with a patient address for a number',
      {},
      { numFinessEge: '279035121518989@patient.mssante.fr' },
      'patient-address',
      'numFinessEge',
    ],
  ])('an open establishment %s is rejected', async (_, fields, general, reason, column) => {
    const line = await readEge(fields, general);
    expect(line).toMatchObject({ rejection: { source: 'finess', line: 1, reason, column } });
    expect(JSON.stringify(line)).not.toContain('279035');
  });

  test('a patient address that stands where an object should is not repeated', async () => {
    const lines = await readLinesOf('finess', finess([{ ege: ['279035121518989@patient.mssante.fr'] }]));
    expect(lines.at(-1)).toMatchObject({ rejection: { reason: 'not-json' } });
    expect(JSON.stringify(lines)).not.toContain('279035');
  });

  test('what is not an object is rejected, the rest is read', async () => {
    const lines = await readLinesOf('finess', finess([['x'], pmej('x', ege()), { ege: 'x' }]));
    expect(lines.map((line) => ('rejection' in line ? line.rejection.reason : Object.keys(line)[0]))).toEqual(
      ['not-json', 'ignored', 'not-json', 'record', 'ignored', 'not-json'],
    );
  });
});

describe('coordinates', () => {
  const metres = ['6570414.61', '873766.07'];
  test.each([
    ['degrees in direction*', [...metres, '46.211257', '5.254203'], [46.211257, 5.254203]],
    [
      'degrees in coordonnee* (X longitude)',
      ['5.254203', '46.211257', '6570414.61', '873766.07'],
      [46.211257, 5.254203],
    ],
    [
      'degrees in coordonnee* (X latitude)',
      ['46.211257', '5.254203', '873766.07', '6570414.61'],
      [46.211257, 5.254203],
    ],
    [
      'degrees the wrong way round in direction*',
      [...metres, '5.254203', '46.211257'],
      [46.211257, 5.254203],
    ],
    ['a negative longitude', [...metres, '48.39', '-4.49'], [48.39, -4.49]],
    [
      'La Réunion, whose metres are of another projection',
      ['340000.5', '7650000.2', '-21.2', '55.489104'],
      [-21.2, 55.489104],
    ],
    ['Guadeloupe', ['1', '2', '16.24', '-61.53'], [16.24, -61.53]],
    ['Guyane', ['1', '2', '4.93', '-52.33'], [4.93, -52.33]],
    ['Mayotte', ['1', '2', '-12.78', '45.22'], [-12.78, 45.22]],
    ['Saint-Pierre-et-Miquelon', ['1', '2', '46.77', '-56.17'], [46.77, -56.17]],
    ['Nouvelle-Calédonie', ['166.4572', '-22.2758', '1', '2'], [-22.2758, 166.4572]],
    ['Polynésie', ['-149.5665', '-17.5334', '1', '2'], [-17.5334, -149.5665]],
    ['Wallis', ['-176.1749', '-13.2825', '1', '2'], [-13.2825, -176.1749]],
    ['decimal commas', ['5,254203', '46,211257', '', ''], [46.211257, 5.254203]],
    [
      'metres only: unknown, not a point at sea',
      ['873766.07', '6570414.61', '873766.07', '6570414.61'],
      [null, null],
    ],
    ['zero, zero', ['0', '0', '0', '0'], [null, null]],
    ['words', ['12 RUE', '46.2', '', ''], [null, null]],
  ])(
    '%s',
    async (_, [coordonneeX, coordonneeY, directionLatitude, directionLongitude], [latitude, longitude]) => {
      const coordonneesGeographique = { coordonneeX, coordonneeY, directionLatitude, directionLongitude };
      const organization = await readOrganization({ adresse: [adresse({ coordonneesGeographique })] });
      expect(organization).toMatchObject({ latitude, longitude });
    },
  );

  test.each([
    ['01053', null],
    ['01053_1950', 46.211257],
    ['01053_1950_00062', 46.211257],
  ])(
    'the point of the address base key %s is kept unless it is the middle of the commune',
    async (cleInInteropBAN, latitude) => {
      const coordonneesGeographique = {
        directionLatitude: '46.211257',
        directionLongitude: '5.254203',
        cleInInteropBAN,
      };
      expect(await readOrganization({ adresse: [adresse({ coordonneesGeographique })] })).toMatchObject({
        latitude,
      });
    },
  );
});

describe('the file', () => {
  const EXPECTED = ['legal-entity', 'record'];
  const kinds = (lines: SourceLine[]) =>
    lines.map((line) => ('ignored' in line ? line.ignored : Object.keys(line)[0]!));

  test.each([
    ['gzipped', gzipSync(finess([pmej(ege())]))],
    ['with a byte order mark', `\ufeff${finess([pmej(ege())])}`],
    ['on one line', JSON.stringify(JSON.parse(finess([pmej(ege())])))],
    ['with pmej first', JSON.stringify({ pmej: [pmej(ege())], gco: [], gcc: [{ pmej: [pmej(ege())] }] })],
  ])('%s is read', async (_, content) => {
    expect(kinds(await readLinesOf('finess', content))).toEqual(EXPECTED);
  });

  test('many entities, cut anywhere by the chunks, with escapes and brackets in texts, are all whole', async () => {
    const names = Array.from(
      { length: 4000 },
      (_, index) => `É"\\${'\\'.repeat(index % 5)}{[]}"é${'x'.repeat(index % 97)} ${index}`,
    );
    const lines = await readLinesOf(
      'finess',
      finess(names.map((name) => pmej(ege({}, { nomEgeLong: name })))),
    );
    const read = lines.flatMap((line) => ('record' in line ? [line.record.organization!.name] : []));
    expect(read).toEqual(names);
  });

  test('its date is `generatedAt`, else that of its name', async () => {
    const name = 'finess-structures-journalier-20260310.json';
    await using file = await openSourceFile('finess', await writeOfficialFile(name, finess([pmej(ege())])));
    expect(file.publishedAt).toBe('2026-03-09T15:49:37.615Z');
    await using undated = await openSourceFile('finess', await writeOfficialFile(name, finess([pmej()], {})));
    expect(undated.publishedAt).toBe('2026-03-10');
  });

  const whole = finess([pmej(ege()), pmej(ege())]);
  test.each([
    ['empty', '', 'is empty'],
    ['not JSON', 'finess;etalab;95;2026-05-12', 'not one JSON object'],
    ['an HTML page', '<!doctype html><html></html>', 'not one JSON object'],
    ['an array', '[1]', 'not one JSON object'],
    ['without pmej', '{"gco":[],"gcc":[]}', 'no array "pmej"'],
    ['with a pmej that is no array', '{"pmej":{"ege":[]}}', 'no array "pmej"'],
    ['with an empty pmej', '{"pmej":[]}', 'is empty'],
    ['with text after its end', `${finess([])} x`, 'follows the end'],
    ['two objects', '{"gco":[]}{"pmej":[]}', 'not one JSON object'],
    ['with words for entities', '{"pmej":["a", {"ege":[]}]}', 'not an object'],
  ])('%s is refused before any line', async (_, content, said) => {
    const error = await readErrorOf('finess', content);
    expect(error).toMatchObject({ code: 'source-file-invalid', linesBefore: 0 });
    expect(error.message).toContain(said);
  });

  test('cut, it says after which element', async () => {
    const error = await readErrorOf('finess', whole.slice(0, -200));
    expect(error.code).toBe('source-file-invalid');
    expect(error.message).toContain('the file is cut (after element 1 of "pmej")');
  });

  test('with an element that is not JSON, it says which', async () => {
    const error = await readErrorOf('finess', '{"pmej":[{"ege":[]},{"ege":[}]}');
    expect(error.message).toMatch(/element|cut/);
    const broken = await readErrorOf('finess', '{"pmej":[{"ege":[]},{"ege": nul}]}');
    expect(broken.message).toContain('element 2 of "pmej" is not JSON');
  });

  test('that is not UTF-8 is refused', async () => {
    const error = await readErrorOf(
      'finess',
      Buffer.from(finess([pmej(ege({}, { nomEgeLong: 'É' }))]), 'latin1'),
    );
    expect(error.message).toContain('not UTF-8');
  });
});
