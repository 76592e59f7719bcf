import { describe, expect, test } from 'vitest';
import {
  MSSANTE_HEADER,
  mssanteRow,
  mssanteText,
  readErrorOf,
  readLinesOf,
  readRecordOf,
  readRecordsOf,
  readRejectionsOf,
  RPPS,
} from './official-files.ts';

const ORG = {
  'Type de BAL': 'ORG',
  'Adresse BAL': 'cardiologie@chi-fictif.mssante.fr',
  'Type Identifiant PP': '',
  'Identifiant PP': '',
  'Identification nationale PP': '',
  "Nom d'exercice": '',
  "Prénom d'exercice": '',
  'Type identifiant structure': 'FINESS',
  'Identification Structure': '990000011',
  'Service de rattachement': 'Cardiologie',
  'Raison Sociale structure BAL': 'CHI FICTIF',
  'L2COMPLEMENTLOCALISATION structure BAL': 'Bâtiment A',
  'L4NUMEROVOIE structure BAL': '2',
  'NL4TYPEVOIE structure BAL': 'FG',
  'L4LIBELLEVOIE structure BAL': 'SAINT ETIENNE',
  'L5LIEUDITMENTION structure BAL': 'CS 10329',
  'L6LIGNEACHEMINEMENT structure BAL': 'PONTARLIER CEDEX',
  'Code postal structure BAL': '25304',
  'Pays structure BAL': 'France',
};

describe('mailboxes and what holds them', () => {
  test('a person’s mailbox', async () => {
    const row = mssanteRow({
      'Adresse BAL': 'Camille.FICTIF@Medecin.MSSante.fr',
      "Civilité d'exercice": 'Docteur',
      'Code Profession': '10',
      'Code savoir-faire': 'SM53',
      Dématérialisation: 'O',
    });
    expect(await readRecordOf('mssante', mssanteText(row))).toEqual({
      line: 2,
      mailbox: { address: 'camille.fictif@medecin.mssante.fr', type: 'PER', dematerialisation: true },
      holder: {
        address: 'camille.fictif@medecin.mssante.fr',
        practitionerId: `8${RPPS}`,
        familyName: 'FICTIF',
        givenNames: 'Camille',
        civiliteExercice: 'DR',
        professionCode: '10',
        savoirFaireCode: 'SM53',
        organizationId: null,
        serviceName: null,
      },
    });
  });

  test('a service’s mailbox, with its structure and the commune behind its CEDEX', async () => {
    const record = await readRecordOf('mssante', mssanteText(mssanteRow(ORG)));
    expect(record).toMatchObject({
      mailbox: { type: 'ORG', dematerialisation: null },
      holder: {
        practitionerId: null,
        familyName: null,
        organizationId: '1990000011',
        serviceName: 'Cardiologie',
      },
      organization: {
        id: '1990000011',
        finess: '990000011',
        name: 'CHI FICTIF',
        address: {
          recipient: 'Bâtiment A',
          street: '2 Faubourg SAINT ETIENNE',
          distribution: 'CS 10329',
          postcode: '25304',
          isCedex: true,
          communeCode: '25462',
          countryCode: null,
        },
      },
    });
  });

  test('one address on several lines is as many holders', async () => {
    const rows = [mssanteRow({ 'Code Profession': '10' }), mssanteRow({ 'Code Profession': '40' })];
    const records = await readRecordsOf('mssante', mssanteText(...rows));
    expect(records.map((record) => record.holder?.professionCode)).toEqual(['10', '40']);
    expect(new Set(records.map((record) => record.mailbox?.address)).size).toBe(1);
  });

  test.each(['PER', 'ORG', 'APP', 'CAB', 'per'])('the type %s is known', async (type) => {
    const record = await readRecordOf('mssante', mssanteText(mssanteRow({ 'Type de BAL': type })));
    expect(record.mailbox?.type).toBe(type.toUpperCase());
  });

  test('a structure stated twice in the same words is given once, otherwise each time', async () => {
    const rows = [
      ORG,
      { ...ORG, 'Adresse BAL': 'urgences@chi-fictif.mssante.fr', 'Service de rattachement': 'Urgences' },
      { ...ORG, 'Identification Structure': '990000012' },
      { ...ORG, 'Pays structure BAL': 'Guadeloupe' },
    ];
    const records = await readRecordsOf('mssante', mssanteText(...rows.map((row) => mssanteRow(row))));
    const ids = ['1990000011', '1990000011', '1990000012', '1990000011'];
    expect(records.map((record) => record.holder?.organizationId)).toEqual(ids);
    expect(records.map((record) => record.organization?.id)).toEqual([ids[0], undefined, ids[2], ids[3]]);
  });

  test('an address of another domain than mssante.fr is a mailbox too (Apicrypt gateway)', async () => {
    const address = 'camille.fictif@interop-mssante.apicrypt.org';
    const record = await readRecordOf('mssante', mssanteText(mssanteRow({ 'Adresse BAL': address })));
    expect(record.mailbox?.address).toBe(address);
  });

  test('a person whom only the establishment identifies is a holder by name', async () => {
    const row = mssanteRow({
      'Type Identifiant PP': '3',
      'Identifiant PP': '990000011/A12',
      'Identification nationale PP': '3990000011/A12',
    });
    const { holder } = await readRecordOf('mssante', mssanteText(row));
    expect(holder).toMatchObject({ practitionerId: null, familyName: 'FICTIF' });
  });

  test('the file may end its lines with a separator', async () => {
    expect(await readRecordsOf('mssante', `${MSSANTE_HEADER}|\n${mssanteRow()}|\n`)).toHaveLength(1);
  });

  test.each([
    ['O', true],
    ['oui', true],
    ['true', true],
    ['1', true],
    ['N', false],
    ['False', false],
    ['', null],
    ['?', null],
  ])('dématérialisation "%s" → %s', async (published, dematerialisation) => {
    const record = await readRecordOf('mssante', mssanteText(mssanteRow({ Dématérialisation: published })));
    expect(record.mailbox?.dematerialisation).toBe(dematerialisation);
  });

  test.each([
    ['Docteur', 'DR'],
    ['PR', 'PR'],
    ['Médecin chef', 'MC'],
    ['Monsieur', null],
  ])('the civility "%s" is read as code or label', async (published, code) => {
    const { holder } = await readRecordOf(
      'mssante',
      mssanteText(mssanteRow({ "Civilité d'exercice": published })),
    );
    expect(holder?.civiliteExercice).toBe(code);
  });
});

