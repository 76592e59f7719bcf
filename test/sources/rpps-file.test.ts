import { describe, expect, test } from 'vitest';
import type { OrganizationRecord } from '#domain/records.ts';
import { readRecordOf, readRecordsOf, RPPS, RPPS_HEADER, rppsRow, rppsText } from './official-files.ts';

const HOSPITAL = {
  "Code civilité d'exercice": 'DR',
  'Code civilité': 'M',
  'Code type savoir-faire': 'S',
  'Code savoir-faire': 'SM53',
  'Code mode exercice': 'S',
  'Numéro SIRET site': '99999999900012',
  'Numéro FINESS site': '990000011',
  'Numéro FINESS établissement juridique': '990000010',
  'Identifiant technique de la structure': 'F990000011',
  'Raison sociale site': 'CHI FICTIF SITE NORD',
  'Numéro Voie (coord. structure)': '2',
  'Code type de voie (coord. structure)': 'FG',
  'Libellé type de voie (coord. structure)': 'Faubourg',
  'Libellé Voie (coord. structure)': 'SAINT ETIENNE',
  'Mention distribution (coord. structure)': 'CS 10329',
  'Bureau cedex (coord. structure)': '25304 PONTARLIER CEDEX',
  'Code postal (coord. structure)': '25304',
  'Code commune (coord. structure)': '25462',
  'Libellé commune (coord. structure)': 'Pontarlier',
  'Téléphone (coord. structure)': '03 81 00 00 00',
  'Télécopie (coord. structure)': '03.81.00.00.01',
  'Adresse e-mail (coord. structure)': 'Contact@CHI-fictif.fr',
  'Ancien identifiant de la structure': '1990000011',
  "Autorité d'enregistrement": 'CNOM/CNOM/ARS',
  "Code secteur d'activité": 'SA01',
  'Code rôle': 'FON-01',
  'Code genre activité': 'GENR01',
};

async function organizationOf(
  values: Readonly<Record<string, string>>,
): Promise<OrganizationRecord | undefined> {
  return (await readRecordOf('rpps', rppsText(rppsRow(values)))).organization;
}

