import { describe, expect, it } from 'vitest';
import {
  departementOfCommuneCode,
  departementOfPostcode,
  findCommune,
  findDepartement,
  findEpci,
  findRegion,
  listCommunesOfPostcode,
  listDepartements,
  listEpci,
  listRegions,
} from '#domain/geography.ts';
import { communeTables } from '#domain/geography/commune-tables.ts';

const communes = [...communeTables().byCode.values()];

describe('the tables', () => {
  it('hold every commune of 2026, the 45 arrondissements, and the areas they lie in', () => {
    expect(communes).toHaveLength(35_014);
    expect(communes.filter(({ parentCode }) => parentCode !== null)).toHaveLength(45);
    expect(listDepartements()).toHaveLength(109);
    expect(listRegions()).toHaveLength(26);
    expect(listEpci()).toHaveLength(1255);
  });

  it('every commune has a name, a département, its region, and an EPCI that exists', () => {
    const faulty = communes.filter(
      ({ code, name, departementCode, regionCode, epciCode }) =>
        !/^\d[\dAB]\d{3}$/.test(code) ||
        name === '' ||
        findDepartement(departementCode)?.regionCode !== regionCode ||
        findRegion(regionCode) === undefined ||
        (epciCode !== null && findEpci(epciCode) === undefined),
    );
    expect(faulty).toEqual([]);
  });

  it('only islands, collectivities and Clipperton are without EPCI, and only the empty lands without postcode', () => {
    const mainland = communes.filter(
      ({ epciCode, departementCode }) => epciCode === null && !/^9[78]/.test(departementCode),
    );
    expect(mainland.map(({ code }) => code)).toEqual(['22016', '29083', '29155', '85113']);
    expect(
      new Set(communes.filter((one) => one.postcodes.length === 0).map((one) => one.departementCode)),
    ).toEqual(new Set(['984']));
  });

  it('every centre lies where its département is', () => {
    const faulty = communes.filter(({ departementCode, latitude, longitude }) => {
      const [south, north, west, east] = ZONES[departementCode] ?? ZONES['mainland']!;
      return !(latitude >= south && latitude <= north && longitude >= west && longitude <= east);
    });
    expect(faulty).toEqual([]);
  });

  it('no former code is a current one, and each leads to a current one', () => {
    const { byCode, currentCodes } = communeTables();
    expect(currentCodes.size).toBeGreaterThan(4000);
    expect(
      [...currentCodes].filter(([former, current]) => byCode.has(former) || !byCode.has(current)),
    ).toEqual([]);
  });

  it('every postcode leads to a département, and to one of those that its communes are in', () => {
    const { byPostcode } = communeTables();
    expect(byPostcode.size).toBe(6310);
    for (const [postcode, served] of byPostcode) {
      const codes = served.map(({ departementCode }) => departementCode);
      expect(codes, postcode).toContain(departementOfPostcode(postcode));
    }
  });
});

/** South, north, west, east. */
const ZONES: Record<string, [number, number, number, number]> = {
  mainland: [42.3, 51.1, -5.2, 8.3],
  '2A': [41.3, 42.5, 8.5, 9.5],
  '2B': [41.8, 43.1, 8.7, 9.6],
  '971': [15.8, 16.6, -61.9, -60.9],
  '972': [14.3, 14.9, -61.3, -60.8],
  '973': [2.1, 5.8, -54.7, -51.6],
  '974': [-21.4, -20.8, 55.2, 55.9],
  '975': [46.7, 47.2, -56.5, -56.1],
  '976': [-13.1, -12.6, 45, 45.3],
  '977': [17.8, 18, -63, -62.7],
  '978': [18, 18.2, -63.2, -62.9],
  '984': [-76, -11, 39, 141],
  '986': [-14.5, -13.1, -178.3, -176],
  '987': [-28, -7.8, -154.8, -134.4],
  '988': [-22.9, -19.5, 163.5, 168.2],
  '989': [10.2, 10.4, -109.3, -109.1],
};