describe('the structure of a mailbox, whose type of identifier is spelled in an unknown way', () => {
  test.each([
    ['FINESS', '990000011', '1990000011'],
    ['1', '990000011', '1990000011'],
    ['N° FINESS', '2B0000111', '12B0000111'],
    ['SIRET', '99999999900012', '399999999900012'],
    ['3', '999 999 999 00012', '399999999900012'],
    ['RPPS-rang', '89900000012001', '489900000012001'],
    ['4', '89900000012001', '489900000012001'],
    ['Identifiant cabinet ADELI', '99000000101', '099000000101'],
    ['0', '99000000101', '099000000101'],
    ['SIREN', '999999999', '2999999999'],
    ['40', '1990000011', '1990000011'],
    ['40', '399999999900012', '399999999900012'],
    ['40', '489900000012001', '489900000012001'],
    ['', '990000011', '1990000011'],
    ['', '99999999900012', '399999999900012'],
    ['?', 'F990000011', '1990000011'],
    ['', 'R10100000999999', 'tR10100000999999'],
    ['FINESS', '99999999900012', '399999999900012'],
  ])('"%s" %s → %s', async (type, number, id) => {
    const row = mssanteRow({
      ...ORG,
      'Type identifiant structure': type,
      'Identification Structure': number,
    });
    const record = await readRecordOf('mssante', mssanteText(row));
    expect(record.organization?.id).toBe(id);
    expect(record.holder?.organizationId).toBe(id);
  });

  test('without an identifier its name and address make one', async () => {
    const row = mssanteRow({ ...ORG, 'Type identifiant structure': '', 'Identification Structure': '' });
    expect((await readRecordOf('mssante', mssanteText(row))).organization?.id).toMatch(/^x[0-9a-f]{32}$/);
  });

  test.each(['France', 'FRANCE', '99100', 'La Réunion', ''])('"%s" is not abroad', async (pays) => {
    const row = mssanteRow({ ...ORG, 'Pays structure BAL': pays });
    expect((await readRecordOf('mssante', mssanteText(row))).organization?.address.communeCode).toBe('25462');
  });

  test.each([
    ['99109', '99109'],
    ['Allemagne', null],
  ])('"%s" is abroad: its postcode is not taken for a French one', async (pays, countryCode) => {
    const row = mssanteRow({ ...ORG, 'Pays structure BAL': pays });
    const { organization } = await readRecordOf('mssante', mssanteText(row));
    expect(organization?.address).toMatchObject({ communeCode: null, departementCode: null, countryCode });
  });
});

