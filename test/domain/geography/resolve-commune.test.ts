import { describe, expect, it } from 'vitest';
import { communeTables } from '#domain/geography/commune-tables.ts';
import { resolveCommune } from '#domain/geography/resolve-commune.ts';

/** [commune code, postcode, locality] → [commune code, CEDEX, département] */
type Case = [[string | null, string | null, string | null], [string | null, boolean | null, string | null]];

const CASES: Record<string, Case[]> = {
  'the commune code decides': [
    [
      ['25462', '25304', '25304 PONTARLIER CEDEX'],
      ['25462', true, '25'],
    ],
    [
      ['43157', '75015', 'PARIS'],
      ['43157', false, '43'],
    ],
    [
      ['43157', null, null],
      ['43157', null, '43'],
    ],
    [
      [' 43157 ', ' ', ' '],
      ['43157', null, '43'],
    ],
  ],
  'a former code leads to the current commune': [
    [
      ['74011', '74940', 'ANNECY LE VIEUX'],
      ['74010', false, '74'],
    ],
    [
      ['97123', '97133', null],
      ['97701', false, '977'],
    ],
    [
      ['20004', '20000', 'AJACCIO'],
      ['2A004', false, '2A'],
    ],
  ],
  'Paris, Lyon and Marseille by arrondissement': [
    [
      ['75056', '75015', null],
      ['75115', false, '75'],
    ],
    [
      ['75056', '75116', null],
      ['75116', false, '75'],
    ],
    [
      ['75115', '75001', null],
      ['75115', false, '75'],
    ],
    [
      ['75056', '75651', 'PARIS CEDEX 13'],
      ['75113', true, '75'],
    ],
    [
      ['75056', null, null],
      ['75056', null, '75'],
    ],
    [
      ['69123', '69437', '69437 LYON CEDEX 03'],
      ['69383', true, '69'],
    ],
    [
      [null, '75015', '75015 PARIS'],
      ['75115', false, '75'],
    ],
    [
      [null, '75651', '75651 PARIS CEDEX 13'],
      ['75113', true, '75'],
    ],
    [
      [null, '75351', 'PARIS 07 SP'],
      ['75107', true, '75'],
    ],
    [
      [null, '75000', 'PARIS 15'],
      ['75115', false, '75'],
    ],
    [
      [null, '75000', 'PARIS'],
      ['75056', false, '75'],
    ],
    [
      [null, '69000', 'LYON 03'],
      ['69383', false, '69'],
    ],
    [
      [null, '69000', 'Lyon 3ème'],
      ['69383', false, '69'],
    ],
    [
      [null, '13385', 'MARSEILLE CEDEX 05'],
      ['13205', true, '13'],
    ],
    [
      [null, '13915', 'MARSEILLE CEDEX 20'],
      ['13055', true, '13'],
    ],
  ],
  'a CEDEX that no table knows, by its label': [
    [
      [null, '25304', '25304 PONTARLIER CEDEX'],
      ['25462', true, '25'],
    ],
    [
      [null, '25304', 'PONTARLIER CEDEX 9'],
      ['25462', true, '25'],
    ],
    [
      [null, null, '25304 PONTARLIER CEDEX'],
      ['25462', true, '25'],
    ],
    [
      [null, '54511', 'VANDOEUVRE LES NANCY CEDEX'],
      ['54547', true, '54'],
    ],
    [
      [null, '42055', 'ST ETIENNE CEDEX 2'],
      ['42218', true, '42'],
    ],
    [
      [null, '43012', 'LE PUY CEDEX'],
      ['43157', true, '43'],
    ],
    [
      [null, '43012', 'PUY EN VELAY (LE) CEDEX'],
      ['43157', true, '43'],
    ],
    [
      [null, '91025', 'EVRY CEDEX'],
      ['91228', true, '91'],
    ],
    [
      [null, '93211', 'ST DENIS LA PLAINE CEDEX'],
      ['93066', true, '93'],
    ],
    [
      [null, '95011', 'CERGY PONTOISE CEDEX'],
      ['95127', true, '95'],
    ],
    [
      [null, '97306', '97306 CAYENNE CEDEX'],
      ['97302', true, '973'],
    ],
    [
      [null, '20303', 'AJACCIO CEDEX 1'],
      ['2A004', true, '2A'],
    ],
    [
      [null, '20604', 'BASTIA CEDEX'],
      ['2B033', true, '2B'],
    ],
    [
      [null, '92055', 'PARIS LA DEFENSE CEDEX'],
      [null, true, '92'],
    ],
    [
      [null, '25304', null],
      [null, true, '25'],
    ],
  ],
  'a CEDEX of a former commune': [
    [
      [null, '74941', 'ANNECY LE VIEUX CEDEX'],
      ['74010', true, '74'],
    ],
    [
      [null, '69495', 'PIERRE BENITE CEDEX'],
      ['69149', true, '69'],
    ],
  ],
  'a postcode of one commune, whatever the label': [
    [
      [null, '69110', 'SAINTE-FOY-LES-LYON'],
      ['69202', false, '69'],
    ],
    [
      [null, '69110', null],
      ['69202', false, '69'],
    ],
    [
      [null, '69110', 'FORT'],
      ['69202', false, '69'],
    ],
    [
      [null, '42000', '42000 ST ETIENNE'],
      ['42218', false, '42'],
    ],
  ],
  'a postcode of several communes, by the label': [
    [
      [null, '25300', 'PONTARLIER'],
      ['25462', false, '25'],
    ],
    [
      [null, null, '25300 DOUBS'],
      ['25204', false, '25'],
    ],
    [
      [null, '25300', 'Pontarlier Doubs'],
      ['25462', false, '25'],
    ],
    [
      [null, '71100', 'CHALON S/SAONE'],
      ['71076', false, '71'],
    ],
    [
      [null, '43000', 'LE PUY'],
      ['43157', false, '43'],
    ],
    [
      [null, '94240', 'LHAY LES ROSES'],
      ['94038', false, '94'],
    ],
    [
      [null, '01300', 'ARBIGNIEU'],
      ['01015', false, '01'],
    ],
    [
      [null, '34730', 'PRADES LE LEZ'],
      ['34217', false, '34'],
    ],
    [
      [null, '43 000', 'F-43000 LE PUY EN VELAY'],
      ['43157', false, '43'],
    ],
    [
      [null, 'F-25300', 'PONTARLIER'],
      ['25462', false, '25'],
    ],
  ],
  'a postcode of several communes without a usable label: the département only': [
    [
      [null, '01300', null],
      [null, false, '01'],
    ],
    [
      [null, '01300', 'NULLE PART'],
      [null, false, '01'],
    ],
    [
      [null, '01300', '01300'],
      [null, false, '01'],
    ],
  ],
  'an unknown code: by the postcode, else its département': [
    [
      ['43999', '43000', 'LE PUY EN VELAY'],
      ['43157', false, '43'],
    ],
    [
      ['43999', null, null],
      [null, null, '43'],
    ],
  ],
  'abroad, or nothing to go by': [
    [
      [null, 'GL', 'GL 5O 2QJ CHELTENHAM'],
      [null, null, null],
    ],
    [
      ['99132', null, 'LONDRES'],
      [null, null, null],
    ],
    [
      [null, '98000', 'MONACO'],
      [null, null, null],
    ],
    [
      [null, '1000', 'BRUXELLES'],
      [null, null, null],
    ],
    [
      [null, null, 'FRIBOURG'],
      [null, null, null],
    ],
    [
      [null, null, 'PARIS 15'],
      [null, null, null],
    ],
    [
      [null, null, null],
      [null, null, null],
    ],
    [
      ['', '', ''],
      [null, null, null],
    ],
  ],
};

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  it.each(cases)('%j → %j', ([communeCode, postcode, locality], [code, isCedex, departementCode]) => {
    expect(resolveCommune({ communeCode, postcode, locality })).toEqual({
      communeCode: code,
      isCedex,
      departementCode,
    });
  });
});

it('every commune is found by each of its postcodes and its name as the post writes it', () => {
  const { byCode, arrondissements } = communeTables();
  const missed: string[] = [];
  for (const { code, name, postcodes } of byCode.values()) {
    if (arrondissements.has(code)) continue;
    const locality = toPostalLabel(name);
    for (const postcode of postcodes) {
      const resolved = resolveCommune({ communeCode: null, postcode, locality });
      if (resolved.communeCode !== code) missed.push(`${postcode} ${locality}`);
    }
  }
  expect(missed).toEqual([]);
});

function toPostalLabel(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace('Œ', 'OE')
    .replace(/['-]/g, ' ')
    .replace(/\bSAINT\b/g, 'ST')
    .replace(/\bSAINTE\b/g, 'STE');
}