describe('the shapes of published lines', () => {
  test('a hospital employee: person, role, savoir-faire, structure with a CEDEX address', async () => {
    const record = await readRecordOf('rpps', rppsText(rppsRow(HOSPITAL)));
    expect(record).toEqual({
      line: 2,
      practitioner: {
        id: `8${RPPS}`,
        rpps: RPPS,
        familyName: 'FICTIF',
        givenNames: 'Camille',
        civilite: 'M',
        civiliteExercice: 'DR',
      },
      role: {
        practitionerId: `8${RPPS}`,
        professionCode: '10',
        categorieProfessionnelle: 'C',
        modeExercice: 'S',
        secteurActivite: 'SA01',
        sectionPharmacien: null,
        role: 'FON-01',
        genreActivite: 'GENR01',
        autoriteEnregistrement: 'CNOM/CNOM/ARS',
        organizationId: '1990000011',
      },
      savoirFaire: { practitionerId: `8${RPPS}`, professionCode: '10', type: 'S', code: 'SM53' },
      organization: {
        id: '1990000011',
        finess: '990000011',
        finessJuridique: '990000010',
        siret: '99999999900012',
        siren: null,
        name: 'CHI FICTIF SITE NORD',
        tradeName: null,
        categoryCode: null,
        secteurActivite: 'SA01',
        address: {
          recipient: null,
          geographicPoint: null,
          street: '2 Faubourg SAINT ETIENNE',
          distribution: 'CS 10329',
          postcode: '25304',
          isCedex: true,
          communeCode: '25462',
          locality: null,
          departementCode: '25',
          countryCode: null,
        },
        phone: '0381000000',
        fax: '0381000001',
        email: 'contact@chi-fictif.fr',
        latitude: null,
        longitude: null,
      },
    });
  });

  test('an ADELI line without commune code: the commune comes from the postcode and the routing label', async () => {
    const record = await readRecordOf(
      'rpps',
      rppsText(
        rppsRow({
          "Type d'identifiant PP": '0',
          'Identifiant PP': '990000001',
          'Identification nationale PP': '0990000001',
          'Code profession': '26',
          'Identifiant technique de la structure': 'C49900000100011',
          'Raison sociale site': 'AUDITION FICTIVE',
          'Numéro Voie (coord. structure)': '9',
          'Code type de voie (coord. structure)': 'RTE',
          'Libellé type de voie (coord. structure)': 'Route',
          'Libellé Voie (coord. structure)': 'DE BESANCON',
          'Bureau cedex (coord. structure)': '25300 DOUBS',
          'Code postal (coord. structure)': '25300',
        }),
      ),
    );
    expect(record.practitioner).toMatchObject({ id: '0990000001', rpps: null });
    expect(record.organization).toMatchObject({
      id: '349900000100011',
      siret: '49900000100011',
      address: {
        street: '9 Route DE BESANCON',
        communeCode: '25204',
        departementCode: '25',
        isCedex: false,
        locality: null,
      },
    });
  });

  test('a number of a street that is no number is kept, and Paris is told to its arrondissement', async () => {
    const organization = await organizationOf({
      'Identifiant technique de la structure': 'C759900001',
      'Numéro Voie (coord. structure)': 'P',
      'Code type de voie (coord. structure)': 'PL',
      'Libellé Voie (coord. structure)': 'VIOLET',
      'Bureau cedex (coord. structure)': '75015 PARIS',
      'Code postal (coord. structure)': '75015',
    });
    expect(organization).toMatchObject({
      id: '0759900001',
      address: { street: 'P Place VIOLET', communeCode: '75115', departementCode: '75' },
    });
  });

  test('a foreign structure keeps its country and its town, and no postcode that is not five digits', async () => {
    const organization = await organizationOf({
      'Identifiant technique de la structure': 'R10100000999999',
      'Raison sociale site': 'FICTIONAL CARE LIMITED',
      'Libellé Voie (coord. structure)': 'FICTION HOUSE LYPIATT ROAD',
      'Bureau cedex (coord. structure)': 'GL 5O 2QJ CHELTENHAM',
      'Code postal (coord. structure)': 'GL',
      'Code pays (coord. structure)': '99132',
      'Libellé pays (coord. structure)': 'Royaume-uni',
    });
    expect(organization).toMatchObject({
      id: 'tR10100000999999',
      address: {
        postcode: null,
        isCedex: null,
        communeCode: null,
        departementCode: null,
        countryCode: '99132',
        locality: 'GL 5O 2QJ CHELTENHAM',
      },
    });
  });

  test('a foreign postcode of five digits is kept and never taken for a French one', async () => {
    const organization = await organizationOf({
      'Raison sociale site': 'KLINIK FIKTIV',
      'Code postal (coord. structure)': '75015',
      'Libellé commune (coord. structure)': 'BRETTEN',
      'Code pays (coord. structure)': '99109',
    });
    expect(organization?.address).toMatchObject({
      postcode: '75015',
      communeCode: null,
      departementCode: null,
      locality: 'BRETTEN',
      countryCode: '99109',
    });
  });

  test('the country France is no country to say', async () => {
    const organization = await organizationOf({ ...HOSPITAL, 'Code pays (coord. structure)': '99100' });
    expect(organization?.address).toMatchObject({ countryCode: null, communeCode: '25462' });
  });

  test('a person without any structure is normal: a role and no organization', async () => {
    const record = await readRecordOf('rpps', rppsText(rppsRow({ 'Code mode exercice': 'L' })));
    expect(record.role?.organizationId).toBeNull();
    expect(record).not.toHaveProperty('organization');
    expect(record).not.toHaveProperty('savoirFaire');
  });

  test('a telephone and a country alone make no structure', async () => {
    const values = { 'Téléphone (coord. structure)': '0381000000', 'Code pays (coord. structure)': '99100' };
    expect(await organizationOf(values)).toBeUndefined();
  });

  test('an overseas commune has its three-digit département', async () => {
    const organization = await organizationOf({
      'Raison sociale site': 'CABINET',
      'Code postal (coord. structure)': '97410',
      'Libellé commune (coord. structure)': 'Saint-Pierre',
    });
    expect(organization?.address).toMatchObject({ communeCode: '97416', departementCode: '974' });
  });

  test('a town that no table knows stays as published, without postcode and CEDEX', async () => {
    const organization = await organizationOf({
      'Raison sociale site': 'CABINET',
      'Bureau cedex (coord. structure)': '25999 VILLE IMAGINAIRE CEDEX 9',
      'Code postal (coord. structure)': '25999',
    });
    expect(organization?.address).toMatchObject({
      communeCode: null,
      locality: 'VILLE IMAGINAIRE',
      isCedex: true,
    });
  });
});

