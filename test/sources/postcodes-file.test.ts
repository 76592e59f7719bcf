import { describe, expect, test } from 'vitest';
import { readErrorOf, readLinesOf, readRecordOf, readRecordsOf } from './official-files.ts';

const DATANOVA =
  'code_commune_insee,nom,code_postal,libelle_d_acheminement,ligne_5,_geopoint,latitude,longitude';
const LA_POSTE = '#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5';

describe('the official postcodes', () => {
  test('the edition of La Poste: semicolons, Windows-1252, no coordinates', async () => {
    const text = `${LA_POSTE}\r\n01001;L ABERGEMENT CLEMENCIAT;01400;L ABERGEMENT CLEMENCIAT;\r\n`;
    expect(await readRecordOf('postcodes', Buffer.from(text, 'latin1'))).toEqual({
      line: 2,
      postcode: {
        postcode: '01400',
        communeCode: '01001',
        label: 'L ABERGEMENT CLEMENCIAT',
        line5: null,
        latitude: null,
        longitude: null,
      },
    });
  });

  test.each([0, 1, 2, 3, 4, 5])(
    'a patient address in column %i refuses the line, and is in no output',
    async (column) => {
      const cells = ['01001', 'Nom', '01400', 'LIBELLE', 'LIGNE 5', ''];
      cells[column] = `${cells[column]} 279035121518989@patient.mssante.fr`;
      const header = DATANOVA.replace(',latitude,longitude', '');
      const lines = await readLinesOf('postcodes', `${header}\n${cells.join(',')}\n`);
      expect(lines).toMatchObject([{ rejection: { reason: 'patient-address' } }]);
      expect(JSON.stringify(lines)).not.toContain('279035');
    },
  );

  test('a patient address in the header refuses the file, and is not repeated', async () => {
    const error = await readErrorOf('postcodes', `${DATANOVA},279035121518989@patient.mssante.fr\n01001\n`);
    expect(error).toMatchObject({ code: 'source-file-invalid', linesBefore: 0 });
    expect(error.message).not.toContain('279035');
  });

  test('the edition with coordinates: commas, quotes, UTF-8', async () => {
    const text = `${DATANOVA}\n2A004,Ajaccio,20000,AJACCIO,MEZZAVIA,"41.9347926638,8.70132275974",41.9347926638,8.70132275974\n`;
    const { postcode } = await readRecordOf('postcodes', text);
    expect(postcode).toEqual({
      postcode: '20000',
      communeCode: '2A004',
      label: 'AJACCIO',
      line5: 'MEZZAVIA',
      latitude: 41.9347926638,
      longitude: 8.70132275974,
    });
  });

  test.each([
    [
      '_geopoint only',
      'Code_commune_INSEE;Nom_commune;Code_postal;Libelle_acheminement;Ligne_5;coordonnees_gps',
      ';46.1, 4.9',
    ],
    [
      'two columns only',
      'code_commune_insee;nom_de_la_commune;code_postal;libelle_d_acheminement;ligne_5;latitude;longitude',
      ';46.1;4.9',
    ],
  ])('coordinates in %s', async (_, header, tail) => {
    const { postcode } = await readRecordOf('postcodes', `\ufeff${header}\n01001;X;01400;X;${tail}\n`);
    expect(postcode).toMatchObject({ latitude: 46.1, longitude: 4.9 });
  });

  test('coordinates that are none are null', async () => {
    const { postcode } = await readRecordOf('postcodes', `${DATANOVA}\n01001,X,01400,X,,"?,?",,\n`);
    expect(postcode).toMatchObject({ latitude: null, longitude: null });
  });

  test('a postcode that serves several communes is as many lines', async () => {
    const text = `${LA_POSTE}\n01001;A;01400;A;\n01028;B;01400;B;\n`;
    expect(await readRecordsOf('postcodes', text)).toHaveLength(2);
  });

  test.each([
    ['a postcode of four digits', '01001;A;1400;A;', 'identifier-malformed'],
    ['no postcode', '01001;A;;A;', 'identifier-malformed'],
    ['a commune code of four digits', '1001;A;01400;A;', 'identifier-malformed'],
    ['no label', '01001;A;01400;;', 'value-missing'],
    ['a cut line', '01001;A;014', 'wrong-column-count'],
  ])('%s is rejected and the others are read', async (_, bad, reason) => {
    const lines = await readLinesOf('postcodes', `${LA_POSTE}\n${bad}\n01028;B;01400;B;\n`);
    expect(lines).toMatchObject([{ rejection: { line: 2, reason } }, { record: { line: 3 } }]);
  });

  test.each([
    ['an empty file', '', 'empty'],
    ['a header only', `${LA_POSTE}\n`, 'not one line'],
    ['another file', 'a;b;c\n1;2;3\n', 'code commune insee'],
    ['an open quote', `${LA_POSTE}\n01001;"A;01400;A;\n`, 'Quote'],
  ])('%s is refused', async (_, content, said) => {
    const error = await readErrorOf('postcodes', content);
    expect(error).toMatchObject({ code: 'source-file-invalid', linesBefore: 0 });
    expect(error.message).toContain(said);
  });
});