describe('findCommune', () => {
  it('gives all that is known of a commune', () => {
    expect(findCommune('43157')).toEqual({
      code: '43157',
      name: 'Le Puy-en-Velay',
      departementCode: '43',
      regionCode: '84',
      epciCode: '200073419',
      postcodes: ['43000'],
      population: 18_540,
      latitude: expect.closeTo(45.04, 1),
      longitude: expect.closeTo(3.88, 1),
      isApproximate: false,
      parentCode: null,
    });
  });

  it.each([
    ['75056', 48.86, 2.35],
    ['75115', 48.84, 2.29],
    ['69383', 45.75, 4.87],
    ['13213', 43.35, 5.43],
    ['25462', 46.91, 6.36],
    ['63113', 45.79, 3.12],
    ['29019', 48.4, -4.5],
    ['2A004', 41.94, 8.73],
    ['97302', 4.93, -52.31],
    ['97411', -20.93, 55.45],
    ['98818', -22.28, 166.45],
  ])('%s has its centre near %d, %d', (code, latitude, longitude) => {
    const commune = findCommune(code)!;
    expect(Math.abs(commune.latitude - latitude)).toBeLessThan(0.08);
    expect(Math.abs(commune.longitude - longitude)).toBeLessThan(0.08);
  });

  it.each([
    ['74011', '74010', 'Annecy-le-Vieux, déléguée'],
    ['01033', '01033', 'current'],
    ['01018', '01033', 'merged'],
    ['91182', '91228', 'Courcouronnes'],
    ['20004', '2A004', 'Ajaccio before 1976'],
    ['78001', '91001', 'moved to another département'],
    ['97123', '97701', 'Saint-Barthélemy before 2007'],
    ['97127', '97801', 'Saint-Martin before 2007'],
    ['98501', '97601', 'Mayotte before 2011'],
    ['55273', '55386', 'of two successors, the one it is a part of'],
  ])('%s leads to %s (%s)', (code, current) => {
    expect(findCommune(code)?.code).toBe(current);
  });

  it('an arrondissement knows its city', () => {
    expect(findCommune('75115')).toMatchObject({ name: 'Paris 15e Arrondissement', parentCode: '75056' });
    expect(findCommune('69383')?.parentCode).toBe('69123');
    expect(findCommune('13213')?.parentCode).toBe('13055');
  });

  it.each(['', '00000', '99132', '2a004', '4315', 'constructor'])('%j is no commune', (code) => {
    expect(findCommune(code)).toBeUndefined();
  });
});

describe('départements', () => {
  it('are listed in the order of INSEE', () => {
    const codes = listDepartements().map(({ code }) => code);
    expect(codes.slice(17, 22)).toEqual(['18', '19', '21', '22', '23']);
    expect(codes).toContain('2A');
    expect(codes.at(-1)).toBe('989');
  });

  it.each([
    ['43000', '43'],
    ['25304', '25'],
    ['01234', '01'],
    ['20000', '2A'],
    ['20167', '2A'],
    ['20200', '2B'],
    ['20600', '2B'],
    ['20303', '2A'],
    ['20704', '2A'],
    ['20407', '2B'],
    ['97110', '971'],
    ['97306', '973'],
    ['97133', '977'],
    ['97150', '978'],
    ['97099', '977'],
    ['97054', '978'],
    ['97500', '975'],
    ['98413', '984'],
    ['98600', '986'],
    ['98713', '987'],
    ['98800', '988'],
    ['98799', '989'],
    ['94390', '91'],
    ['01410', '01'],
    ['98000', undefined],
    ['00200', undefined],
    ['99999', undefined],
    ['4300', undefined],
    ['GL', undefined],
    ['', undefined],
  ])('postcode %j is in %s', (postcode, code) => {
    expect(departementOfPostcode(postcode)).toBe(code);
  });

  it.each([
    ['43157', '43'],
    ['43999', '43'],
    ['2A999', '2A'],
    ['20004', '2A'],
    ['97123', '977'],
    ['97499', '974'],
    ['78001', '91'],
    ['99132', undefined],
    ['20999', undefined],
    ['', undefined],
  ])('commune code %j is in %s', (communeCode, code) => {
    expect(departementOfCommuneCode(communeCode)).toBe(code);
  });
});

it('a postcode lists its communes, the most populous first, and arrondissements instead of their city', () => {
  expect(listCommunesOfPostcode('43000')[0]?.name).toBe('Le Puy-en-Velay');
  expect(listCommunesOfPostcode('75015').map(({ code }) => code)).toEqual(['75115']);
  expect(listCommunesOfPostcode('75116').map(({ code }) => code)).toEqual(['75116']);
  expect(listCommunesOfPostcode('25304')).toEqual([]);
});