describe('lines that are refused', () => {
  test.each([
    ['279035121518989@patient.mssante.fr', 'Adresse BAL'],
    ['279035121518989@PATIENT.mssante.fr ', 'Adresse BAL'],
    ['Espace de 279035121518989 @ patient.mssante.fr', 'Service de rattachement'],
    ['279035121518989%40patient.mssante.fr', 'Service de rattachement'],
    ['279035121518989\uff20patient.mssante.fr', "Nom d'exercice"],
  ])('a patient address (%#) is refused, and appears in no output', async (value, column) => {
    const lines = await readLinesOf('mssante', mssanteText(mssanteRow({ [column]: value })));
    expect(lines).toMatchObject([{ rejection: { reason: 'patient-address', column } }]);
    expect(JSON.stringify(lines)).not.toContain('279035');
  });

  test('a patient address is found behind an ordinary one of the same cell or line', async () => {
    const values = [
      { "Nom d'exercice": 'fictif@exemple.fr 279035121518989@patient.mssante.fr' },
      { 'Pays structure BAL': '279035121518989@patient.mssante.fr' },
    ];
    const lines = await readLinesOf('mssante', mssanteText(...values.map((it) => mssanteRow(it))));
    expect(lines).toMatchObject(
      values.map((it) => ({ rejection: { reason: 'patient-address', column: Object.keys(it)[0] } })),
    );
  });

  test('the identity of a patient stands in no reason of a rejection', async () => {
    const rows = [{ 'Type de BAL': '279035121518989' }, { 'Identifiant PP': '279035121518989' }];
    const lines = await readLinesOf('mssante', mssanteText(...rows.map((row) => mssanteRow(row))));
    expect(lines).toMatchObject([{ rejection: {} }, { rejection: {} }]);
    expect(JSON.stringify(lines)).not.toContain('279035');
  });

  test('a patient address in the header refuses the file, and is not repeated', async () => {
    const header = `${MSSANTE_HEADER}|279035121518989@patient.mssante.fr`;
    const error = await readErrorOf('mssante', `${header}\n${mssanteRow()}|\n`);
    expect(error).toMatchObject({ code: 'source-file-invalid', linesBefore: 0 });
    expect(error.message).toContain('patient address');
    expect(error.message).not.toContain('279035');
  });

  test('of several patient addresses the first column is named', async () => {
    const values = {
      'Adresse BAL': '279035121518989%40patient.mssante.fr',
      "Nom d'exercice": '279035121518989@patient.mssante.fr',
    };
    const lines = await readLinesOf('mssante', mssanteText(mssanteRow(values)));
    expect(lines).toMatchObject([{ rejection: { reason: 'patient-address', column: 'Adresse BAL' } }]);
  });

  test('a million at signs in a line are read through at once', async () => {
    const row = mssanteRow({ 'Service de rattachement': 'é@'.repeat(1_000_000) });
    expect(await readLinesOf('mssante', mssanteText(row))).toMatchObject([
      { rejection: { reason: 'too-long' } },
    ]);
  });

  test('a patient address in a line that is bad in other ways is not repeated either', async () => {
    const lines = await readLinesOf('mssante', mssanteText('PER|279035121518989@patient.mssante.fr|x'));
    expect(lines).toMatchObject([{ rejection: { reason: 'patient-address' } }]);
    expect(JSON.stringify(lines)).not.toContain('279035');
  });

  test.each([
    [{ 'Type de BAL': 'XXX' }, 'code-unknown', 'Type de BAL'],
    [{ 'Type de BAL': '' }, 'code-unknown', 'Type de BAL'],
    [{ 'Adresse BAL': 'pas une adresse' }, 'address-malformed', 'Adresse BAL'],
    [{ 'Adresse BAL': 'a@b.mssante.fr;c@d.mssante.fr' }, 'address-malformed', 'Adresse BAL'],
    [{ 'Adresse BAL': '' }, 'value-missing', 'Adresse BAL'],
    [{ 'Identifiant PP': '1' }, 'identifier-malformed', 'Identification nationale PP'],
    [
      {
        'Type Identifiant PP': '',
        'Identifiant PP': '',
        'Identification nationale PP': '',
        "Nom d'exercice": '',
      },
      'value-missing',
      "Nom d'exercice",
    ],
  ])('%j → %s', async (values, reason, column) => {
    const rejections = await readRejectionsOf(
      'mssante',
      mssanteText(mssanteRow(values as Record<string, string>)),
    );
    expect(rejections).toMatchObject([{ source: 'mssante', line: 2, reason, column }]);
  });
});
