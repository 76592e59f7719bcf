import { describe, expect, test } from 'vitest';
import {
  DIPLOMES_HEADER,
  diplomesRow,
  readRecordOf,
  readRecordsOf,
  readRejectionsOf,
  RPPS,
  SAVOIR_FAIRE_HEADER,
  savoirFaireRow,
} from './official-files.ts';

const savoirFaireText = (...rows: string[]) => [SAVOIR_FAIRE_HEADER, ...rows, ''].join('\n');
const diplomesText = (...rows: string[]) => [DIPLOMES_HEADER, ...rows, ''].join('\n');

describe('the file of the savoir-faire', () => {
  test('each line is one savoir-faire, and states nothing else of the person', async () => {
    const records = await readRecordsOf(
      'savoir-faire',
      savoirFaireText(
        savoirFaireRow(),
        savoirFaireRow({ 'Code type savoir-faire': 'C', 'Code savoir-faire': 'C45' }),
      ),
    );
    expect(records.map((record) => record.savoirFaire)).toEqual([
      { practitionerId: `8${RPPS}`, professionCode: '10', type: 'S', code: 'SM53' },
      { practitionerId: `8${RPPS}`, professionCode: '10', type: 'C', code: 'C45' },
    ]);
    expect(records[0]).not.toHaveProperty('practitioner');
  });

  test.each(['Code profession', 'Code type savoir-faire', 'Code savoir-faire'])(
    'a line without "%s" is rejected as missing it',
    async (column) => {
      const [rejection] = await readRejectionsOf(
        'savoir-faire',
        savoirFaireText(savoirFaireRow({ [column]: '' })),
      );
      expect(rejection).toMatchObject({ source: 'savoir-faire', column, reason: 'value-missing' });
    },
  );

  test('an unlisted savoir-faire is reported', async () => {
    const row = savoirFaireRow({ 'Code savoir-faire': 'SM999', 'Libellé savoir-faire': 'Nouveau' });
    const record = await readRecordOf('savoir-faire', savoirFaireText(row));
    expect(record.unlistedCodes).toEqual([{ list: 'savoirFaire', code: 'SM999', label: 'Nouveau' }]);
  });
});

describe('the file of the diplomas and authorisations', () => {
  const DIPLOME = {
    'Code type diplôme obtenu': 'DE',
    'Code diplôme obtenu': 'DE28',
    'Libellé diplôme obtenu': 'DE docteur en médecine',
  };
  const AUTORISATION = {
    'Code type autorisation': 'AE01',
    'Libellé type autorisation': 'Autorisation ministérielle',
    'Code discipline autorisation': 'DI12',
    'Libellé discipline autorisation': 'Pédiatrie',
  };
  const diplome = {
    practitionerId: `8${RPPS}`,
    kind: 'diplome',
    type: 'DE',
    code: 'DE28',
    label: 'DE docteur en médecine',
  };
  const autorisation = {
    practitionerId: `8${RPPS}`,
    kind: 'autorisation',
    type: 'AE01',
    code: 'DI12',
    label: 'Pédiatrie',
  };

  test.each([
    ['a diploma', DIPLOME, [diplome]],
    ['an authorisation', AUTORISATION, [autorisation]],
    ['both', { ...DIPLOME, ...AUTORISATION }, [diplome, autorisation]],
    ['neither', {}, []],
  ])('a line may carry %s', async (_, values, qualifications) => {
    const record = await readRecordOf('diplomes', diplomesText(diplomesRow(values)));
    expect(record).toEqual({ line: 2, qualifications });
  });

  test('an authorisation without a discipline is known by its type', async () => {
    const row = diplomesRow({
      'Code type autorisation': 'AE01',
      'Libellé type autorisation': 'Autorisation',
    });
    const record = await readRecordOf('diplomes', diplomesText(row));
    expect(record.qualifications).toEqual([
      { practitionerId: `8${RPPS}`, kind: 'autorisation', type: 'AE01', code: 'AE01', label: 'Autorisation' },
    ]);
  });

  test('a line of nobody is rejected', async () => {
    const row = diplomesRow({ ...DIPLOME, 'Identification nationale PP': '' });
    expect(await readRejectionsOf('diplomes', diplomesText(row))).toMatchObject([
      { reason: 'value-missing' },
    ]);
  });
});