describe('the identifier of a structure', () => {
  test.each([
    [
      'the FINESS number of the site first',
      { 'Numéro FINESS site': '990000011', 'Identifiant technique de la structure': 'C99999999900012' },
      '1990000011',
    ],
    ['Corsican FINESS numbers have a letter', { 'Numéro FINESS site': '2A0000111' }, '12A0000111'],
    [
      'then F + FINESS',
      { 'Identifiant technique de la structure': 'F990000011', 'Numéro SIRET site': '99999999900012' },
      '1990000011',
    ],
    ['then C + SIRET', { 'Identifiant technique de la structure': 'C99999999900012' }, '399999999900012'],
    ['then C + ADELI-rang', { 'Identifiant technique de la structure': 'C99900001101' }, '099900001101'],
    [
      'then any technical identifier',
      { 'Identifiant technique de la structure': 'R10100000999999', 'Numéro SIRET site': '99999999900012' },
      'tR10100000999999',
    ],
    [
      'then the SIRET',
      { 'Numéro SIRET site': '99999999900012', 'Ancien identifiant de la structure': '489900000012001' },
      '399999999900012',
    ],
    [
      'then the former identifier as it is',
      { 'Ancien identifiant de la structure': '489900000012001' },
      '489900000012001',
    ],
  ])('%s', async (_, values, id) => {
    const record = await readRecordOf('rpps', rppsText(rppsRow(values)));
    expect(record.organization?.id).toBe(id);
    expect(record.role?.organizationId).toBe(id);
  });

  test('without any it is a digest: equal for equal fields, another for another street', async () => {
    const cabinet = (number: string) =>
      rppsRow({
        'Raison sociale site': 'CABINET',
        'Numéro Voie (coord. structure)': number,
        'Libellé Voie (coord. structure)': 'RUE VIDE',
      });
    const records = await readRecordsOf('rpps', rppsText(cabinet('1'), cabinet('1'), cabinet('2')));
    const [first, second, third] = records.map((record) => record.organization?.id);
    expect(first).toMatch(/^x[0-9a-f]{32}$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test('a FINESS, SIRET or SIREN number of a bad shape is nothing, and no reason to lose the line', async () => {
    const organization = await organizationOf({
      'Raison sociale site': 'CABINET',
      'Numéro FINESS site': '12345',
      'Numéro SIRET site': '123 456',
      'Numéro SIREN site': 'ABC',
      'Numéro FINESS établissement juridique': '??',
    });
    expect(organization).toMatchObject({ finess: null, finessJuridique: null, siret: null, siren: null });
    expect(organization?.id).toMatch(/^x/);
  });
});

describe('streets', () => {
  test.each([
    ['the label of the type wins', ['12', 'BIS', 'R', 'Rue', 'DENIS PAPIN'], '12 BIS Rue DENIS PAPIN'],
    [
      'a type known by its code only is written out',
      ['12', '', 'ALL', '', 'DU LEVANT'],
      '12 Allée DU LEVANT',
    ],
    ['a code where the label should be is written out', ['1', '', '', 'BD', 'VIDE'], '1 Boulevard VIDE'],
    [
      'a type abbreviated within the name is written out',
      ['3', '', '', '', 'R DENIS PAPIN'],
      '3 Rue DENIS PAPIN',
    ],
    ['and so is "ALL DU LEVANT"', ['', '', '', '', 'ALL DU LEVANT'], 'Allée DU LEVANT'],
    ['a type said twice is written once', ['3', '', 'R', 'Rue', 'RUE DENIS PAPIN'], '3 RUE DENIS PAPIN'],
    ['also when abbreviated', ['3', '', 'R', 'Rue', 'R DENIS PAPIN'], '3 Rue DENIS PAPIN'],
    ['a name that only begins like a type is left alone', ['', '', '', '', 'EN COLLONGES'], 'EN COLLONGES'],
    ['an unknown code stays as it is', ['4', '', 'ZZZ', '', 'VIDE'], '4 ZZZ VIDE'],
    ['zero is no number', ['0', '', 'LD', 'Lieu dit', 'LE BOURG'], 'Lieu dit LE BOURG'],
    ['nothing is null', ['', '', '', '', ''], null],
  ])('%s', async (_, [number, repetition, code, label, name], street) => {
    const organization = await organizationOf({
      'Raison sociale site': 'CABINET',
      'Numéro Voie (coord. structure)': number!,
      'Indice répétition voie (coord. structure)': repetition!,
      'Code type de voie (coord. structure)': code!,
      'Libellé type de voie (coord. structure)': label!,
      'Libellé Voie (coord. structure)': name!,
    });
    expect(organization?.address.street).toBe(street);
  });
});

describe('telephones and e-mail', () => {
  test.each([
    ['03 81 00 00 00', '0381000000'],
    ['03.81.00.00.00', '0381000000'],
    ['03-81-00-00-00', '0381000000'],
    ['0690000000/0590000000', '0690000000'],
    ['04 28 00 00 00 ; 06 00 00 00 00', '0428000000'],
    ['0381000000 0381000001', '0381000000'],
    ['+33 (0)3 81 00 00 00', '+33381000000'],
    ['+33381000000', '+33381000000'],
    ['Tél : 0381000000', '0381000000'],
    ['néant', null],
    ['0'.repeat(25), null],
  ])('%s → %s', async (published, phone) => {
    const organization = await organizationOf({
      'Raison sociale site': 'C',
      'Téléphone (coord. structure)': published,
    });
    expect(organization?.phone).toBe(phone);
  });

  test('the second telephone stands in for an empty first one', async () => {
    const organization = await organizationOf({
      'Raison sociale site': 'C',
      'Téléphone 2 (coord. structure)': '0381000002',
    });
    expect(organization?.phone).toBe('0381000002');
  });

  test('an e-mail that is none is null', async () => {
    const organization = await organizationOf({
      'Raison sociale site': 'C',
      'Adresse e-mail (coord. structure)': 'voir site',
    });
    expect(organization?.email).toBeNull();
  });
});

describe('codes', () => {
  test('codes that our lists do not know are accepted and reported with the label of the file', async () => {
    const record = await readRecordOf(
      'rpps',
      rppsText(
        rppsRow({
          'Code profession': '999',
          'Libellé profession': 'Métier nouveau',
          'Code type savoir-faire': 'S',
          'Code savoir-faire': 'SM999',
          'Libellé savoir-faire': 'Spécialité nouvelle',
          "Code secteur d'activité": 'SA999',
        }),
      ),
    );
    expect(record.role?.professionCode).toBe('999');
    expect(record.unlistedCodes).toEqual([
      { list: 'profession', code: '999', label: 'Métier nouveau' },
      { list: 'savoirFaire', code: 'SM999', label: 'Spécialité nouvelle' },
      { list: 'secteurActivite', code: 'SA999', label: 'SA999' },
    ]);
  });

  test('codes that are known are not reported', async () => {
    expect(await readRecordOf('rpps', rppsText(rppsRow(HOSPITAL)))).not.toHaveProperty('unlistedCodes');
  });
});

describe('a structure that several lines state', () => {
  const OTHER_VALUES: Readonly<Record<string, string>> = {
    'Numéro SIRET site': '99999999900020',
    'Numéro SIREN site': '999999999',
    'Numéro FINESS site': '990000012',
    'Numéro FINESS établissement juridique': '990000019',
    'Identifiant technique de la structure': 'R10100000999999',
    'Bureau cedex (coord. structure)': '25308 PONTARLIER CEDEX',
    'Code postal (coord. structure)': '25300',
    'Code commune (coord. structure)': '43157',
    'Code pays (coord. structure)': '99109',
    'Téléphone (coord. structure)': '0300000000',
    'Téléphone 2 (coord. structure)': '0300000000',
    'Télécopie (coord. structure)': '0300000000',
    'Adresse e-mail (coord. structure)': 'autre@chi-fictif.fr',
    'Ancien identifiant de la structure': '1990000029',
  };
  const NOT_READ = new Set([
    'Libellé pays (coord. structure)',
    'Code Département (structure)',
    'Libellé Département (structure)',
    "Autorité d'enregistrement",
  ]);
  const columns = RPPS_HEADER.split('|');
  const structureColumns = columns
    .slice(columns.indexOf('Numéro SIRET site'), columns.indexOf("Code secteur d'activité") + 1)
    .filter((name) => !NOT_READ.has(name));

  test('in the same words is given once, and each role names it', async () => {
    const roles = [{}, { "Nom d'exercice": 'AUTRE', 'Code profession': '60' }, { 'Code rôle': 'FON-02' }];
    const rows = roles.map((values) => rppsRow({ ...HOSPITAL, ...values }));
    const records = await readRecordsOf('rpps', rppsText(...rows));
    expect(records.map((record) => record.role?.organizationId)).toEqual(Array(3).fill('1990000011'));
    expect(records.map((record) => record.organization?.id)).toEqual(['1990000011', undefined, undefined]);
  });

  test.each(structureColumns)('otherwise in "%s" is given again', async (column) => {
    const other = { ...HOSPITAL, [column]: OTHER_VALUES[column] ?? 'AUTRE' };
    const records = await readRecordsOf('rpps', rppsText(rppsRow(HOSPITAL), rppsRow(other)));
    const [alone] = await readRecordsOf('rpps', rppsText(rppsRow(other)));
    expect(records[1]?.organization).toEqual(alone?.organization);
    expect(records[1]?.organization).toBeDefined();
  });

  test('without an identifier is given each time', async () => {
    const row = rppsRow({
      'Raison sociale site': 'CABINET FICTIF',
      'Code commune (coord. structure)': '43157',
    });
    const records = await readRecordsOf('rpps', rppsText(row, row));
    const ids = records.map((record) => record.organization?.id);
    expect(ids[0]).toMatch(/^x/);
    expect(ids[1]).toBe(ids[0]);
  });

  test('is given by each file', async () => {
    const text = rppsText(rppsRow(HOSPITAL));
    expect(await readRecordOf('rpps', text)).toEqual(await readRecordOf('rpps', text));
  });
});
